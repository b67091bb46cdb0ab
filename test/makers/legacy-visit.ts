/** Columns of e-Hospital, as deep as a test wants to change them. */
export type Columns = Record<string, unknown>;

let counter = 0;

/**
 * A visit as e-Hospital sends it, of an invented woman with an ABHA. Every call makes another patient and another visit; it
 * gives a consultation and a prescription. `changes` replace columns (`PATIENT` is merged, the others are replaced).
 */
export function aLegacyVisit(changes: Columns = {}): Columns {
  counter += 1;
  const number = String(counter).padStart(6, '0');
  const { PATIENT, ...rest } = changes;
  return {
    OPD_NO: `OPD/26/${number}`,
    FACILITY_HFR: 'IN2210000101',
    FACILITY: 'District Hospital Bastar',
    DEPT: 'MED',
    VISIT_TYPE: 'NEW',
    COUNTER: 'C1',
    TOKEN_NO: '7',
    REG_DT: '12/08/2025 09:41',
    SCAN_SHARE: 'N',
    PATIENT: {
      UHID: `BAS-2026-${number}`,
      PAT_NAME: 'SMT ASHA KASHYAP',
      PAT_NAME_HI: 'आशा कश्यप',
      SEX: 'F',
      DOB: '04/03/1991',
      MOBILE: '9812300045',
      RELATION: 'W/O',
      REL_NAME: 'RAMESH',
      VILLAGE: 'Bakawand',
      DIST: 'Bastar',
      STATE: 'Chhattisgarh',
      PIN: '494221',
      ABHA_NO: `9100${number}1234`,
      ABHA_ADDR: `asha${number}@sbx`,
      ...(PATIENT as Columns | undefined),
    },
    DOCTOR: { DOC_ID: 'D101', DOC_NAME: 'DR A K SINGH', REG_NO: 'CGMC-2231', HPR_ID: '71-1000-2000-3001' },
    CC: 'बुखार 3 दिन, खांसी',
    DIAG: [{ TEXT: 'Ac. URTI', ICD10: 'J069' }],
    ALLERGY: 'NKDA',
    ADVICE: 'पानी ज्यादा पिएं',
    NEXT_VISIT: 'after 5 days',
    REFER_TO: '',
    RX: [{ DRUG: 'TAB PCM 500', DOSE: '1', FREQ: 'TDS', DAYS: '3', ROUTE: 'ORAL' }],
    ROW_VER: 1,
    DEL_FLAG: 'N',
    ...rest,
  };
}

/** One with something for every type of record. */
export function aFullVisit(changes: Columns = {}): Columns {
  return aLegacyVisit({
    VITALS: { BP: '130/80', PULSE: '88/min', TEMP: '99.2 F', WT: '52 KG', HT: '5\'1"', SPO2: '98%' },
    LAB: [
      {
        LAB_NO: 'L26/100',
        TEST: 'CBC',
        SAMPLE: 'BLOOD',
        COLL_DT: '12/08/2025 10:10',
        AUTH_DT: '12/08/2025 12:00',
        AUTH_BY: 'DR PATHOLOGIST',
        STATUS: 'AUTH',
        RESULTS: [{ PARAM: 'Hb', RESULT: '8.8', UNIT: 'gm%', REF: '12-16' }],
      },
    ],
    RAD: [
      {
        RAD_NO: 'R26/7',
        STUDY: 'X-RAY CHEST PA',
        EXAM_DT: '12/08/2025 11:00',
        AUTH_DT: '12/08/2025 13:00',
        AUTH_BY: 'DR RADIOLOGIST',
        STATUS: 'AUTH',
        FINDINGS: 'Lung fields clear',
        IMPRESSION: 'Normal study',
      },
    ],
    IPD: {
      IPD_NO: 'IPD/26/3',
      TYPE: 'DAY CARE',
      WARD: 'DAY CARE WARD',
      ADM_DT: '12/08/2025 10:00',
      DIS_DT: '12/08/2025 17:30',
      OUTCOME: 'Recovered',
      COURSE: 'IV fluids given',
      ADVICE: 'Rest for two days',
      PROC: [{ TEXT: 'IV cannulation', PROC_DT: '12/08/2025' }],
    },
    IMMUNIZATION: [
      { VACCINE: 'Td', DOSE_NO: '1', BATCH: 'TD-77', SITE: 'L arm', GIVEN_DT: '12/08/2025', NEXT_DUE: '12/09/2025' },
    ],
    DOCS: [
      {
        NAME: 'OPD slip.pdf',
        TYPE: 'OPD SLIP',
        MIME: 'application/pdf',
        DATA: Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64'),
      },
    ],
    BILL: [{ BILL_NO: 'B26/5', HEAD: 'REG FEE', AMT: '5.00', MODE: 'CASH' }],
    ...changes,
  });
}

/** The patient of such a visit, as the simulator's ABHA register knows her. */
export function abhaHolderOf(visit: Columns): Columns {
  const { ABHA_NO, ABHA_ADDR } = visit['PATIENT'] as { ABHA_NO: string; ABHA_ADDR: string };
  return { abhaAddress: ABHA_ADDR, abhaNumber: ABHA_NO, name: 'Asha Kashyap', gender: 'F', yearOfBirth: 1991 };
}
