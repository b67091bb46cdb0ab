import { randomInt } from 'node:crypto';
import type { AbhaHolder } from './abdm.js';

/** A visit in e-Hospital's columns. */
export type Row = Readonly<Record<string, unknown>> & { readonly OPD_NO: string };

/** Every type of record the adapter makes, and ABDM's name of it. */
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

/** Invented people only: they stand in a report that is handed in. */
const NAMES = ['Sunita Netam', 'Phoolo Markam', 'Kavita Yadav', 'Rukmani Kashyap', 'Meena Baghel', 'Asha Mandavi'];

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

/** An invented woman with an ABHA; nobody twice. */
export function aPatient(changes: Partial<AbhaHolder> = {}): AbhaHolder & { readonly mobile: string } {
  const name = NAMES[randomInt(NAMES.length)] ?? '';
  const [first = ''] = name.toLowerCase().split(' ');
  return {
    abhaAddress: `${first}${digits(8)}@sbx`,
    abhaNumber: `91${digits(12)}`,
    name,
    gender: 'F',
    yearOfBirth: 1988,
    mobile: `98${digits(8)}`,
    ...changes,
  };
}

/** Yesterday: today's hour may not have come yet. As the hospital writes it, at so many hours. */
function yesterdayAt(hour: string): string {
  const [year, month, day] = new Date(Date.now() - 24 * 3_600_000 + 5.5 * 3_600_000)
    .toISOString()
    .slice(0, 10)
    .split('-');
  return `${day}/${month}/${year} ${hour}`;
}

/** What the counter asks for: an ABHA, or a mobile only. */
type Counter = 'with ABHA' | 'with mobile only';

/** A visit of hers yesterday: a consultation and a prescription. `uhid`: her number here, when she was here before. */
export function aVisitOf(patient: AbhaHolder, hfrId: string, counter: Counter, uhid = `U${digits(9)}`): Row {
  const hasAbha = counter === 'with ABHA';
  return {
    OPD_NO: `OPD/${digits(8)}`,
    FACILITY_HFR: hfrId,
    DEPT: 'MED',
    VISIT_TYPE: 'NEW',
    COUNTER: 'C1',
    TOKEN_NO: '1',
    REG_DT: yesterdayAt('09:41'),
    SCAN_SHARE: 'N',
    PATIENT: {
      UHID: uhid,
      PAT_NAME: patient.name.toUpperCase(),
      SEX: patient.gender,
      DOB: `03/07/${patient.yearOfBirth}`,
      MOBILE: patient.mobile ?? '',
      DIST: 'Bastar',
      STATE: 'Chhattisgarh',
      PIN: '494221',
      ABHA_NO: hasAbha ? patient.abhaNumber : '',
      ABHA_ADDR: hasAbha ? patient.abhaAddress : '',
    },
    DOCTOR: { DOC_ID: 'D101', DOC_NAME: 'DR A K SINGH', REG_NO: 'CGMC-2231', HPR_ID: '71-1000-2000-3001' },
    CC: 'Fever 3 days, cough',
    DIAG: [{ TEXT: 'Ac. URTI', ICD10: 'J069' }],
    ALLERGY: 'NKDA',
    ADVICE: 'Plenty of water',
    NEXT_VISIT: 'after 5 days',
    REFER_TO: '',
    RX: [{ DRUG: 'TAB PCM 500', DOSE: '1', FREQ: 'TDS', DAYS: '3', ROUTE: 'ORAL' }],
    ROW_VER: 1,
    DEL_FLAG: 'N',
  };
}

/** Something for every type of record. */
export function aFullVisitOf(patient: AbhaHolder, hfrId: string): Row {
  const day = yesterdayAt('').trim();
  return {
    ...aVisitOf(patient, hfrId, 'with ABHA'),
    VITALS: { BP: '130/80', PULSE: '88/min', TEMP: '99.2 F', WT: '52 KG', SPO2: '98%' },
    LAB: [
      {
        LAB_NO: `L${digits(6)}`,
        TEST: 'CBC',
        SAMPLE: 'BLOOD',
        COLL_DT: yesterdayAt('10:10'),
        AUTH_DT: yesterdayAt('12:00'),
        AUTH_BY: 'DR PATHOLOGIST',
        STATUS: 'AUTH',
        RESULTS: [{ PARAM: 'Hb', RESULT: '8.8', UNIT: 'gm%', REF: '12-16' }],
      },
    ],
    IPD: {
      IPD_NO: `IPD/${digits(6)}`,
      TYPE: 'DAY CARE',
      WARD: 'DAY CARE WARD',
      ADM_DT: yesterdayAt('10:00'),
      DIS_DT: yesterdayAt('17:30'),
      OUTCOME: 'Recovered',
      COURSE: 'IV fluids given',
      ADVICE: 'Rest for two days',
      PROC: [{ TEXT: 'IV cannulation', PROC_DT: day }],
    },
    IMMUNIZATION: [{ VACCINE: 'Td', DOSE_NO: '1', BATCH: 'TD-77', SITE: 'L arm', GIVEN_DT: day }],
    DOCS: [
      {
        NAME: 'OPD slip.pdf',
        TYPE: 'OPD SLIP',
        MIME: 'application/pdf',
        DATA: Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64'),
      },
    ],
    BILL: [{ BILL_NO: `B${digits(6)}`, HEAD: 'REG FEE', AMT: '5.00', MODE: 'CASH' }],
  };
}
