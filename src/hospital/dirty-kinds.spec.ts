import { describe, expect, it } from '@jest/globals';
import type { Remark } from '../ports/hospital.port.js';
import { loadMapping } from './mapping.js';
import { createHospitalReader } from './reader.js';

const hospital = createHospitalReader(loadMapping('config/ehospital.yaml'), {
  now: () => new Date('2025-08-12T18:00:00Z'),
});

function read(columns: Record<string, unknown>, patient: Record<string, unknown> = {}) {
  const row = {
    OPD_NO: 'OPD/25/1',
    FACILITY_HFR: 'IN2210000101',
    REG_DT: '2025-08-12T09:41:00+05:30',
    PATIENT: { UHID: 'BAS-1', PAT_NAME: 'Radha Devi', SEX: 'female', ...patient },
    ...columns,
  };
  const { reading } = hospital.read(row);
  if (reading.kind !== 'understood') throw new Error(`The row was ${reading.kind}.`);
  return { visit: reading.visit, said: reading.remarks.map(shortly), remarks: reading.remarks };
}

const shortly = ({ field, rule, came, understood }: Remark) => [field, rule, came, understood];
const base64 = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64');
const PDF = base64('%PDF-1.4 an invented slip');
const JPEG = base64(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));

describe('names', () => {
  it('typed in a legacy font are read wherever a person is named', () => {
    const { visit } = read(
      { DOCTOR: { DOC_NAME: 'MkW- usgk oekZ', REG_NO: 'CGMC-1' } },
      { RELATION: 'W/O', REL_NAME: 'eksgu yky', VILLAGE: 'cLrj' },
    );
    expect(visit.doctor.name).toBe('डॉ नेहा वर्मा');
    expect(visit.patient.relation).toEqual({ kind: 'W/O', name: 'मोहन लाल' });
    expect(visit.patient.address.village).toBe('बस्तर');
  });

  it('written in two scripts, each word once, are one name in Latin letters', () => {
    const { visit, said } = read({}, { PAT_NAME: 'ASHA कश्यप' });
    expect(visit.patient).toMatchObject({ name: 'Asha Kashyap', nameHindi: undefined });
    expect(said).toEqual([['PATIENT.PAT_NAME', 'name-scripts', 'ASHA कश्यप', 'Asha Kashyap']]);
  });

  it.each(['Asha\0Kashyap', 'Asha\u0007Kashyap', 'Asha\tKashyap'])('keep their words apart in %j', (PAT_NAME) => {
    expect(read({}, { PAT_NAME }).visit.patient.name).toBe('Asha Kashyap');
  });

  it('of a doctor need hold no frequent word to be read', () => {
    const { visit } = read({ DOCTOR: { DOC_NAME: 'Kkunkl /kzqo', REG_NO: 'CGMC-1' } });
    expect(visit.doctor.name).toBe('Dr ज्ञानदास ध्रुव');
    expect(read({ DOCTOR: { DOC_NAME: 'Dr. Asha [Rao]' } }).visit.doctor.name).toBe('Dr Asha [Rao]');
  });

  it('of a relative that are markup are not used', () => {
    const { visit, said } = read({}, { RELATION: 'W/O', REL_NAME: '<script>alert(1)</script>' });
    expect(visit.patient.relation).toBeUndefined();
    expect(said).toEqual([
      ['PATIENT.REL_NAME', 'name-unreadable', '<script>alert(1)</script>', undefined],
      ['PATIENT.RELATION', 'relation-name-missing', 'W/O', undefined],
    ]);
  });
});

describe('words for nothing entered', () => {
  const signs = ['NA', 'N.A.', 'N/A', 'NaN', 'NULL', 'undefined', '-'];

  it.each(signs)('such as %j are empty in every column', (sign) => {
    const { visit } = read(
      {
        CC: sign,
        ADVICE: sign,
        REFER_TO: sign,
        ALLERGY: sign,
        DOCTOR: { DOC_ID: sign, DOC_NAME: sign, REG_NO: sign, HPR_ID: sign },
        DIAG: [{ TEXT: sign }],
        RX: [{ DRUG: sign }, { DRUG: 'ORS', DOSE: sign, FREQ: sign, DAYS: sign, ROUTE: sign }],
        IMMUNIZATION: [{ VACCINE: 'BCG', BATCH: sign }],
      },
      { PAT_NAME_HI: sign, RELATION: 'W/O', REL_NAME: sign, VILLAGE: sign },
    );
    const nothing = undefined;
    expect([visit.complaint, visit.advice, visit.referredTo, visit.allergy]).toEqual(Array(4).fill(nothing));
    expect(Object.values(visit.doctor)).toEqual(Array(5).fill(nothing));
    expect([visit.diagnoses, visit.patient.relation, visit.patient.address.village]).toEqual([[], nothing, nothing]);
    expect(visit.prescriptions).toEqual([
      { drug: 'ORS', dose: nothing, frequency: nothing, days: nothing, daysText: nothing, route: nothing },
    ]);
    expect(visit.immunizations[0]?.batch).toBe(nothing);
  });
});

describe('a vaccination', () => {
  it.each([
    ['12/08/2025', '2025-08-12', 'date-format'],
    ['13/08/2025', undefined, 'date-after-visit'],
    ['12/08/2125', undefined, 'date-impossible'],
    ['31/02/2025', undefined, 'date-impossible'],
    ['00/00/0000', undefined, 'date-placeholder'],
  ])('given on %j was given on %j', (GIVEN_DT, givenOn, rule) => {
    const { visit, said } = read({ IMMUNIZATION: [{ VACCINE: 'BCG', GIVEN_DT, NEXT_DUE: '2025-09-12' }] });
    expect(visit.immunizations).toMatchObject([{ givenOn, nextDueOn: '2025-09-12' }]);
    expect(said).toEqual([['IMMUNIZATION[0].GIVEN_DT', rule, GIVEN_DT, givenOn]]);
  });
});

describe('allergies nobody asked about', () => {
  it('are told apart from none', () => {
    const { visit, said } = read({ ALLERGY: 'Not known' });
    expect(visit.allergy).toEqual({ text: 'Not known', kind: 'not-asked' });
    expect(said).toEqual([['ALLERGY', 'allergy-not-asked', 'Not known', 'not asked']]);
  });
});

describe('days of a medicine', () => {
  it('keep the hospital’s words', () => {
    const { visit } = read({
      RX: [
        { DRUG: 'ORS', DAYS: '3/7' },
        { DRUG: 'ORS', DAYS: '3 माह' },
      ],
    });
    expect(visit.prescriptions).toMatchObject([
      { days: 3, daysText: '3/7' },
      { days: undefined, daysText: '3 माह' },
    ]);
  });
});

describe('free text', () => {
  it('typed in a legacy font is read, and what came is kept', () => {
    const { visit, said } = read({
      CC: 'cq[kkj 3 fnu ls',
      ADVICE: 'ikuh T;knk fi,a',
      DIAG: [{ TEXT: 'eysfj;k' }],
      NEXT_VISIT: '5 fnu ckn',
    });
    expect([visit.complaint, visit.advice, visit.diagnoses[0]?.text]).toEqual([
      'बुखार 3 दिन से',
      'पानी ज्यादा पिएं',
      'मलेरिया',
    ]);
    expect(visit.nextVisit).toEqual({ text: '5 दिन बाद', date: '2025-08-17' });
    expect(said).toContainEqual(['CC', 'legacy-font-converted', 'cq[kkj 3 fnu ls', 'बुखार 3 दिन से']);
  });

  it('that is not surely of a legacy font stays, with a remark', () => {
    const { visit, remarks } = read({ CC: 'isV nnZ cq[kkj TAB' });
    expect(visit.complaint).toBe('isV nnZ cq[kkj TAB');
    expect(remarks).toMatchObject([{ rule: 'legacy-font', came: 'isV nnZ cq[kkj TAB', certainty: 'unsure' }]);
  });

  it('loses its control characters, with a remark', () => {
    const { visit, said } = read({ CC: 'fever\u0007 3\u0000 days\u200b' });
    expect(visit.complaint).toBe('fever 3 days');
    expect(said.map(([field, rule]) => [field, rule])).toEqual([
      ['CC', 'unstorable-characters'],
      ['CC', 'text-tidied'],
    ]);
  });

  it('that is markup is kept as words: the documents escape it', () => {
    expect(read({ CC: '<script>alert(1)</script>' }).visit.complaint).toBe('<script>alert(1)</script>');
  });
});

describe('the patient', () => {
  it.each(['X', '7', 'FEMAIL', '?'])('of the unknown sex code %j is of unknown sex', (SEX) => {
    const { visit, said } = read({}, { SEX });
    expect(visit.patient.gender).toBe('unknown');
    expect(said).toEqual([['PATIENT.SEX', 'sex-unread', SEX, undefined]]);
  });

  it.each([
    ['-4', 'age-impossible'],
    [-4, 'age-impossible'],
    ['1.5', 'age-impossible'],
    ['999', 'age-impossible'],
    ['NaN', 'missing-word'],
  ])('has no age of %j', (AGE_Y, rule) => {
    const { visit, said } = read({}, { AGE_Y });
    expect(visit.patient.birthDate).toBeUndefined();
    expect(said.map(([, said]) => said)).toEqual([rule]);
  });

  it.each([
    ['31/02/1990', 'date-impossible'],
    ['99/99/9999', 'date-impossible'],
    ['00-00-0000', 'date-placeholder'],
    ['13/08/2025', 'birth-date-after-visit'],
    ['01/01/1880', 'birth-date-too-old'],
  ])('is not born on %j', (DOB, rule) => {
    const { visit, said } = read({}, { DOB });
    expect(visit.patient.birthDate).toBeUndefined();
    expect(said).toEqual([['PATIENT.DOB', rule, DOB, undefined]]);
  });

  it('has no ABHA number that is an Aadhaar number, and what stands around it is remarked', () => {
    const { visit, said } = read({}, { ABHA_NO: 'uid 2345 6789 0123 seen' });
    expect(visit.patient.abhaNumber).toBeUndefined();
    expect(said).toEqual([
      ['PATIENT.ABHA_NO', 'aadhaar-masked', 'XXXXXXXX0123', undefined],
      ['PATIENT.ABHA_NO', 'masked-not-used', 'uid XXXXXXXX0123 seen', undefined],
    ]);
  });

  it('whose relative has no name, is remarked', () => {
    expect(read({}, { RELATION: 'D/O' }).said).toEqual([
      ['PATIENT.RELATION', 'relation-name-missing', 'D/O', undefined],
    ]);
  });

  it('whose age fits the date of birth, too', () => {
    const { visit, said } = read({}, { DOB: '2010-05-01', AGE_Y: '15 Y', AGE_M: 3 });
    expect(visit.patient).toMatchObject({ birthDate: '2010-05-01', isBirthDateEstimated: false });
    expect(said).toEqual([['PATIENT.AGE_Y', 'age-fits-birth-date', '15 Y 3 m', '2010-05-01']]);
  });
});

describe('laboratory results', () => {
  const lab = (columns: Record<string, unknown>) =>
    read({ LAB: [{ LAB_NO: 'L1', TEST: 'CBC', STATUS: 'AUTH', RESULTS: [columns] }] });

  it.each(['<5', '>1000', 'QNS', '10,2', '1O.2', 'Nil', '++', 'hemolysed', '-', '--', '..', '∞', 'नकारात्मक'])(
    'stay words where they are no number: %j',
    (RESULT) => {
      const { visit, said } = lab({ PARAM: 'Hb', RESULT, UNIT: 'gm%', REF: '12-16' });
      const result = { parameter: 'Hb', text: RESULT, unit: 'gm%', referenceRange: '12-16' };
      expect(visit.labReports[0]?.results).toEqual([result]);
      expect(said).toEqual([]);
    },
  );

  it.each(['NA', 'N.A.', 'n/a', 'NaN', 'NULL', 'undefined'])('are none where %j stands for one', (RESULT) => {
    const { visit, said } = lab({ PARAM: 'Na', RESULT });
    expect(visit.labReports[0]?.results).toEqual([]);
    expect(said).toEqual([
      ['LAB[0].RESULTS[0].RESULT', 'missing-word', RESULT, ''],
      ['LAB[0].RESULTS[0].RESULT', 'result-empty', 'Na', undefined],
    ]);
  });

  it('of sodium are no missing ones', () => {
    const { visit, said } = read({
      LAB: [{ LAB_NO: 'L1', TEST: 'NA', STATUS: 'AUTH', RESULTS: [{ PARAM: 'Na', RESULT: '140', UNIT: 'NA' }] }],
    });
    expect(visit.labReports).toMatchObject([
      { test: 'NA', results: [{ parameter: 'Na', text: '140', unit: undefined }] },
    ]);
    expect(said).toEqual([['LAB[0].RESULTS[0].UNIT', 'missing-word', 'NA', '']]);
  });

  it.each([
    ['12/08/2025 10:00', '12/08/2025 09:00', undefined, 'authorised-too-early'],
    ['12/08/2025 10:00', '11/08/2025', undefined, 'authorised-too-early'],
    ['12/08/2025 10:00', '12/08/2025', '2025-08-12T10:00:00+05:30', 'authorised-same-day'],
    ['12/08/2025 10:00', '12/08/2026 11:00', undefined, 'date-in-future'],
    ['12/08/2025 10:00', '31/02/2025', undefined, 'date-impossible'],
    ['12/08/2025 10:00', '12/08/2025 11:00', '2025-08-12T11:00:00+05:30', 'date-format'],
    ['12/08/2125 10:00', '12/08/2025 11:00', '2025-08-12T11:00:00+05:30', 'date-format'],
  ])('collected on %s and authorised on %s were authorised %s', (begun, AUTH_DT, authorisedAt, rule) => {
    const lab = { LAB_NO: 'L1', TEST: 'CBC', STATUS: 'AUTH', COLL_DT: begun, AUTH_DT };
    const rad = { RAD_NO: 'R1', STUDY: 'USG', STATUS: 'AUTH', FINDINGS: 'x', EXAM_DT: begun, AUTH_DT };
    const { visit, said } = read({ LAB: [lab], RAD: [rad] });
    expect([visit.labReports[0]?.authorisedAt, visit.imagingReports[0]?.authorisedAt]).toEqual([
      authorisedAt,
      authorisedAt,
    ]);
    expect(said).toContainEqual(['LAB[0].AUTH_DT', rule, AUTH_DT, authorisedAt]);
  });

  it('were not collected in the future', () => {
    const { visit, said } = read({ LAB: [{ LAB_NO: 'L1', TEST: 'CBC', STATUS: 'AUTH', COLL_DT: '12/08/2125' }] });
    expect(visit.labReports[0]?.collectedAt).toBeUndefined();
    expect(said).toEqual([['LAB[0].COLL_DT', 'date-in-future', '12/08/2125', undefined]]);
  });

  it('without a result say what else came', () => {
    const { visit, said } = lab({ PARAM: 'Hb', RESULT: '', UNIT: 'gm%', REF: '12-16' });
    expect(visit.labReports[0]?.results).toEqual([]);
    expect(said).toEqual([
      ['LAB[0].RESULTS[0].RESULT', 'result-empty', 'Hb', undefined],
      ['LAB[0].RESULTS[0].UNIT', 'unused-with-entry', 'gm%', undefined],
      ['LAB[0].RESULTS[0].REF', 'unused-with-entry', '12-16', undefined],
    ]);
  });

  it.each(['31/02/2025 10:00', '12/13/2025', 'yesterday'])('were not collected on %j', (COLL_DT) => {
    const { visit, said } = read({ LAB: [{ LAB_NO: 'L1', TEST: 'CBC', STATUS: 'AUTH', COLL_DT }] });
    expect(visit.labReports[0]?.collectedAt).toBeUndefined();
    expect(said).toEqual([['LAB[0].COLL_DT', 'date-impossible', COLL_DT, undefined]]);
  });
});

describe('imaging reports', () => {
  const rad = (columns: Record<string, unknown>) =>
    read({ RAD: [{ RAD_NO: 'R1', STUDY: 'X-RAY CHEST PA', ...columns }] });

  it('are read with their words and picture', () => {
    const { visit, said } = rad({
      EXAM_DT: '12/08/2025 10:15',
      AUTH_DT: '2025-08-12T11:00:00+05:30',
      AUTH_BY: 'DR RADIOLOGIST',
      STATUS: 'AUTH',
      FINDINGS: 'Lung fields clear',
      IMPRESSION: 'Normal study',
      MIME: 'image/jpeg',
      DATA: JPEG,
    });
    expect(visit.imagingReports).toEqual([
      {
        number: 'R1',
        study: 'X-RAY CHEST PA',
        performedAt: '2025-08-12T10:15:00+05:30',
        authorisedAt: '2025-08-12T11:00:00+05:30',
        authorisedBy: 'DR RADIOLOGIST',
        status: 'authorised',
        findings: 'Lung fields clear',
        impression: 'Normal study',
        image: { name: 'X-RAY CHEST PA', type: undefined, mime: 'image/jpeg', dataBase64: JPEG },
      },
    ]);
    expect(said.map(([field, rule]) => [field, rule])).toEqual([['RAD[0].EXAM_DT', 'date-format']]);
  });

  it('without a known status are provisional', () => {
    expect(rad({ STATUS: 'done?', FINDINGS: 'x' }).visit.imagingReports[0]?.status).toBe('provisional');
    expect(rad({ STATUS: 'done?', FINDINGS: 'x' }).said).toEqual([
      ['RAD[0].STATUS', 'lab-status', 'done?', 'provisional'],
    ]);
    expect(rad({ FINDINGS: 'x' }).visit.imagingReports[0]?.status).toBe('provisional');
  });

  it('with nothing in them are studies that were ordered', () => {
    const { visit, said } = rad({ STATUS: 'AUTH' });
    expect(visit.imagingReports).toMatchObject([{ study: 'X-RAY CHEST PA', status: 'provisional', image: undefined }]);
    expect(said).toEqual([['RAD[0].STATUS', 'imaging-empty', 'AUTH', 'provisional']]);
  });

  it('keep their words when the picture is none', () => {
    const { visit, said } = rad({ STATUS: 'AUTH', FINDINGS: 'clear', MIME: 'image/png', DATA: base64('hello') });
    expect(visit.imagingReports).toMatchObject([{ status: 'authorised', findings: 'clear', image: undefined }]);
    expect(said).toEqual([
      ['RAD[0].DATA', 'document-kind-unknown', '8 characters', undefined],
      ['RAD[0].MIME', 'unused-with-entry', 'image/png', undefined],
    ]);
  });

  it('without a number get one, and without a study are not used', () => {
    expect(read({ RAD: [{ STUDY: 'USG', STATUS: 'PROV' }] }).visit.imagingReports[0]?.number).toBe('OPD/25/1/RAD/1');
    expect(read({ RAD: [{ RAD_NO: 'R1' }] }).said).toEqual([
      ['RAD[0].STUDY', 'item-without-name', '{"RAD_NO":"R1"}', undefined],
    ]);
  });
});

describe('a stay', () => {
  it('is read with its summary', () => {
    const { visit, said } = read({
      IPD: {
        IPD_NO: 'IPD/25/7',
        TYPE: 'DAY CARE',
        WARD: 'Female surgical',
        ADM_DT: '2025-08-12T10:00:00+05:30',
        DIS_DT: '2025-08-12T17:30:00+05:30',
        OUTCOME: 'Recovered',
        PAST_HISTORY: 'nil',
        FAMILY_HISTORY: 'DM in mother',
        EXAMINATION: 'P/A soft',
        COURSE: 'Uneventful',
        ADVICE: 'Keep the wound dry',
        PROC: [{ TEXT: 'Excision of lipoma', PROC_DT: '2025-08-12' }],
      },
    });
    expect(visit.admission).toEqual({
      number: 'IPD/25/7',
      kind: 'day-care',
      ward: 'Female surgical',
      admittedAt: '2025-08-12T10:00:00+05:30',
      dischargedAt: '2025-08-12T17:30:00+05:30',
      outcome: 'Recovered',
      pastHistory: 'nil',
      familyHistory: 'DM in mother',
      examination: 'P/A soft',
      course: 'Uneventful',
      procedures: [{ text: 'Excision of lipoma', performedOn: '2025-08-12' }],
      dischargeAdvice: 'Keep the wound dry',
    });
    expect(said).toEqual([]);
  });

  it.each([undefined, null, {}, { TYPE: '' }, { PROC: [] }])('is none when %j came', (IPD) => {
    expect(read({ IPD }).visit.admission).toBeUndefined();
  });

  it('has not ended when the discharge lies before the admission', () => {
    const { visit, said } = read({ IPD: { TYPE: 'IPD', ADM_DT: '2025-08-12T10:00:00+05:30', DIS_DT: '11/08/2025' } });
    expect(visit.admission?.dischargedAt).toBeUndefined();
    expect(said).toEqual([['IPD.DIS_DT', 'discharge-before-admission', '11/08/2025', undefined]]);
  });

  it('without a known kind is one in a ward', () => {
    expect(read({ IPD: { WARD: 'MMW' } }).visit.admission?.kind).toBe('inpatient');
    expect(read({ IPD: { WARD: 'MMW' } }).said).toEqual([['IPD.TYPE', 'admission-kind', '', 'inpatient']]);
    expect(read({ IPD: { TYPE: 'HDU' } }).said).toEqual([['IPD.TYPE', 'admission-kind', 'HDU', 'inpatient']]);
  });

  it.each(['31/02/2025', 'yesterday'])('did not begin on %j', (ADM_DT) => {
    const { visit, said } = read({ IPD: { TYPE: 'IPD', ADM_DT, PROC: [{ TEXT: 'Suturing', PROC_DT: ADM_DT }] } });
    expect(visit.admission).toMatchObject({ admittedAt: undefined, procedures: [{ performedOn: undefined }] });
    expect(said).toEqual([
      ['IPD.ADM_DT', 'date-impossible', ADM_DT, undefined],
      ['IPD.PROC[0].PROC_DT', 'date-impossible', ADM_DT, undefined],
    ]);
  });
});

describe('a text without end', () => {
  const texts = ['a', 'f', '1 ', '<a', 'lquhrk ', 'क्', '.', '-', '0 / ', '2345 67 ', '\u200d', '\ud800'];
  const columns = [
    'PAT_NAME',
    'PAT_NAME_HI',
    'REL_NAME',
    'SEX',
    'DOB',
    'AGE_Y',
    'MOBILE',
    'ABHA_NO',
    'ABHA_ADDR',
    'PIN',
  ];

  it.each(texts)('of %j takes no column longer than reading it', (text) => {
    const endless = `${text.repeat(200_000 / text.length)}x`;
    const begin = performance.now();
    for (const column of columns) {
      hospital.read({ OPD_NO: '1', FACILITY_HFR: 'IN1', PATIENT: { [column]: endless }, CC: endless });
    }
    // Ten times slower than measured on a busy machine; work that grows with the square takes half a minute.
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});

describe('documents', () => {
  const documents = (DATA: unknown, MIME = 'application/pdf') =>
    read({ DOCS: [{ NAME: 'slip', TYPE: 'SLIP', MIME, DATA }] });

  it('are what their bytes are, whatever they are called', () => {
    const { visit, said } = documents(JPEG);
    expect(visit.documents).toEqual([{ name: 'slip', type: 'SLIP', mime: 'image/jpeg', dataBase64: JPEG }]);
    expect(said).toEqual([['DOCS[0].MIME', 'document-kind-corrected', 'application/pdf', 'image/jpeg']]);
  });

  it.each(['', 'PDF', 'application/x-pdf', 'APPLICATION/PDF', 'constructor'])(
    'called %j are known by their bytes',
    (mime) => {
      expect(documents(PDF, mime).visit.documents).toMatchObject([{ mime: 'application/pdf' }]);
      expect(documents(PDF, mime).said).toEqual([['DOCS[0].MIME', 'document-kind-corrected', mime, 'application/pdf']]);
    },
  );

  it.each([
    ['of no known kind', base64('<html></html>'), 'document-kind-unknown', '20 characters'],
    ['that are empty', '', 'document-empty', '0 characters'],
    ['that are not there', undefined, 'document-empty', '0 characters'],
    ['that are not base64', 'see register!', 'document-not-base64', '13 characters'],
    ['that are a number', 12345, 'document-not-base64', '5 characters'],
  ])('%s are not sent, and the remark says so', (_, data, rule, came) => {
    const { visit, said } = documents(data);
    expect(visit.documents).toEqual([]);
    expect(said.slice(0, 2)).toEqual([
      ['DOCS[0].DATA', rule, came, undefined],
      ['DOCS[0].NAME', 'unused-with-entry', 'slip', undefined],
    ]);
  });

  it.each<[string, (size: number) => string]>([
    ['a PDF', (size) => base64(Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size, 'ab1')]))],
    ['a PDF with line breaks', (size) => base64(`%PDF-1.4 ${'x'.repeat(size)}`).replace(/.{76}/g, '$&\r\n')],
    ['line breaks', (size) => '\r\n'.repeat(size)],
    ['spaces before an end', (size) => `${' '.repeat(size)}x`],
    ['no base64 at its end', (size) => `${'JVBERi0x'.repeat(size / 8)}!`],
    ['digits', (size) => '2345 6789 0123 '.repeat(size / 15)],
    ['equal signs', (size) => `AAAA${'='.repeat(size)}`],
  ])('of 15 MB take no longer than reading them: %s', (_, make) => {
    const begin = performance.now();
    const data = make(15_000_000);
    const made = performance.now();
    documents(data);
    // A hundred times slower than measured; work that grows with the square would take hours.
    expect(performance.now() - made).toBeLessThan(20_000 + (made - begin));
  });
});

describe('bills', () => {
  it('with one amount that cannot be read are not sent, and each of their lines is said', () => {
    const { said } = read({
      BILL: [
        { BILL_NO: 'B1', HEAD: 'REG FEE', AMT: '5.00', MODE: 'CASH' },
        { BILL_NO: 'B1', HEAD: 'X-RAY', AMT: 'five', MODE: 'CASH' },
        { BILL_NO: 'B2', HEAD: 'REG FEE', AMT: '5.00', MODE: 'UPI' },
      ],
    });
    expect(said.filter(([, rule]) => rule === 'bill-not-sent').map(([, , came]) => came)).toEqual([
      'B1 REG FEE 5.00 CASH',
      'B1 X-RAY five CASH',
    ]);
  });
});
