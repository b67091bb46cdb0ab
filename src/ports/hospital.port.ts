import type { Visit, VisitPatient } from './visit.js';

/** `sure`: one meaning only. `likely`: the usual meaning. `unsure`: kept as text, not interpreted. */
export type Certainty = 'sure' | 'likely' | 'unsure';

/** One cleaning: what came, what was understood, how sure. Holds personal data: sealed where it is stored. */
export interface Remark {
  /** The hospital's own column, e.g. `PATIENT.SEX`, `RX[1].DAYS`. */
  readonly field: string;
  /** Which rule spoke, e.g. `sex-spelling`, `aadhaar-masked`. */
  readonly rule: string;
  readonly came: string;
  /** Undefined when nothing was understood: the words are kept as text. */
  readonly understood: string | undefined;
  readonly certainty: Certainty;
}

/** Why a visit cannot go on, in words for a clerk. Holds no values, so that it may be shown and counted anywhere. */
export interface QuarantineReason {
  readonly code: string;
  readonly field: string;
  readonly en: string;
  readonly hi: string;
}

/** A visit of which at least the number and version could be read. */
export type VisitReading =
  | { readonly kind: 'understood'; readonly visit: Visit; readonly remarks: readonly Remark[] }
  | {
      readonly kind: 'quarantined';
      readonly hfrId: string;
      readonly opdNumber: string;
      readonly rowVersion: number;
      readonly withdrawn: boolean;
      readonly reasons: readonly QuarantineReason[];
      readonly remarks: readonly Remark[];
    }
  /** Not a visit at all: no number, not an object. Nothing to keep it under, so the sender is told. */
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] };

/** A field the sender has to mend. Never holds the value. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** A patient without a visit. */
export interface PatientReading {
  /** What could be read; `uhid` and `name` are empty where `reasons` says so. */
  readonly patient: VisitPatient;
  readonly reasons: readonly QuarantineReason[];
}

/** What the flows need from the hospital's side. Implemented by `hospital/`. */
export interface HospitalPort {
  /** Masks Aadhaar numbers first: what comes back, and what the caller stores, is the masked row. */
  read(row: unknown): { readonly masked: unknown; readonly reading: VisitReading };
  /**
   * A patient by herself: `row` has her columns where a visit has them (`{ PATIENT: { PAT_NAME: … } }`), and ages count from
   * today. `uhid` is taken where the row has none. Aadhaar numbers are masked first, as in a visit.
   */
  readPatient(row: object, uhid: string): PatientReading;
}

export const HOSPITAL_PORT = Symbol('HospitalPort');
