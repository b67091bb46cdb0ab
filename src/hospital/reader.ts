import type { HospitalPort, QuarantineReason, VisitReading } from '../ports/hospital.port.js';
import type { Visit } from '../ports/visit.js';
import { indiaDay } from '../support/india-day.js';
import type { Clock } from '../support/clock.js';
import { systemClock } from '../support/clock.js';
import type { ColumnKind } from './cleaning/aadhaar.js';
import { cleanPastMoment, isDatePlaceholder } from './cleaning/dates.js';
import { cleanYesNo } from './cleaning/hospital-words.js';
import type { RowReading } from './columns.js';
import { Columns } from './columns.js';
import type { JsonObject } from './json.js';
import { isJsonObject, isPlainObject } from './json.js';
import type { ListMapping, Mapping } from './mapping.js';
import { maskRow } from './masked-row.js';
import type { ColumnMeaning, ItemMeaning, ListMeaning } from './meanings.js';
import type { QuarantineCode } from './quarantine.js';
import { quarantineReason } from './quarantine.js';
import { readAdmission } from './read-admission.js';
import {
  readAllergy,
  readDiagnosis,
  readDoctor,
  readImmunization,
  readNextVisit,
  readPrescription,
  readVitals,
} from './read-care.js';
import { readBill, readDocument, readImagingReport, readLabReport, saySpoiltBills } from './read-papers.js';
import { readPatient } from './read-patient.js';
import { Remarks } from './remarks.js';
import { readIdentity } from './row-identity.js';
import { createUnknownColumnsCheck } from './unknown-columns.js';

/**
 * Reads a site's rows by its mapping. The clock only tells a registration or a report in the future (ages are counted
 * from the visit); the rest is pure, and it never throws, whatever comes in. Works on the masked row only, so nothing it returns holds an Aadhaar number.
 */
export function createHospitalReader(mapping: Mapping, clock: Clock = systemClock): HospitalPort {
  const kinds = columnKinds(mapping);
  const checkUnknownColumns = createUnknownColumnsCheck(mapping);
  return {
    read(row) {
      const remarks = new Remarks();
      const { row: masked, maskedFields } = maskRow(row, kinds, remarks);
      if (!isJsonObject(masked)) {
        const detail = 'The visit must be one JSON object with the hospital’s columns.';
        return { masked, reading: { kind: 'refused', problems: [{ field: '', code: 'not-an-object', detail }] } };
      }
      const reading = readRow(
        masked,
        mapping,
        { values: mapping.values, remarks, maskedFields, now: clock.now() },
        () => checkUnknownColumns(masked, remarks),
      );
      return { masked, reading };
    },
    readPatient(row, uhid) {
      const remarks = new Remarks();
      const { row: masked, maskedFields } = maskRow(withUhid(row, uhid, mapping), kinds, remarks);
      const now = clock.now();
      const reading = { values: mapping.values, remarks, maskedFields, now };
      const columns = new Columns<ColumnMeaning>(isJsonObject(masked) ? masked : {}, mapping.columns, reading);
      return readPatient(columns, indiaDay(now), reading);
    },
  };
}

/** The patient's number put where the site has it, unless the row says one itself. */
function withUhid(row: object, uhid: string, { columns }: Mapping): object {
  const path = (columns['patient.uhid'] ?? '').split('.');
  const put = (at: object, [name = '', ...below]: readonly string[]): object => {
    const there = (at as Readonly<Record<string, unknown>>)[name];
    if (below.length > 0) return { ...at, [name]: put(isPlainObject(there) ? there : {}, below) };
    return isEmpty(there) ? { ...at, [name]: uhid } : at;
  };
  return put(row, path);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function readRow(masked: JsonObject, mapping: Mapping, reading: RowReading, checkUnknown: () => void): VisitReading {
  const row = new Columns<ColumnMeaning>(masked, mapping.columns, reading);
  const identity = readIdentity(row);
  if ('problems' in identity) return { kind: 'refused', problems: identity.problems };
  const { hfrId, opdNumber, rowVersion } = identity;
  const reasons: QuarantineReason[] = [];
  const withdrawn = readWithdrawn(row, reading, reasons);
  const registeredAt = readRegisteredAt(row, reading, reasons);
  const visitDate = registeredAt?.slice(0, 10);
  const { patient, reasons: patientReasons } = readPatient(row, visitDate, reading);
  reasons.push(...patientReasons);
  function itemsOf<L extends ListMeaning>(list: L): Columns<ItemMeaning<L>>[] {
    return row.items<ItemMeaning<L>>(mapping.lists[list]);
  }
  const numbered = (list: string, index: number) => `${opdNumber}/${list}/${index + 1}`;
  const visit: Visit = {
    ...identity,
    withdrawn,
    facilityName: row.text('facilityName'),
    department: row.text('department'),
    visitType: row.text('visitType'),
    counter: row.text('counter'),
    tokenNumber: row.text('tokenNumber'),
    registeredAt: registeredAt ?? '',
    isScanAndShare: row.read('isScanAndShare', (text) => yesNo(text, reading)) ?? false,
    patient,
    doctor: readDoctor(row, reading),
    vitals: readVitals(row, reading),
    complaint: row.words('complaint'),
    diagnoses: itemsOf('diagnoses').flatMap((item) => readDiagnosis(item, reading) ?? []),
    allergy: readAllergy(row, reading),
    advice: row.words('advice'),
    nextVisit: readNextVisit(row, visitDate),
    referredTo: row.words('referredTo'),
    prescriptions: itemsOf('prescriptions').flatMap((item) => readPrescription(item) ?? []),
    labReports: itemsOf('labReports').flatMap(
      (item, index) => readLabReport(item, mapping.labResults, numbered('LAB', index), reading) ?? [],
    ),
    imagingReports: itemsOf('imagingReports').flatMap(
      (item, index) => readImagingReport(item, numbered('RAD', index), reading) ?? [],
    ),
    admission: readAdmission(row, itemsOf('admission.procedures'), reading),
    immunizations: itemsOf('immunizations').flatMap((item) => readImmunization(item, visitDate) ?? []),
    documents: itemsOf('documents').flatMap((item, index) => readDocument(item, numbered('DOC', index), reading) ?? []),
    bills: itemsOf('bills').flatMap((item, index) => readBill(item, numbered('BILL', index), reading) ?? []),
  };
  saySpoiltBills(visit.bills, mapping.lists.bills?.from ?? 'bills', reading);
  checkUnknown();
  const remarks = reading.remarks.all();
  if (reasons.length === 0) return { kind: 'understood', visit, remarks };
  return { kind: 'quarantined', hfrId, opdNumber, rowVersion, withdrawn, reasons, remarks };
}

/** Whether the hospital took the visit back. Nothing entered means it did not; an unknown word must be asked about. */
function readWithdrawn(row: Columns<ColumnMeaning>, reading: RowReading, reasons: QuarantineReason[]): boolean {
  let isUnreadable = typeof row.raw('withdrawn') === 'object' && row.raw('withdrawn') !== null;
  const withdrawn = row.read('withdrawn', (text) => {
    const cleaned = yesNo(text, reading);
    isUnreadable = cleaned.value === undefined;
    return cleaned;
  });
  if (isUnreadable) reasons.push(quarantineReason('withdrawn-unreadable', row.field('withdrawn')));
  return withdrawn ?? false;
}

function readRegisteredAt(
  row: Columns<ColumnMeaning>,
  { now }: RowReading,
  reasons: QuarantineReason[],
): string | undefined {
  const isObject = typeof row.raw('registeredAt') === 'object' && row.raw('registeredAt') !== null;
  let code: QuarantineCode = isObject ? 'registration-impossible' : 'registration-missing';
  const registeredAt = row.read('registeredAt', (text) => {
    const cleaned = cleanPastMoment(text, now);
    const isFuture = cleaned.says.some(({ rule }) => rule === 'date-in-future');
    if (!isDatePlaceholder(text)) code = isFuture ? 'registration-in-future' : 'registration-impossible';
    return cleaned;
  });
  if (registeredAt === undefined) reasons.push(quarantineReason(code, row.field('registeredAt')));
  return registeredAt;
}

function yesNo(text: string, { values }: RowReading) {
  return cleanYesNo(text, values.yes, values.no);
}

/** Columns of numbers the hospital gives itself, some of which happen to have twelve digits. */
const HOSPITAL_NUMBERS = [
  'opdNumber',
  'patient.uhid',
  'doctor.id',
  'doctor.registrationNumber',
  'admission.number',
] as const satisfies readonly ColumnMeaning[];

function columnKinds({ columns, lists }: Mapping): ReadonlyMap<string, ColumnKind> {
  const kinds = new Map<string, ColumnKind>();
  const add = (column: string | undefined, kind: ColumnKind) => {
    if (column !== undefined) kinds.set(column, kind);
  };
  for (const meaning of HOSPITAL_NUMBERS) add(columns[meaning], 'hospital-number');
  add(columns['patient.mobile'], 'mobile');
  add(columns['patient.abhaNumber'], 'fourteen-digit-id');
  add(columns['doctor.hprId'], 'fourteen-digit-id');
  const addItemColumn = (list: ListMapping | undefined, meaning: string, kind: ColumnKind) => {
    if (list?.columns[meaning] !== undefined) add(`${list.from}.${list.columns[meaning]}`, kind);
  };
  for (const list of [lists.labReports, lists.imagingReports, lists.bills]) {
    addItemColumn(list, 'number', 'hospital-number');
  }
  addItemColumn(lists.documents, 'data', 'document-data');
  addItemColumn(lists.imagingReports, 'image', 'document-data');
  return kinds;
}
