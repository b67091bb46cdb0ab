/** What ABDM takes as `counter-id`. Source: scan-and-share contract, x-qr. */
export const COUNTER_CODE = /^[A-Za-z0-9]{1,20}$/;

/** What ABDM does not take although it has the form of a code: an app could not tell the counter from the facility. */
export function isNameOfFacility(
  code: string,
  facility: { readonly hfrId: string; readonly serviceId: string; readonly name: string },
): boolean {
  const taken = [facility.hfrId, facility.serviceId, facility.name];
  return taken.some((name) => name.toUpperCase() === code.toUpperCase());
}
