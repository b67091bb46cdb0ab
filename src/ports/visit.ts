/**
 * An OPD visit as the adapter understands it, after cleaning and before it becomes FHIR.
 *
 * `hospital/` produces it from the hospital's own columns, `fhir/` turns it into documents. The hospital's words are
 * always kept (`text`); codes and numbers stand beside them only where they were understood for sure.
 * Dates are `YYYY-MM-DD` (or `YYYY`, `YYYY-MM` where no more is known), times ISO 8601 with the offset `+05:30`.
 */
export interface Visit {
  /** The hospital's number of this visit, unique within its facility, e.g. `OPD/25/100000`. */
  readonly opdNumber: string;
  /** A higher version of the same visit replaces a lower one. */
  readonly rowVersion: number;
  /** The hospital took the visit back (`DEL_FLAG`). */
  readonly withdrawn: boolean;
  readonly hfrId: string;
  readonly facilityName: string | undefined;
  readonly department: string | undefined;
  readonly visitType: string | undefined;
  readonly counter: string | undefined;
  readonly tokenNumber: string | undefined;
  readonly registeredAt: string;
  readonly isScanAndShare: boolean;
  readonly patient: VisitPatient;
  readonly doctor: VisitDoctor;
  readonly vitals: readonly Vital[];
  readonly complaint: string | undefined;
  readonly diagnoses: readonly Diagnosis[];
  readonly allergy: AllergyStatement | undefined;
  readonly advice: string | undefined;
  readonly nextVisit: { readonly text: string; readonly date: string | undefined } | undefined;
  readonly referredTo: string | undefined;
  readonly prescriptions: readonly Prescription[];
  readonly labReports: readonly LabReport[];
  readonly imagingReports: readonly ImagingReport[];
  /** A stay of day care or in a ward that belongs to this visit. */
  readonly admission: Admission | undefined;
  readonly immunizations: readonly ImmunizationGiven[];
  readonly documents: readonly ScannedDocument[];
  readonly bills: readonly BillLine[];
}

export type AdministrativeGender = 'male' | 'female' | 'other' | 'unknown';

export interface VisitPatient {
  /** The hospital's patient number. */
  readonly uhid: string;
  /** Latin letters, without honorific. */
  readonly name: string;
  readonly honorific: string | undefined;
  /** In Devanagari. */
  readonly nameHindi: string | undefined;
  readonly gender: AdministrativeGender;
  /** `YYYY-MM-DD`, or `YYYY` when it was worked out from an age. */
  readonly birthDate: string | undefined;
  readonly isBirthDateEstimated: boolean;
  /** 10 digits. */
  readonly mobile: string | undefined;
  readonly relation: { readonly kind: string; readonly name: string } | undefined;
  readonly address: {
    readonly village: string | undefined;
    readonly district: string | undefined;
    readonly state: string | undefined;
    readonly pin: string | undefined;
  };
  readonly category: string | undefined;
  /** 14 digits without dashes. */
  readonly abhaNumber: string | undefined;
  /** `name@sbx` or `name@abdm`, lower case. */
  readonly abhaAddress: string | undefined;
  readonly pmjayId: string | undefined;
}

export interface VisitDoctor {
  readonly id: string | undefined;
  /** With "Dr", as it is to be shown; undefined when only a role is known (`DUTY MO`). */
  readonly name: string | undefined;
  /** The words of the hospital when it names a role instead of a person. */
  readonly role: string | undefined;
  readonly registrationNumber: string | undefined;
  readonly hprId: string | undefined;
}

export type VitalKind =
  'blood-pressure' | 'pulse' | 'temperature' | 'weight' | 'height' | 'oxygen-saturation' | 'respiratory-rate';

export interface Vital {
  readonly kind: VitalKind;
  /** As the hospital wrote it, e.g. `101.2 F`. */
  readonly text: string;
  /** Undefined when it is words only (`Afebrile`). Blood pressure: systolic. */
  readonly value: number | undefined;
  /** Blood pressure only: diastolic. */
  readonly secondValue: number | undefined;
  /** UCUM: `mm[Hg]`, `/min`, `Cel`, `kg`, `cm`, `%`. */
  readonly unit: string | undefined;
}

export interface Diagnosis {
  readonly text: string;
  /** With its dot, e.g. `J06.9`; undefined when none came or it has not the form of ICD-10. */
  readonly icd10: string | undefined;
}

export interface AllergyStatement {
  readonly text: string;
  /** `none-known` for `NKDA`, `NO`; `allergy` for a named one; `not-asked` for `unknown`, `not asked`: it says nothing. */
  readonly kind: 'none-known' | 'allergy' | 'not-asked';
}

export interface Prescription {
  readonly drug: string;
  readonly dose: string | undefined;
  readonly frequency: string | undefined;
  /** Whole days, when the hospital's word is a number. */
  readonly days: number | undefined;
  readonly daysText: string | undefined;
  readonly route: string | undefined;
}

export interface LabReport {
  readonly number: string;
  readonly test: string;
  readonly sample: string | undefined;
  readonly collectedAt: string | undefined;
  readonly authorisedAt: string | undefined;
  readonly authorisedBy: string | undefined;
  /** Only `authorised` reports may leave the hospital. */
  readonly status: 'authorised' | 'provisional';
  readonly results: readonly LabResult[];
}

export interface LabResult {
  readonly parameter: string;
  readonly text: string;
  readonly unit: string | undefined;
  readonly referenceRange: string | undefined;
}

/** An X-ray, ultrasound, CT … as the department reported it. */
export interface ImagingReport {
  readonly number: string;
  /** What was looked at, e.g. `X-RAY CHEST PA`. */
  readonly study: string;
  readonly performedAt: string | undefined;
  readonly authorisedAt: string | undefined;
  readonly authorisedBy: string | undefined;
  /** Only `authorised` reports may leave the hospital. */
  readonly status: 'authorised' | 'provisional';
  readonly findings: string | undefined;
  readonly impression: string | undefined;
  /** The picture or the printed report, where the hospital sends one. */
  readonly image: ScannedDocument | undefined;
}

/** What a discharge summary says beyond the visit itself; medicines at discharge are the visit's prescriptions. */
export interface Admission {
  readonly number: string | undefined;
  readonly kind: 'day-care' | 'inpatient';
  readonly ward: string | undefined;
  readonly admittedAt: string | undefined;
  /** Undefined while the patient is still in: there is no summary yet. */
  readonly dischargedAt: string | undefined;
  /** In the hospital's words, e.g. `Recovered`, `LAMA`, `Referred`. */
  readonly outcome: string | undefined;
  readonly pastHistory: string | undefined;
  readonly familyHistory: string | undefined;
  readonly examination: string | undefined;
  /** What happened in the ward. */
  readonly course: string | undefined;
  readonly procedures: readonly { readonly text: string; readonly performedOn: string | undefined }[];
  /** What the patient is to do at home. */
  readonly dischargeAdvice: string | undefined;
}

export interface ImmunizationGiven {
  readonly vaccine: string;
  readonly doseNumber: string | undefined;
  readonly batch: string | undefined;
  readonly site: string | undefined;
  readonly givenOn: string | undefined;
  readonly nextDueOn: string | undefined;
}

export interface ScannedDocument {
  readonly name: string;
  readonly type: string | undefined;
  readonly mime: string;
  readonly dataBase64: string;
}

export interface BillLine {
  readonly number: string;
  readonly head: string;
  readonly amount: number | undefined;
  readonly amountText: string;
  readonly mode: string | undefined;
}

/** Health-information types as ABDM spells them. */
export const HI_TYPES = [
  'OPConsultation',
  'Prescription',
  'DiagnosticReport',
  'DischargeSummary',
  'ImmunizationRecord',
  'HealthDocumentRecord',
  'WellnessRecord',
  'Invoice',
] as const;
export type HiType = (typeof HI_TYPES)[number];
