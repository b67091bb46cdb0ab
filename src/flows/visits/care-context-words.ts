/** Characters that pass every pattern a reference meets on its way (link, notify, consent, transfer). */
const SAFE_REFERENCE = /^[a-zA-Z0-9_\-@,. :/]{1,255}$/;

/** The visit's number, or its id here where the number has characters that ABDM refuses. */
export const careContextReference = (opdNumber: string, visitId: string): string =>
  SAFE_REFERENCE.test(opdNumber) ? opdNumber : `V-${visitId}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Kind and date only: whoever reads it may not have proved who they are. `registeredAt` is in Indian time. */
export function careContextDisplay(registeredAt: string): string {
  const [year = '', month = '', day = ''] = registeredAt.slice(0, 10).split('-');
  return `OPD visit on ${day}-${MONTHS[Number(month) - 1] ?? month}-${year}`;
}
