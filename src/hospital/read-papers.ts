import type { BillLine, LabReport, LabResult, ScannedDocument } from '../ports/visit.js';
import { cleanMoment } from './cleaning/dates.js';
import { checkDocument } from './cleaning/documents.js';
import { cleanAmount, cleanLabStatus } from './cleaning/hospital-words.js';
import type { Columns, RowReading } from './columns.js';
import type { Mapping } from './mapping.js';
import type { ItemMeaning, LabResultMeaning } from './meanings.js';

type LabItem = Columns<ItemMeaning<'labReports'>>;

/** A report without a test name is not used; one without results yet is (the test was ordered). */
export function readLabReport(
  item: LabItem,
  labResults: Mapping['labResults'],
  numberIfMissing: string,
  { values, remarks }: RowReading,
): LabReport | undefined {
  const test = item.text('test');
  if (test === undefined) return item.sayNameless('test');
  const status = item.read('status', (text) => cleanLabStatus(text, values.labAuthorised, values.labProvisional));
  if (status === undefined) remarks.add(item.field('status'), 'lab-status', '', 'provisional', 'unsure');
  return {
    number: item.text('number') ?? madeNumber(item, numberIfMissing, remarks),
    test,
    sample: item.text('sample'),
    collectedAt: item.read('collectedAt', cleanMoment),
    authorisedAt: item.read('authorisedAt', cleanMoment),
    authorisedBy: item.text('authorisedBy'),
    status: status ?? 'provisional',
    results: item.items<LabResultMeaning>(labResults).flatMap((result) => readLabResult(result, remarks) ?? []),
  };
}

function readLabResult(item: Columns<LabResultMeaning>, remarks: RowReading['remarks']): LabResult | undefined {
  const parameter = item.resultText('parameter');
  const text = item.resultText('text');
  if (parameter === undefined || text === undefined) {
    if (parameter !== undefined || text !== undefined) {
      remarks.add(item.field('text'), 'result-empty', parameter ?? text ?? '', undefined, 'unsure');
    }
    return undefined;
  }
  return { parameter, text, unit: item.text('unit'), referenceRange: item.resultText('referenceRange') };
}

/** A scan as it came. An empty one, or one that is not base64, is no document: the remark says so. */
export function readDocument(
  item: Columns<ItemMeaning<'documents'>>,
  numberIfMissing: string,
  { remarks }: RowReading,
): ScannedDocument | undefined {
  const mime = item.text('mime') ?? 'application/octet-stream';
  const type = item.text('type');
  const name = item.text('name') ?? type ?? numberIfMissing;
  const data = item.came('data') ?? '';
  const { dataBase64, says } = checkDocument(data, mime);
  remarks.addAll(item.field('data'), `${data.length} characters`, says);
  return dataBase64 === undefined ? undefined : { name, type, mime, dataBase64 };
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

/** Papers are told apart by their numbers, so one without a number gets its place in the visit. */
function madeNumber(item: Columns<'number'>, number: string, remarks: RowReading['remarks']): string {
  remarks.add(item.field('number'), 'number-from-visit', '', number, 'likely');
  return number;
}
