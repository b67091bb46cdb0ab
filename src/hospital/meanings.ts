/**
 * Everything we may want from the hospital's row, by our own names. `config/ehospital.yaml` says which column holds it.
 * `needed`: without it no visit can be kept apart from another, so the mapping must name it.
 */
export const COLUMN_MEANINGS = {
  opdNumber: 'needed',
  rowVersion: 'optional',
  withdrawn: 'optional',
  hfrId: 'needed',
  facilityName: 'optional',
  department: 'optional',
  visitType: 'optional',
  counter: 'optional',
  tokenNumber: 'optional',
  registeredAt: 'needed',
  isScanAndShare: 'optional',
  'patient.uhid': 'needed',
  'patient.name': 'needed',
  'patient.nameHindi': 'optional',
  'patient.sex': 'optional',
  'patient.birthDate': 'optional',
  'patient.ageYears': 'optional',
  'patient.ageMonths': 'optional',
  'patient.mobile': 'optional',
  'patient.relationKind': 'optional',
  'patient.relationName': 'optional',
  'patient.village': 'optional',
  'patient.district': 'optional',
  'patient.state': 'optional',
  'patient.pin': 'optional',
  'patient.category': 'optional',
  'patient.abhaNumber': 'optional',
  'patient.abhaAddress': 'optional',
  'patient.pmjayId': 'optional',
  'doctor.id': 'optional',
  'doctor.name': 'optional',
  'doctor.registrationNumber': 'optional',
  'doctor.hprId': 'optional',
  'vitals.bloodPressure': 'optional',
  'vitals.pulse': 'optional',
  'vitals.temperature': 'optional',
  'vitals.weight': 'optional',
  'vitals.height': 'optional',
  'vitals.oxygenSaturation': 'optional',
  'vitals.respiratoryRate': 'optional',
  complaint: 'optional',
  allergy: 'optional',
  advice: 'optional',
  nextVisit: 'optional',
  referredTo: 'optional',
  'admission.number': 'optional',
  'admission.kind': 'optional',
  'admission.ward': 'optional',
  'admission.admittedAt': 'optional',
  'admission.dischargedAt': 'optional',
  'admission.outcome': 'optional',
  'admission.pastHistory': 'optional',
  'admission.familyHistory': 'optional',
  'admission.examination': 'optional',
  'admission.course': 'optional',
  'admission.dischargeAdvice': 'optional',
} as const;

/** Lists and the columns of their items. A site that has no such list leaves it out whole. */
export const LIST_MEANINGS = {
  diagnoses: { text: 'needed', icd10: 'optional' },
  prescriptions: {
    drug: 'needed',
    dose: 'optional',
    frequency: 'optional',
    days: 'optional',
    route: 'optional',
  },
  labReports: {
    number: 'needed',
    test: 'needed',
    sample: 'optional',
    collectedAt: 'optional',
    authorisedAt: 'optional',
    authorisedBy: 'optional',
    status: 'needed', // without it nothing could be told to be authorised
  },
  imagingReports: {
    number: 'needed',
    study: 'needed',
    performedAt: 'optional',
    authorisedAt: 'optional',
    authorisedBy: 'optional',
    status: 'needed',
    findings: 'optional',
    impression: 'optional',
    imageMime: 'optional',
    image: 'optional',
  },
  'admission.procedures': { text: 'needed', performedOn: 'optional' },
  immunizations: {
    vaccine: 'needed',
    doseNumber: 'optional',
    batch: 'optional',
    site: 'optional',
    givenOn: 'optional',
    nextDueOn: 'optional',
  },
  documents: { name: 'optional', type: 'optional', mime: 'needed', data: 'needed' },
  bills: { number: 'needed', head: 'needed', amount: 'needed', mode: 'optional' },
} as const;

/** The list inside each laboratory report. */
export const LAB_RESULT_MEANINGS = {
  parameter: 'needed',
  text: 'needed',
  unit: 'optional',
  referenceRange: 'optional',
} as const;

export type ColumnMeaning = keyof typeof COLUMN_MEANINGS;
export type ListMeaning = keyof typeof LIST_MEANINGS;
/** The columns of one list's items. */
export type ItemMeaning<L extends ListMeaning> = keyof (typeof LIST_MEANINGS)[L] & string;
export type LabResultMeaning = keyof typeof LAB_RESULT_MEANINGS;

/** Word lists of the form `[spelling, …]`. */
export const WORD_LISTS = [
  'yes',
  'no',
  'dutyDoctor',
  'labAuthorised',
  'labProvisional',
  'dayCare',
  'inpatient',
  'noKnownAllergy',
  'allergyNotAsked',
  'vitalWords',
  'missing',
] as const;
export type WordList = (typeof WORD_LISTS)[number];

/** Lists that came later, and what a site's older mapping without them is read with. */
export const DEFAULT_WORDS: Readonly<Partial<Record<WordList, readonly string[]>>> = {
  dayCare: ['DAY CARE', 'DAYCARE', 'DAY-CARE', 'DC', 'डे केयर', 'डे-केयर'],
  inpatient: ['IPD', 'IP', 'INPATIENT', 'IN-PATIENT', 'WARD', 'ADMITTED', 'GENERAL', 'भर्ती', 'वार्ड', 'अंतः रोगी'],
  allergyNotAsked: [
    ...['NOT KNOWN', 'UNKNOWN', 'NOT ASKED', 'NAD', 'NOT RECORDED', 'NOT AVAILABLE', 'NOT ASSESSED'],
    ...['पता नहीं', 'मालूम नहीं', 'ज्ञात नहीं', 'नहीं पूछा', 'अज्ञात'],
  ],
};

export const SEXES = ['male', 'female', 'other', 'unknown'] as const;
