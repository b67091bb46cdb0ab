import type { Organization, PractitionerRole } from 'fhir/r4.js';
import type { VisitDoctor } from '../../ports/visit.js';
import { words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { doctorIdentifiers } from './practitioner.js';
import { ref } from './reference.js';

/** Who treated the patient, when the hospital names only a role, or a doctor without any number. */
export function practitionerRole(
  id: string,
  from: VisitDoctor,
  hfrId: string,
  hospital: Organization,
): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id,
    meta: { profile: [PROFILES.practitionerRole] },
    identifier: doctorIdentifiers(from, hfrId),
    practitioner: from.name === undefined ? undefined : { display: from.name },
    organization: ref(hospital, hospital.name),
    code: [words(from.role ?? 'Doctor')],
  };
}

/** What a reader is shown for the doctor, also when nobody is named. */
export function doctorDisplayName(from: VisitDoctor): string {
  return from.name ?? from.role ?? 'Doctor not named by the hospital';
}
