import type { Duration, Money, ObservationReferenceRange, Quantity, Range, Ratio } from 'fhir/r4.js';
import type { Texts } from './texts.en.js';
import { list, said } from './words.js';

/** UCUM as it is printed. Senders often write the code where the reader's unit belongs. */
const PRINTED_UNITS: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[in_i]': 'in',
  '[lb_av]': 'lb',
  'kg/m2': 'kg/m²',
  '[IU]/L': 'IU/L',
  '[IU]/mL': 'IU/mL',
  'm[IU]/L': 'mIU/L',
  'm[IU]/mL': 'mIU/mL',
  'u[IU]/mL': 'µIU/mL',
  'ug/dL': 'µg/dL',
  'ug/mL': 'µg/mL',
  'umol/L': 'µmol/L',
  'mm/h': 'mm/hr',
  '10*3/uL': '×10³/µL',
  '10*6/uL': '×10⁶/µL',
  '10*9/L': '×10⁹/L',
  '10*12/L': '×10¹²/L',
  '/uL': '/µL',
  '{steps}': 'steps',
};

export function unitOf(quantity: Quantity | undefined): string | undefined {
  const unit = said(quantity?.unit) ?? said(quantity?.code);
  return unit !== undefined && Object.hasOwn(PRINTED_UNITS, unit) ? PRINTED_UNITS[unit] : unit;
}

/** The number alone, with its comparator: `<5`. */
export function numberOf(quantity: Quantity | undefined): string | undefined {
  const value: unknown = quantity?.value;
  const number = typeof value === 'number' ? said(decimal(value)) : said(value);
  return number === undefined ? undefined : `${said(quantity?.comparator) ?? ''}${number}`;
}

/** `98%`, `88/min`, `38.4 °C`. */
export function quantityText(quantity: Quantity | undefined): string | undefined {
  const number = numberOf(quantity);
  return number === undefined ? undefined : withUnit(number, unitOf(quantity));
}

export function withUnit(number: string, unit: string | undefined): string {
  if (unit === undefined) return number;
  return /^[%/]/.test(unit) ? number + unit : `${number} ${unit}`;
}

/** `12 – 16 g/dL`, `up to 200 mg/dL`. */
export function rangeText(range: Range | undefined, texts: Texts): string | undefined {
  const [low, high] = [numberOf(range?.low), numberOf(range?.high)];
  const unit = unitOf(range?.high) ?? unitOf(range?.low);
  if (low !== undefined && high !== undefined) return withUnit(low === high ? low : `${low} – ${high}`, unit);
  if (high !== undefined) return texts.upTo(withUnit(high, unit));
  return low === undefined ? undefined : texts.from(withUnit(low, unit));
}

export function ratioText(ratio: Ratio | undefined): string | undefined {
  const [top, bottom] = [quantityText(ratio?.numerator), quantityText(ratio?.denominator)];
  return top === undefined || bottom === undefined ? (top ?? bottom) : `${top} : ${bottom}`;
}

/** What is usual, in the laboratory's words where it wrote any. */
export function referenceRangeText(ranges: ObservationReferenceRange[] | undefined, texts: Texts): string | undefined {
  const all = list(ranges).flatMap((range) => said(range.text) ?? rangeText(range, texts) ?? []);
  return all.length === 0 ? undefined : [...new Set(all)].join('; ');
}

export function durationText(duration: Duration | undefined, texts: Texts): string | undefined {
  const { value } = duration ?? {};
  const unit = said(duration?.code) ?? said(duration?.unit);
  if (typeof value !== 'number' || !Number.isFinite(value)) return quantityText(duration);
  return unit !== undefined && Object.hasOwn(texts.lasting, unit)
    ? texts.lasting[unit as keyof Texts['lasting']](decimal(value))
    : quantityText(duration);
}

/** `₹1,23,456.50`; another currency by its code. */
export function moneyText(money: Money | undefined): string | undefined {
  const value: unknown = money?.value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const amount = INDIAN.format(Math.abs(value));
  const currency = said(money?.currency);
  const sign = value < 0 ? '-' : '';
  return currency === undefined || currency === 'INR' ? `${sign}₹${amount}` : `${sign}${amount} ${currency}`;
}

const INDIAN = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 66.89999999999999 is an inch count somebody computed: 66.9. */
export const decimal = (value: number): string => String(Number(value.toPrecision(10)));
