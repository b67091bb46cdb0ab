import type { ChargeItem, Invoice, InvoiceLineItem, InvoiceLineItemPriceComponent } from 'fhir/r4.js';
import { day } from '../dates.js';
import { markup, joined } from '../html.js';
import type { Content } from '../html.js';
import { facts, item, line, small, table } from '../pieces.js';
import { decimal, moneyText, quantityText } from '../quantities.js';
import { statusMark } from '../status.js';
import type { Texts } from '../texts.en.js';
import type { Renderer, View } from '../view.js';
import { list, said, texts, wordsOf } from '../words.js';
import { notes } from './condition.js';

/** A bill: its lines as they were sent, and the totals. Nothing is added up here. */
export const invoice: Renderer<Invoice> = (resource, view) => {
  const { texts: labels } = view;
  const [gross, net] = [moneyText(resource.totalGross), moneyText(resource.totalNet)];
  const rows = list(resource.lineItem).map((each) => ({ cells: lineCells(each, view) }));
  const made = day(resource.date);
  return item(
    joined([wordsOf(resource.type), statusMark(resource.status, labels)], ' '),
    facts([
      [labels.billNumber, joined(texts(list(resource.identifier).map(({ value }) => value)), ', ')],
      [labels.on, made === view.day ? undefined : made],
      [labels.issuedBy, view.nameBesides(resource.issuer)],
    ]),
    table([labels.billItem, labels.quantity, labels.amount], rows),
    facts([
      ...list(resource.totalPriceComponent).map((each) => [priceLabel(each, labels), priceText(each)] as const),
      ...(gross === net
        ? [[labels.total, strong(net)] as const]
        : [[labels.grossTotal, gross] as const, [labels.netTotal, strong(net)] as const]),
      [labels.payment, said(resource.paymentTerms)?.replace(/^Payment mode: /, '')],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

export const chargeItem: Renderer<ChargeItem> = (resource, view) => {
  const { texts: labels } = view;
  return item(
    joined([itemName(resource, view), statusMark(resource.status, labels)], ' '),
    facts([
      [labels.quantity, quantityText(resource.quantity)],
      [labels.amount, moneyText(resource.priceOverride)],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

/** The first base price stands in the column of amounts; whatever else makes the price is told below the name. */
function lineCells(of: InvoiceLineItem, view: View): Content[] {
  const { texts: labels } = view;
  const charged = view.find(of.chargeItemReference);
  const name = view.name(of.chargeItemReference);
  const charge = charged?.resourceType === 'ChargeItem' ? charged : undefined;
  if (charge !== undefined) view.take(charge);
  const prices = list(of.priceComponent);
  const base = prices.find(({ type }) => type === 'base') ?? prices[0];
  const others = prices.filter((each) => each !== base && each.amount?.value !== 0).map((each) => told(each, labels));
  const words = (charge && itemName(charge, view)) ?? wordsOf(of.chargeItemCodeableConcept) ?? name ?? labels.billItem;
  return [
    markup`${words}${line(small(joined([...others, charge && notes(charge.note, labels)], ' · ')))}`,
    quantityText(charge?.quantity),
    base && priceText(base),
  ];
}

/** What was given, and under which head it is charged where that says more. */
function itemName(charge: ChargeItem, view: View): Content {
  const product = wordsOf(charge.productCodeableConcept) ?? view.name(charge.productReference);
  return joined(texts([product, wordsOf(charge.code)]), ', ');
}

function told(component: InvoiceLineItemPriceComponent, labels: Texts): Content {
  const text = priceText(component);
  return text === undefined ? undefined : `${priceLabel(component, labels)} ${text}`;
}

/** The sender's word for a price (CGST, MRP) says more than its kind; ours stands in where there is none. */
function priceLabel({ type, code }: InvoiceLineItemPriceComponent, { priceKinds, amount }: Texts): string {
  const kind = Object.hasOwn(priceKinds, type) ? priceKinds[type] : amount;
  const words = wordsOf(code);
  return words === undefined || words.toLowerCase() === type ? kind : words;
}

function priceText({ amount, factor }: InvoiceLineItemPriceComponent): string | undefined {
  const money = moneyText(amount);
  return money ?? (typeof factor === 'number' ? `× ${decimal(factor)}` : undefined);
}

const strong = (text: string | undefined): Content =>
  text === undefined ? undefined : markup`<strong>${text}</strong>`;
