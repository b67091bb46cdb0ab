import type { BillLine, Visit } from '../../ports/visit.js';
import { paymentModes, readBill, totalPaise } from '../resources/bill.js';
import type { Bill, PricedLine } from '../resources/bill.js';
import { chargeItem } from '../resources/charge-item.js';
import { invoice } from '../resources/invoice.js';
import { words } from '../terminology/coding.js';
import { INVOICE_RECORD } from '../validation/profiles/invoice-record.js';
import { section } from './document-bundle.js';
import type { Line } from './narrative.js';
import type { RecordBuilder, RecordDraft } from './record-draft.js';
import { toldApart } from './told-apart.js';
import type { VisitFrame } from './visit-frame.js';

/**
 * NRCeS InvoiceRecord: one for each bill number. A bill of which an amount could not be read gives none, and the hospital
 * is told by a remark: in another of the patient's documents it would reach people who were never shown bills. Known by its document type's text.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/InvoiceRecord
 */
export const invoiceRecord: RecordBuilder = (visit, frame) =>
  [...linesByNumber(visit)].flatMap(([number, lines]) => {
    const bill = readBill(number, lines);
    return bill === undefined ? [] : [draft(bill, visit, frame)];
  });

function linesByNumber({ bills }: Visit): ReadonlyMap<string, readonly BillLine[]> {
  const byNumber = new Map<string, BillLine[]>();
  for (const line of bills) {
    const lines = byNumber.get(line.number);
    if (lines === undefined) byNumber.set(line.number, [line]);
    else lines.push(line);
  }
  return byNumber;
}

function draft(bill: Bill, visit: Visit, { idOf, parts, facility }: VisitFrame): RecordDraft {
  const charged = toldApart(bill.lines, ({ line }) => line.head).map(({ item, key }) => ({
    price: item,
    charge: chargeItem(idOf('charge', bill.number, ...key), item.line, parts),
  }));
  const resource = invoice(idOf('invoice', bill.number), bill, charged, parts, facility.hfrId);
  const modes = paymentModes(bill);
  return {
    part: bill.number,
    profile: INVOICE_RECORD.url,
    type: words(INVOICE_RECORD.elements['type.text'].fixed),
    title: `Bill ${bill.number}`,
    at: visit.registeredAt,
    head: [
      [{ en: 'Bill number', hi: 'बिल क्रमांक' }, { text: bill.number }],
      [{ en: 'Total', hi: 'कुल' }, { text: amount(totalPaise(bill)) }],
      [{ en: 'Payment mode', hi: 'भुगतान का तरीका' }, modes === undefined ? undefined : { text: modes }],
    ],
    sections: [section(undefined, { en: 'Bill', hi: 'बिल' }, { resources: [resource], lines: bill.lines.map(lineOf) })],
    around: charged.map(({ charge }) => charge),
  };
}

function lineOf({ line, paise, discountPaise }: PricedLine): Line {
  const text = `${line.head}: ${amount(paise)}`;
  if (discountPaise !== 0) return { text: `${text}, free of charge`, hindi: 'निःशुल्क' };
  return paise < 0 ? { text: `${text}, paid back`, hindi: 'वापस किया गया' } : { text };
}

function amount(paise: number): string {
  return `${paise < 0 ? '-' : ''}₹${(Math.abs(paise) / 100).toFixed(2)}`;
}
