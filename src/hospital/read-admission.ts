import type { Admission } from '../ports/visit.js';
import { cleanDate, cleanMoment } from './cleaning/dates.js';
import { cleanAdmissionKind, cleanDischarge } from './cleaning/stays.js';
import type { Columns, RowReading } from './columns.js';
import type { ColumnMeaning, ItemMeaning } from './meanings.js';

type Row = Columns<ColumnMeaning>;
type ProcedureItem = Columns<ItemMeaning<'admission.procedures'>>;

/** The stay that belongs to this visit; undefined when the hospital entered nothing about one. */
export function readAdmission(
  row: Row,
  procedureItems: readonly ProcedureItem[],
  { values, remarks }: RowReading,
): Admission | undefined {
  const kind = row.read('admission.kind', (text) => cleanAdmissionKind(text, values.dayCare, values.inpatient));
  const admittedAt = row.read('admission.admittedAt', cleanMoment);
  const details = {
    number: row.text('admission.number'),
    ward: row.words('admission.ward'),
    admittedAt,
    dischargedAt: row.read('admission.dischargedAt', (text) => cleanDischarge(text, admittedAt)),
    outcome: row.words('admission.outcome'),
    pastHistory: row.words('admission.pastHistory'),
    familyHistory: row.words('admission.familyHistory'),
    examination: row.words('admission.examination'),
    course: row.words('admission.course'),
    dischargeAdvice: row.words('admission.dischargeAdvice'),
  };
  const procedures = procedureItems.flatMap((item) => readProcedure(item) ?? []);
  const isEmpty = procedures.length === 0 && Object.values(details).every((detail) => detail === undefined);
  if (isEmpty && kind === undefined) return undefined;
  if (kind === undefined) remarks.add(row.field('admission.kind'), 'admission-kind', '', 'inpatient', 'unsure');
  return { kind: kind ?? 'inpatient', procedures, ...details };
}

function readProcedure(item: ProcedureItem): Admission['procedures'][number] | undefined {
  const text = item.words('text');
  if (text === undefined) return item.sayNameless('text');
  return { text, performedOn: item.read('performedOn', cleanDate) };
}
