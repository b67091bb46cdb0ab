import type { Patient } from '../patient-app/patients.js';
import type { Counter } from './share-url.js';

/** What a test lays over what an honest app would share. */
export interface ShareChanges {
  /** Default `PROFILE_SHARE`; the contract takes any case. */
  readonly intent?: string | undefined;
  /** Over `profile.patient`, field by field, e.g. `{abhaNumber: null}` or `{address: {pinCode: '494001'}}`. */
  readonly profile?: Readonly<Record<string, unknown>> | undefined;
  /** Over `metaData`, field by field. */
  readonly metaData?: Readonly<Record<string, unknown>> | undefined;
  /** Over the whole body. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
}

const PLACE = { hprId: null, latitude: '12.97', longitude: '77.71' };

/** Only on the intents that carry them; as in the contract, with invented values. */
const BUNDLES: Readonly<Record<string, object>> = {
  RECORD_SHARE: {
    healthInfoBundle: { content: 'e30=', media: 'application/fhir+json', checkSum: '', careContextReference: 'REC-1' },
  },
  PAYMENT_SHARE: {
    paymentBundle: { upiAddress: 'asha@upi', orderNo: 'ORD-1', amount: 10, merchantId: 'M1', description: 'OPD fee' },
  },
};

/** The body of the share callback, birth parts and coordinates as texts, as observed. */
export function shareBody(patient: Patient, { hipId, counterId }: Counter, changes: ShareChanges) {
  const { intent = 'PROFILE_SHARE' } = changes;
  const kind = intent.toUpperCase();
  // Samples of payment shares name the counter in counterId, not in context.
  const where = kind === 'PAYMENT_SHARE' ? { hipId, counterId } : { hipId, context: counterId };
  return {
    intent,
    metaData: { ...where, ...PLACE, ...changes.metaData },
    profile: { patient: { ...profileOf(patient), ...changes.profile } },
    ...BUNDLES[kind],
    ...changes.overrides,
  };
}

function profileOf(patient: Patient) {
  const { line = null, district = null, state = null, pincode = null } = patient.address ?? {};
  return {
    abhaNumber: patient.abhaNumber as unknown,
    abhaAddress: patient.abhaAddress as unknown,
    name: patient.name,
    gender: patient.gender,
    dayOfBirth: part(patient.dayOfBirth),
    monthOfBirth: part(patient.monthOfBirth),
    yearOfBirth: String(patient.yearOfBirth),
    address: { line, district, state, pincode },
    phoneNumber: patient.mobile ?? null,
  };
}

const part = (value: number | undefined): string | null => (value === undefined ? null : String(value));
