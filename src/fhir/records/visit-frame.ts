import type { HiType, Visit } from '../../ports/visit.js';
import { encounter } from '../resources/encounter.js';
import { organization } from '../resources/organization.js';
import type { Facility } from '../resources/organization.js';
import type { VisitParts } from '../resources/parts.js';
import { patient, patientDisplayName } from '../resources/patient.js';
import { practitionerRole, doctorDisplayName } from '../resources/practitioner-role.js';
import { practitioner } from '../resources/practitioner.js';
import { localSystem } from '../terminology/systems.js';
import type { Terminology } from '../terminology/terminology.js';
import { dayText } from './narrative.js';
import type { Label, Line } from './narrative.js';
import { uuidFrom } from './record-ids.js';

/** Where the visit took place, and how its words are coded there. */
export interface RecordPlace {
  readonly facility: Facility;
  readonly terminology: Terminology;
}

/** What all records of one visit share. */
export interface VisitFrame {
  readonly parts: VisitParts;
  readonly facility: Facility;
  readonly terminology: Terminology;
  /** The id of a part of this visit, e.g. `idOf('drug', 2)`: the same whenever it is asked. */
  readonly idOf: (...part: readonly (string | number)[]) => string;
  /** Composition.identifier: which record of which visit, whatever its version. */
  readonly recordIdentifier: (hiType: HiType, part: string) => { readonly system: string; readonly value: string };
  readonly rowVersion: number;
  /** Head of the narrative: who, where, when. */
  readonly head: readonly (readonly [Label, Line | undefined])[];
}

export function visitFrame(visit: Visit, { facility, terminology }: RecordPlace): VisitFrame {
  const idOf = (...part: readonly (string | number)[]): string => uuidFrom(facility.hfrId, visit.opdNumber, ...part);
  const hospital = organization(idOf('hospital'), facility);
  const who = patient(idOf('patient'), visit.patient, facility.hfrId);
  const author =
    practitioner(idOf('doctor'), visit.doctor, facility.hfrId) ??
    practitionerRole(idOf('doctor-role'), visit.doctor, facility.hfrId, hospital);
  const parts: VisitParts = {
    patient: who,
    author,
    hospital,
    encounter: encounter(idOf('encounter'), visit, facility.hfrId, { patient: who, author, hospital }),
    at: visit.registeredAt,
  };
  return {
    parts,
    facility,
    terminology,
    idOf,
    recordIdentifier: (hiType, part) => ({
      system: localSystem(facility.hfrId, 'record'),
      value: [visit.opdNumber, hiType, ...(part === '' ? [] : [part])].join('/'),
    }),
    rowVersion: visit.rowVersion,
    head: head(visit, facility),
  };
}

function head(visit: Visit, facility: Facility): VisitFrame['head'] {
  const { patient: who, registeredAt } = visit;
  const bornIn = who.birthDate && `${who.birthDate}${who.isBirthDateEstimated ? ' (from the age)' : ''}`;
  return [
    [
      { en: 'Patient', hi: 'रोगी' },
      { text: patientDisplayName(who), hindi: who.nameHindi },
    ],
    [{ en: 'Born', hi: 'जन्म' }, bornIn === undefined ? undefined : { text: bornIn }],
    [
      { en: 'Gender', hi: 'लिंग' },
      { text: who.gender, hindi: GENDER_HINDI[who.gender] },
    ],
    [{ en: 'Hospital number', hi: 'अस्पताल पंजीयन क्रमांक' }, { text: who.uhid }],
    [{ en: 'Doctor', hi: 'चिकित्सक' }, { text: doctorDisplayName(visit.doctor) }],
    [{ en: 'Hospital', hi: 'अस्पताल' }, { text: facility.name }],
    [{ en: 'Department', hi: 'विभाग' }, visit.department === undefined ? undefined : { text: visit.department }],
    [
      { en: 'Visit', hi: 'ओपीडी पर्चा' },
      { text: `${visit.opdNumber}, ${dayText(registeredAt)} ${registeredAt.slice(11, 16)}` },
    ],
  ];
}

const GENDER_HINDI: Readonly<Record<Visit['patient']['gender'], string | undefined>> = {
  male: 'पुरुष',
  female: 'महिला',
  other: 'अन्य',
  unknown: undefined,
};
