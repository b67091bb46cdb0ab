import { describe, expect, it } from '@jest/globals';
import { A_PLACE, resourcesOf } from '../../../test/makers/records.js';
import { aBillLine, aVisit } from '../../../test/makers/visit.js';
import type { BillLine } from '../../ports/visit.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

const recordsOf = (...bills: readonly BillLine[]) =>
  buildRecords(aVisit({ bills }), A_PLACE).records.filter(({ hiType }) => hiType === 'Invoice');
const bundleOf = (...bills: readonly BillLine[]) => {
  const [record, ...others] = recordsOf(...bills);
  expect(others).toEqual([]);
  expect(createDefaultValidator().validate(record!.bundle)).toEqual([]);
  return record!.bundle;
};
const invoiceOf = (...bills: readonly BillLine[]) => resourcesOf(bundleOf(...bills), 'Invoice')[0]!;
const typeOf = (...heads: readonly string[]) =>
  invoiceOf(...heads.map((head) => aBillLine({ head }))).type!.coding![0]!.code;
const narrativeOf = (...bills: readonly BillLine[]) => {
  const [{ text, section } = {}] = resourcesOf(bundleOf(...bills), 'Composition');
  return `${text!.div}${section![0]!.text!.div}`;
};

describe('an invoice record', () => {
  it('is one document for each bill number', () => {
    const records = recordsOf(
      aBillLine({ number: 'B1' }),
      aBillLine({ number: 'B2' }),
      aBillLine({ number: 'B1', head: 'CONSULTATION', amount: 10.5 }),
    );
    const invoices = records.map(({ bundle }) => resourcesOf(bundle, 'Invoice')[0]!);
    expect(invoices.map(({ identifier, totalNet }) => [identifier![0]!.value, totalNet!.value])).toEqual([
      ['B1', 15.5],
      ['B2', 5],
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2);
  });

  it('says for each line what was charged', () => {
    const bundle = bundleOf(aBillLine(), aBillLine({ head: 'LAB CBC', amount: 40 }));
    const charges = resourcesOf(bundle, 'ChargeItem');
    expect(
      charges.map(({ code, productCodeableConcept }) => [code.coding![0]!.code, productCodeableConcept!.text]),
    ).toEqual([
      ['03', 'REG FEE'],
      ['04', 'LAB CBC'],
    ]);
    expect(resourcesOf(bundle, 'Invoice')[0]!.lineItem).toEqual([
      {
        sequence: 1,
        chargeItemReference: { reference: `urn:uuid:${charges[0]!.id!}`, type: 'ChargeItem' },
        priceComponent: [
          {
            type: 'base',
            code: {
              coding: [
                {
                  system: 'https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-price-components',
                  code: '01',
                  display: 'Rate',
                },
              ],
            },
            amount: { value: 5, currency: 'INR' },
          },
        ],
      },
      expect.objectContaining({ sequence: 2 }),
    ]);
  });

  it('takes off what was free, and keeps the price', () => {
    const bill = invoiceOf(aBillLine({ mode: 'FREE' }));
    expect(bill.lineItem![0]!.priceComponent!.map(({ type, amount }) => [type, amount!.value])).toEqual([
      ['base', 5],
      ['discount', 5],
    ]);
    expect([bill.totalNet!.value, bill.totalGross!.value]).toEqual([0, 0]);
    expect(narrativeOf(aBillLine({ mode: 'FREE' }))).toContain('REG FEE: ₹5.00, free of charge');
  });

  it.each(['free', 'निःशुल्क', 'मुफ्त', 'मुफ़्त'])('knows that %s costs nothing', (mode) => {
    expect(invoiceOf(aBillLine({ mode })).totalNet!.value).toBe(0);
  });

  it.each(['BPL', 'PMJAY', 'UPI', undefined])('lets nobody off for %s', (mode) => {
    expect(invoiceOf(aBillLine({ mode })).totalNet!.value).toBe(5);
  });

  it('pays a refund back', () => {
    const bill = [aBillLine({ amount: 100 }), aBillLine({ head: 'REFUND', amount: -40.25 })];
    expect(invoiceOf(...bill).totalNet!.value).toBe(59.75);
    expect(narrativeOf(...bill)).toContain('REFUND: -₹40.25, paid back');
  });

  it('adds up in paise', () => {
    const lines = [0.1, 0.2, 0.7].map((amount) => aBillLine({ amount }));
    expect(invoiceOf(...lines).totalNet!.value).toBe(1);
  });

  it.each([
    ['03', ['REG FEE', 'OPD SLIP']],
    ['03', ['पंजीयन शुल्क']],
    ['00', ['OPD CONSULTATION']],
    ['01', ['PHARMACY', 'MEDICINES']],
    ['02', ['WARD CHARGES']],
    ['99', ['REG FEE', 'PHARMACY']],
    ['99', ['LAB']],
    ['99', ['शुल्क']],
    ['99', ['CONSULTATION AND MEDICINES']],
    ['99', ['FORWARDING', 'BEDSHEET', 'LABOUR']],
  ])('has the type %s for %j', (code, heads) => {
    expect(typeOf(...heads)).toBe(code);
  });

  it('is not made when an amount could not be read: the total would be wrong', () => {
    const unread = aBillLine({ number: 'B1', amount: undefined, amountText: '5/' });
    const lines = [aBillLine({ number: 'B1' }), unread, aBillLine({ number: 'B2' })];
    expect(recordsOf(...lines).map(({ bundle }) => resourcesOf(bundle, 'Invoice')[0]!.identifier![0]!.value)).toEqual([
      'B2',
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])('is not made of %d rupees', (amount) => {
    expect(recordsOf(aBillLine({ amount }))).toEqual([]);
  });

  it('stands with two lines of one head, none of them paid in a known way', () => {
    const bundle = bundleOf(aBillLine({ mode: undefined }), aBillLine({ mode: undefined }));
    expect(resourcesOf(bundle, 'ChargeItem')).toHaveLength(2);
    expect(resourcesOf(bundle, 'Invoice')[0]).not.toHaveProperty('paymentTerms');
  });

  it('can be read: number, sum and how it was paid', () => {
    const text = narrativeOf(aBillLine(), aBillLine({ mode: 'UPI' }));
    for (const words of ['TEST/1', '₹10.00', 'CASH, UPI', 'भुगतान का तरीका', 'बिल']) expect(text).toContain(words);
  });
});
