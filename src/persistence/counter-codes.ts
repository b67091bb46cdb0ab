import type { EntityManager } from 'typeorm';

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

/** Undefined: the facility has no counter with this code. Capitals do not matter. */
export async function counterIdOf(
  db: Pick<EntityManager, 'query'>,
  facilityId: string,
  code: string,
): Promise<string | undefined> {
  const [row]: { id: string }[] = await db.query('SELECT id FROM counter WHERE facility_id = $1 AND code = upper($2)', [
    facilityId,
    code,
  ]);
  return row?.id;
}
