import fc from 'fast-check';
import { aFullVisit, type Columns } from './legacy-visit.js';

const word = (...words: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...words);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | ''> =>
  fc.oneof({ weight: 3, arbitrary: value }, fc.constant('' as const));
const some = <T>(value: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> => fc.array(value, { maxLength: most });

const DRUG = fc.record({
  DRUG: word(
    'TAB PCM 500',
    'CAP AMOX 500',
    'SYP CPM',
    'INJ CEFTRIAXONE 1GM',
    'ORS',
    'DICLO GEL',
    'TAB METFORMIN 500',
    'T. IFA',
    'E/D CIPRO',
  ),
  DOSE: maybe(word('1', '1/2', '10ml', '2 tab', 'local', '1 sachet', '5 ml')),
  FREQ: maybe(
    word(
      'OD',
      'BD',
      'TDS',
      'QID',
      'HS',
      'SOS',
      'STAT',
      '1-0-1',
      '1-1-1',
      '0-0-1',
      '1/2-0-1',
      '2-0-1',
      'BD pc',
      'weekly',
      'alternate day',
      'दिन में दो बार',
    ),
  ),
  DAYS: maybe(word('3', '5', '30', '1 month', 'x 7', '0')),
  ROUTE: maybe(word('ORAL', 'PO', 'IV', 'IM', 'LOCAL APP', 'SL', 'मुँह से')),
});

const RESULT = fc.record({
  PARAM: word(
    'Hb',
    'TLC',
    'Platelet',
    'Albumin',
    'Pus cells',
    'S. Bilirubin',
    'SGPT',
    'HbA1c',
    'Malaria Antigen',
    'Blood Group',
    'Widal',
  ),
  RESULT: word(
    '10.2',
    '0',
    '<5',
    '>200',
    '+',
    '++',
    'Nil',
    'Trace',
    'plenty',
    '2-3',
    'POSITIVE (Pf)',
    'नकारात्मक',
    '10,2',
    '1O.2',
    'QNS',
    'B Positive',
    '-3',
    '1:80',
  ),
  UNIT: maybe(word('gm%', 'mg/dl', '/cumm', 'lakh/cumm', 'IU/L', '%', '/hpf', 'furlong')),
  REF: maybe(word('12-16', '<140', 'upto 40', 'Negative', 'Nil', '4000 - 11000', '16-12', 'see note')),
});

const LAB = fc.record({
  LAB_NO: fc.integer({ min: 1, max: 99_999 }).map((number) => `L26/${number}`),
  TEST: word('CBC', 'LFT', 'URINE', 'HBA1C', 'MP', 'XYZ PANEL', 'BSL'),
  SAMPLE: maybe(word('BLOOD', 'URINE', 'SPUTUM', 'लार')),
  COLL_DT: maybe(word('12/08/2025 10:10', '12-AUG-25 10:10')),
  AUTH_DT: maybe(word('12/08/2025 14:00', '2025-08-12 14:00:00')),
  AUTH_BY: maybe(word('DR PATHOLOGIST', 'LAB TECH')),
  STATUS: word('AUTH', 'PROV', 'FINAL', ''),
  RESULTS: some(RESULT, 5),
});

const SHOT = fc.record({
  VACCINE: word('BCG', 'OPV-1', 'पेंटा-2', 'Rotavirus 3', 'DPT Booster', 'MR-1', 'Td', 'NEWVAX 9'),
  DOSE_NO: maybe(word('1', '2', 'booster')),
  BATCH: maybe(word('B-77')),
  SITE: maybe(word('L thigh', 'R arm', 'oral', 'back')),
  GIVEN_DT: maybe(word('12/08/2025', '12-08-25')),
  NEXT_DUE: maybe(word('12/09/2025')),
});

const BILL = fc.record({
  BILL_NO: word('B26/1', 'B26/2', ''),
  HEAD: word('REG FEE', 'X-RAY', 'MEDICINE', 'USER CHARGE', 'IPD BED'),
  AMT: word('5.00', '0', '120', '-5', 'five', '1,200.50'),
  MODE: maybe(word('CASH', 'UPI', 'FREE', 'PMJAY')),
});

const STAY = fc.record({
  IPD_NO: maybe(word('IPD/26/3')),
  TYPE: word('DAY CARE', 'IPD', ''),
  WARD: maybe(word('MALE WARD', 'ICU')),
  ADM_DT: word('12/08/2025 10:00'),
  DIS_DT: maybe(word('12/08/2025 17:30', '14/08/2025 09:00')),
  OUTCOME: maybe(word('Recovered', 'LAMA', 'Referred', 'Expired')),
  PAST_HISTORY: maybe(word('HTN since 5 years')),
  FAMILY_HISTORY: maybe(word('Mother diabetic')),
  EXAMINATION: maybe(word('Pallor present')),
  COURSE: maybe(word('IV fluids, <b>observed</b>')),
  ADVICE: maybe(word('आराम करें')),
  PROC: some(fc.record({ TEXT: word('IV cannulation', 'I&D'), PROC_DT: maybe(word('12/08/2025')) }), 2),
});

const SCAN = fc.record({
  NAME: word('slip.pdf', 'scan.jpg', 'पर्ची.pdf'),
  TYPE: maybe(word('OPD SLIP', 'X-RAY')),
  MIME: word('application/pdf', 'image/jpeg'),
  DATA: word('JVBERi0xLjQKJSVFT0YK', '/9j/4AAQSkZJRgABAQ==', 'bm90IGEgZG9jdW1lbnQ=', ''),
});

const ROW = fc.record({
  DEPT: maybe(word('MED', 'OBG', 'PED')),
  VITALS: fc.record({
    BP: maybe(word('130/80', '120/80 mmHg', 'NR')),
    PULSE: maybe(word('88/min', '72')),
    TEMP: maybe(word('99.2 F', '37.1 C', 'Afebrile')),
    WT: maybe(word('52 KG', '-4')),
    HT: maybe(word('5\'1"', '156 cm')),
    SPO2: maybe(word('98%', '140')),
    RR: maybe(word('18/min')),
  }),
  CC: maybe(
    word(
      'बुखार 3 दिन, खांसी',
      'c/o fever x 3/7',
      'pain abdomen 1 day & vomiting',
      'malaria susp',
      '<script>alert(1)</script>',
    ),
  ),
  DIAG: some(
    fc.record({
      TEXT: word('Ac. URTI', 'HTN', 'T2DM uncontrolled', 'नया रोग'),
      ICD10: maybe(word('J069', 'I10', 'E11.65', 'Z23', '???')),
    }),
    3,
  ),
  ALLERGY: maybe(word('NKDA', 'NO', 'Penicillin - rash')),
  ADVICE: maybe(word('पानी ज्यादा पिएं', 'Rest & fluids')),
  NEXT_VISIT: maybe(word('after 5 days', '17/08/2025', '1 week', 'SOS')),
  REFER_TO: maybe(word('Medical College Jagdalpur')),
  RX: some(DRUG, 4),
  LAB: some(LAB, 3),
  RAD: fc.constantFrom([], aFullVisit()['RAD'] as unknown[]),
  IPD: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, STAY),
  IMMUNIZATION: some(SHOT, 2),
  DOCS: some(SCAN, 2),
  BILL: some(BILL, 3),
  DOCTOR: fc.constantFrom<Columns>(
    { DOC_ID: 'D101', DOC_NAME: 'DR A K SINGH', REG_NO: 'CGMC-2231', HPR_ID: '71-1000-2000-3001' },
    { DOC_ID: 'D9', DOC_NAME: 'DUTY MO', REG_NO: '', HPR_ID: '' },
    {},
  ),
});

/** Visits as a busy and careless counter might enter them; the same ones in every run. */
export function generatedRows(count: number): Columns[] {
  return fc.sample(ROW, { numRuns: count, seed: 20_251_122 }).map((changes) => aFullVisit(changes as Columns));
}
