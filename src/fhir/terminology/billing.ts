import type { Coding } from 'fhir/r4.js';
import { coding } from './coding.js';
import { CODE_SYSTEMS } from './systems.js';

const billing = (code: string, display: string): Coding => coding(CODE_SYSTEMS.ndhmBilling, code, display);
const price = (code: string, display: string): Coding => coding(CODE_SYSTEMS.ndhmPriceComponents, code, display);

/** Source: NRCeS code system ndhm-price-components; we know neither MRP nor taxes. */
export const PRICE_COMPONENTS = { rate: price('01', 'Rate'), discount: price('02', 'Discount') } as const;

const OTHERS = billing('99', 'Others');

/** What a head of a bill is for: as a charge, and as the bill's type, which has fewer codes. */
export interface BilledFor {
  readonly charge: Coding;
  readonly invoice: Coding;
}

const CONSULTATION = billing('00', 'Consultation');
const PHARMACY = billing('01', 'Pharmacy');
const IPD = billing('02', 'IPD');
const OPD = billing('03', 'OPD');

/** Source: NRCeS code system ndhm-billing-codes; value sets ndhm-chargeitem-types and ndhm-invoice-types. */
const SERVICES: readonly (readonly [RegExp, BilledFor])[] = [
  [/\bconsult(ation|ancy|ing)?\b|परामर्श/i, { charge: CONSULTATION, invoice: CONSULTATION }],
  [/\b(pharmacy|dispensary)\b/i, { charge: PHARMACY, invoice: PHARMACY }],
  [/\b(medicines?|drugs?)\b|दवा|औषधि/i, { charge: billing('05', 'Medicines'), invoice: PHARMACY }],
  [/\b(lab|laboratory|pathology)\b|पैथोलॉजी|लैब/i, { charge: billing('04', 'Pathology'), invoice: OTHERS }],
  [/\bnursing\b|नर्सिंग/i, { charge: billing('06', 'Nursing Charges'), invoice: OTHERS }],
];

/** Where it was, which counts only when the head does not say what it was: "OPD CONSULTATION", "IPD MEDICINES". */
const PLACES: readonly (readonly [RegExp, BilledFor])[] = [
  [/\b(reg|regn|registration|opd)\b|पंजीयन|पंजीकरण|ओपीडी/i, { charge: OPD, invoice: OPD }],
  [/\b(ipd|ward|bed|admission)\b|आईपीडी|भर्ती|वार्ड/i, { charge: IPD, invoice: IPD }],
];

/** @param head the hospital's words, e.g. `REG FEE`. Others unless they say one thing only. */
export function billedFor(head: string): BilledFor {
  const services = SERVICES.filter(([words]) => words.test(head));
  const said = services.length > 0 ? services : PLACES.filter(([words]) => words.test(head));
  const [only] = said;
  return only === undefined || said.length > 1 ? { charge: OTHERS, invoice: OTHERS } : only[1];
}

/** The bill's type, if all its heads agree on one. */
export function invoiceType(heads: readonly string[]): Coding {
  const types = heads.map((head) => billedFor(head).invoice);
  const [first = OTHERS] = types;
  return types.every(({ code }) => code === first.code) ? first : OTHERS;
}
