import type {
  Diagnosis,
  ImmunizationGiven,
  Prescription,
  Visit,
  VisitDoctor,
  Vital,
  VitalKind,
} from '../ports/visit.js';
import { cleanAllergy, cleanDays, cleanIcd10, cleanNextVisit } from './cleaning/clinical-words.js';
import type { DateText } from './cleaning/dates.js';
import { cleanDate, cleanDateUpTo } from './cleaning/dates.js';
import { cleanDoctor } from './cleaning/doctors.js';
import { afterLegacyFont, afterLegacyName } from './cleaning/legacy-font.js';
import type { Measure } from './cleaning/vitals.js';
import { cleanVital } from './cleaning/vitals.js';
import type { Columns, RowReading } from './columns.js';
import type { ColumnMeaning, ItemMeaning } from './meanings.js';

type Row = Columns<ColumnMeaning>;

export function readDoctor(row: Row, { values }: RowReading): VisitDoctor {
  const registrationNumber = row.text('doctor.registrationNumber');
  const hprId = row.text('doctor.hprId');
  const isRegistered = registrationNumber !== undefined || hprId !== undefined;
  const known = row.read(
    'doctor.name',
    afterLegacyName((text) => cleanDoctor(text, isRegistered, values.dutyDoctor)),
  );
  return {
    id: row.text('doctor.id'),
    name: known !== undefined && 'name' in known ? known.name : undefined,
    role: known !== undefined && 'role' in known ? known.role : undefined,
    registrationNumber,
    hprId,
  };
}

const VITALS: readonly (readonly [ColumnMeaning, VitalKind])[] = [
  ['vitals.bloodPressure', 'blood-pressure'],
  ['vitals.pulse', 'pulse'],
  ['vitals.temperature', 'temperature'],
  ['vitals.weight', 'weight'],
  ['vitals.height', 'height'],
  ['vitals.oxygenSaturation', 'oxygen-saturation'],
  ['vitals.respiratoryRate', 'respiratory-rate'],
];

export function readVitals(row: Row, { values }: RowReading): Vital[] {
  return VITALS.flatMap(([meaning, kind]) => {
    let text: string | undefined;
    const measure = row.read<Measure>(meaning, (words) => {
      text = words;
      return cleanVital(kind, words, values.vitalWords);
    });
    if (text === undefined) return [];
    return [{ kind, text, value: measure?.value, secondValue: measure?.secondValue, unit: measure?.unit }];
  });
}

export function readAllergy(row: Row, { values }: RowReading): Visit['allergy'] {
  return row.read(
    'allergy',
    afterLegacyFont((text) => cleanAllergy(text, values.noKnownAllergy, values.allergyNotAsked)),
  );
}

export function readNextVisit(row: Row, visitDate: DateText | undefined): Visit['nextVisit'] {
  let text: string | undefined;
  const date = row.read(
    'nextVisit',
    afterLegacyFont((words) => {
      text = words;
      return cleanNextVisit(words, visitDate);
    }),
  );
  return text === undefined ? undefined : { text, date };
}

export function readDiagnosis(item: Columns<ItemMeaning<'diagnoses'>>, { remarks }: RowReading): Diagnosis | undefined {
  const text = item.words('text');
  const icd10 = item.read('icd10', cleanIcd10);
  if (text !== undefined) return { text, icd10 };
  if (icd10 === undefined) return item.sayNameless('text');
  remarks.add(item.field('text'), 'diagnosis-from-code', '', icd10, 'sure');
  return { text: icd10, icd10 };
}

export function readPrescription(item: Columns<ItemMeaning<'prescriptions'>>): Prescription | undefined {
  const drug = item.text('drug');
  if (drug === undefined) return item.sayNameless('drug');
  let daysText: string | undefined;
  const days = item.read('days', (words) => {
    daysText = words;
    return cleanDays(words);
  });
  return {
    drug,
    dose: item.text('dose'),
    frequency: item.text('frequency'),
    days,
    daysText,
    route: item.text('route'),
  };
}

export function readImmunization(
  item: Columns<ItemMeaning<'immunizations'>>,
  visitDate: DateText | undefined,
): ImmunizationGiven | undefined {
  const vaccine = item.text('vaccine');
  if (vaccine === undefined) return item.sayNameless('vaccine');
  return {
    vaccine,
    doseNumber: item.text('doseNumber'),
    batch: item.text('batch'),
    site: item.text('site'),
    givenOn: item.read('givenOn', (text) => cleanDateUpTo(text, visitDate)),
    nextDueOn: item.read('nextDueOn', cleanDate),
  };
}
