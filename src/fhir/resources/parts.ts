import type { Encounter, Organization, Patient, Practitioner, PractitionerRole } from 'fhir/r4.js';

export type TreatedBy = Practitioner | PractitionerRole;

/** What every clinical resource of a visit points at. */
export interface VisitParts {
  readonly patient: Patient;
  readonly author: TreatedBy;
  readonly hospital: Organization;
  readonly encounter: Encounter;
  /** When the visit was registered, ISO 8601 with offset. All timestamps of its records. */
  readonly at: string;
}
