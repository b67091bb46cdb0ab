import type { BillLine, ImagingReport, LabReport, LabResult, ScannedDocument } from '../ports/visit.js';
import { cleanAuthorisedAt, cleanPastMoment } from './cleaning/dates.js';
import { checkDocument } from './cleaning/documents.js';
import { cleanAmount, cleanLabStatus } from './cleaning/hospital-words.js';
import type { Columns, RowReading } from './columns.js';
import { isNothing, shown } from './json.js';
import type { Mapping } from './mapping.js';
import type { ItemMeaning, LabResultMeaning } from './meanings.js';

type LabItem = Columns<ItemMeaning<'labReports'>>;
type ImagingItem = Columns<ItemMeaning<'imagingReports'>>;

/** A report without a test name is not used; one without results yet is (the test was ordered). */
export function readLabReport(
  item: LabItem,
  labResults: Mapping['labResults'],
  numberIfMissing: string,
  reading: RowReading,
): LabReport | undefined {
  const test = item.testName('test');
  if (test === undefined) return item.sayNameless('test');
  const status = readStatus(item, reading);
  const collectedAt = item.read('collectedAt', (text) => cleanPastMoment(text, reading.now));
  return {
    number: item.text('number') ?? madeNumber(item, numberIfMissing, reading.remarks),
    test,
    sample: item.text('sample'),
    collectedAt,
    authorisedAt: item.read('authorisedAt', (text) => cleanAuthorisedAt(text, collectedAt, reading.now)),
    authorisedBy: item.text('authorisedBy'),
    status,
    results: item.items<LabResultMeaning>(labResults).flatMap((result) => readLabResult(result, reading.remarks) ?? []),
  };
}

/** Nothing leaves the hospital without a known word for "authorised". */
function readStatus(item: Columns<'status'>, { values, remarks }: RowReading): 'authorised' | 'provisional' {
  const status = item.read('status', (text) => cleanLabStatus(text, values.labAuthorised, values.labProvisional));
  if (status === undefined) remarks.add(item.field('status'), 'lab-status', '', 'provisional', 'unsure');
  return status ?? 'provisional';
}

function readLabResult(item: Columns<LabResultMeaning>, remarks: RowReading['remarks']): LabResult | undefined {
  const parameter = item.testName('parameter');
  const text = item.resultText('text');
  if (parameter === undefined || text === undefined) {
    const filled = parameter ?? text;
    if (filled !== undefined) remarks.add(item.field('text'), 'result-empty', shown(filled), undefined, 'unsure');
    item.sayUnused('unused-with-entry', ['unit', 'referenceRange']);
    return undefined;
  }
  return { parameter, text, unit: item.text('unit'), referenceRange: item.resultText('referenceRange') };
}

/** A study without findings, impression and picture was only ordered: whatever its status says, it is no report yet. */
export function readImagingReport(
  item: ImagingItem,
  numberIfMissing: string,
  reading: RowReading,
): ImagingReport | undefined {
  const study = item.text('study');
  if (study === undefined) return item.sayNameless('study');
  const status = readStatus(item, reading);
  const findings = item.words('findings');
  const impression = item.words('impression');
  const image = readImage(item, study, reading);
  const performedAt = item.read('performedAt', (text) => cleanPastMoment(text, reading.now));
  const isEmpty = findings === undefined && impression === undefined && image === undefined;
  if (isEmpty && status === 'authorised') {
    reading.remarks.add(item.field('status'), 'imaging-empty', item.came('status') ?? '', 'provisional', 'likely');
  }
  return {
    number: item.text('number') ?? madeNumber(item, numberIfMissing, reading.remarks),
    study,
    performedAt,
    authorisedAt: item.read('authorisedAt', (text) => cleanAuthorisedAt(text, performedAt, reading.now)),
    authorisedBy: item.text('authorisedBy'),
    status: isEmpty ? 'provisional' : status,
    findings,
    impression,
    image,
  };
}

function readImage(item: ImagingItem, name: string, { remarks }: RowReading): ScannedDocument | undefined {
  if (isNothing(item.raw('image'))) {
    item.sayUnused('unused-with-entry', ['imageMime']);
    return undefined;
  }
  const scan = readScan(item, 'image', 'imageMime', remarks);
  if (scan === undefined) item.sayUnused('unused-with-entry', ['imageMime']);
  return scan === undefined ? undefined : { name, type: undefined, ...scan };
}

/** A scan as it came. What is empty, not base64, or of no kind that can be shown is no document: the remark says so. */
export function readDocument(
  item: Columns<ItemMeaning<'documents'>>,
  numberIfMissing: string,
  { remarks }: RowReading,
): ScannedDocument | undefined {
  const scan = readScan(item, 'data', 'mime', remarks);
  if (scan === undefined) {
    item.sayUnused('unused-with-entry', ['name', 'type', 'mime']);
    return undefined;
  }
  const type = item.text('type');
  return { name: item.text('name') ?? type ?? numberIfMissing, type, ...scan };
}

/** The data and what it really is; the hospital's word for it is often wrong or missing. */
function readScan<M extends string>(
  item: Columns<M>,
  dataColumn: M,
  mimeColumn: M,
  remarks: RowReading['remarks'],
): Pick<ScannedDocument, 'mime' | 'dataBase64'> | undefined {
  const data = item.came(dataColumn) ?? '';
  const { dataBase64, mime, says } = checkDocument(data);
  remarks.addAll(item.field(dataColumn), `${data.length} characters`, says);
  if (dataBase64 === undefined || mime === undefined) return undefined;
  const said = item.text(mimeColumn);
  if (said !== mime) remarks.add(item.field(mimeColumn), 'document-kind-corrected', said ?? '', mime, 'sure');
  return { mime, dataBase64 };
}

export function readBill(
  item: Columns<ItemMeaning<'bills'>>,
  numberIfMissing: string,
  { remarks }: RowReading,
): BillLine | undefined {
  const head = item.text('head');
  if (head === undefined) return item.sayNameless('head');
  let amountText = '';
  const amount = item.read('amount', (text) => {
    amountText = text;
    return cleanAmount(text);
  });
  return {
    number: item.text('number') ?? madeNumber(item, numberIfMissing, remarks),
    head,
    amount,
    amountText,
    mode: item.text('mode'),
  };
}

/** A bill of which one amount cannot be read is not sent: its sum would be wrong. Each of its lines is said here. */
export function saySpoiltBills(bills: readonly BillLine[], field: string, { remarks }: RowReading): void {
  const spoilt = new Set(bills.filter(({ amount }) => amount === undefined).map(({ number }) => number));
  for (const { number, head, amountText, mode } of bills) {
    if (!spoilt.has(number)) continue;
    remarks.add(field, 'bill-not-sent', [number, head, amountText, mode ?? ''].join(' ').trim(), undefined, 'unsure');
  }
}

/** Papers are told apart by their numbers, so one without a number gets its place in the visit. */
function madeNumber(item: Columns<'number'>, number: string, remarks: RowReading['remarks']): string {
  remarks.add(item.field('number'), 'number-from-visit', '', number, 'likely');
  return number;
}
