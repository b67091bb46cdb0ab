import type { ChargeItem, Invoice, InvoiceLineItemPriceComponent, Money } from 'fhir/r4.js';
import { PRICE_COMPONENTS, invoiceType } from '../terminology/billing.js';
import { concept, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { localSystem } from '../terminology/systems.js';
import { paymentModes, totalPaise } from './bill.js';
import type { Bill, PricedLine } from './bill.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

export interface ChargedLine {
  readonly price: PricedLine;
  readonly charge: ChargeItem;
}

/** A bill as it was issued. The hospital names no taxes, so net and gross are the same. */
export function invoice(id: string, from: Bill, lines: readonly ChargedLine[], of: VisitParts, hfrId: string): Invoice {
  const total = rupees(totalPaise(from));
  const modes = paymentModes(from);
  return {
    resourceType: 'Invoice',
    id,
    meta: { profile: [PROFILES.invoice] },
    identifier: [{ type: words('Bill number'), system: localSystem(hfrId, 'bill'), value: from.number }],
    status: 'issued',
    type: concept(invoiceType(from.lines.map(({ line }) => line.head))),
    subject: ref(of.patient),
    recipient: ref(of.patient),
    date: of.at,
    issuer: ref(of.hospital, of.hospital.name),
    lineItem: lines.map(({ price, charge }, at) => ({
      sequence: at + 1,
      chargeItemReference: ref(charge),
      priceComponent: priceComponents(price),
    })),
    totalNet: total,
    totalGross: total,
    paymentTerms: modes === undefined ? undefined : `Payment mode: ${modes}`,
  };
}

/** A discount is a positive amount that is taken off, as in the guide's example. */
function priceComponents({ paise, discountPaise }: PricedLine): InvoiceLineItemPriceComponent[] {
  const rate = { type: 'base', code: concept(PRICE_COMPONENTS.rate), amount: rupees(paise) } as const;
  if (discountPaise === 0) return [rate];
  return [rate, { type: 'discount', code: concept(PRICE_COMPONENTS.discount), amount: rupees(discountPaise) }];
}

function rupees(paise: number): Money {
  return { value: paise / 100, currency: 'INR' };
}
