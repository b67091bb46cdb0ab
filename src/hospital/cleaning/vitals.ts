import type { VitalKind } from '../../ports/visit.js';
import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import { asciiDigits, wordKey } from './text.js';

export interface Measure {
  readonly value: number;
  /** Blood pressure only: diastolic. */
  readonly secondValue?: number;
  /** UCUM. */
  readonly unit: string;
}

const NUMBER = '(\\d{1,5}(?:\\.\\d{1,3})?)';
const BLOOD_PRESSURE = /^(?:BP[ :]*)?(\d{2,3}) ?\/ ?(\d{2,3}) ?(?:MM ?(?:OF ?)?\[?HG\]?)?\.?$/;
const PULSE = /^(?:PR?[ :]*)?(\d{2,3}) ?(?:\/ ?MIN(?:UTE)?|BPM|PER MIN(?:UTE)?|B\/M)?\.?$/;
const TEMPERATURE = new RegExp(`^${NUMBER} ?(?:°|º|DEG(?:REES?)?\\.?)? ?(F|C|FAHRENHEIT|CELSIUS)?\\.?$`);
const WEIGHT = new RegExp(`^${NUMBER} ?(KGS?|KILOGRAMS?|किग्रा|कि\\.?ग्रा|किलो|GMS?|GRAMS?|G|ग्राम)?\\.?$`, 'u');
const HEIGHT = new RegExp(`^${NUMBER} ?(CMS?|सेमी|से\\.?मी|M|MTRS?|METRES?|METERS?)?\\.?$`, 'u');
const FEET_INCHES = /^(\d) ?(?:'|’|′|FT|FEET|FOOT)\.? ?(?:(\d{1,2}(?:\.\d)?) ?(?:"|”|″|''|’’|IN|INCH|INCHES)?\.?)?$/;
const RESPIRATION = /^(?:RR?[ :]*)?(\d{1,3}) ?(?:\/ ?MIN(?:UTE)?|BPM|PER MIN(?:UTE)?|B\/M|CPM)?\.?$/;
const OXYGEN = /^(\d{2,3}) ?%? ?(?:(?:ON|AT|@)? ?(?:RA|ROOM AIR))?\.?$/;

const READERS: Readonly<Record<VitalKind, (text: string) => Cleaned<Measure>>> = {
  'blood-pressure': readBloodPressure,
  pulse: (text) => readPlain(text, PULSE, '/min', 20, 300),
  temperature: readTemperature,
  weight: readWeight,
  height: readHeight,
  'oxygen-saturation': (text) => readPlain(text, OXYGEN, '%', 30, 100),
  'respiratory-rate': (text) => readPlain(text, RESPIRATION, '/min', 4, 120),
};

/** A measurement's number. Nothing is understood of words (`Afebrile`) and of what no body has; the text stays. */
export function cleanVital(kind: VitalKind, text: string, knownWords: ReadonlySet<string>): Cleaned<Measure> {
  if (knownWords.has(wordKey(text))) return { value: undefined, says: [] };
  return READERS[kind](asciiDigits(text).toUpperCase());
}

function readBloodPressure(text: string): Cleaned<Measure> {
  const [, high, low] = BLOOD_PRESSURE.exec(text) ?? [];
  if (high === undefined) return notUnderstood('vital-unread');
  const [value, secondValue] = [Number(high), Number(low)];
  const isPossible = isBetween(value, 40, 300) && isBetween(secondValue, 20, 200) && value > secondValue;
  return isPossible ? asItCame({ value, secondValue, unit: 'mm[Hg]' }) : notUnderstood('vital-implausible');
}

function readPlain(text: string, form: RegExp, unit: string, least: number, most: number): Cleaned<Measure> {
  const digits = form.exec(text)?.[1];
  if (digits === undefined) return notUnderstood('vital-unread');
  const value = Number(digits);
  return isBetween(value, least, most) ? asItCame({ value, unit }) : notUnderstood('vital-implausible');
}

function readTemperature(text: string): Cleaned<Measure> {
  const [, digits, unit] = TEMPERATURE.exec(text) ?? [];
  if (digits === undefined) return notUnderstood('vital-unread');
  const value = Number(digits);
  // Without a unit the number tells: no living body has 45 °C or 80 °F.
  const isFahrenheit = unit === undefined ? value >= 80 : unit.startsWith('F');
  const celsius = isFahrenheit ? ((value - 32) * 5) / 9 : value;
  if (!isBetween(celsius, 25, 43)) return notUnderstood('vital-implausible');
  const measure = { value: rounded(celsius), unit: 'Cel' };
  if (unit === undefined) return understood(measure, 'unit-assumed', `${measure.value} Cel`, 'likely');
  return isFahrenheit ? understood(measure, 'temperature-fahrenheit', `${measure.value} Cel`) : asItCame(measure);
}

function readWeight(text: string): Cleaned<Measure> {
  const [, digits, unit] = WEIGHT.exec(text) ?? [];
  if (digits === undefined) return notUnderstood('vital-unread');
  const isGrams = unit !== undefined && /^(G|ग्राम)/u.test(unit);
  const value = isGrams ? Math.round(Number(digits)) / 1000 : Number(digits);
  if (!isBetween(value, 0.3, 350)) return notUnderstood('vital-implausible');
  const measure = { value, unit: 'kg' };
  if (isGrams) return understood(measure, 'weight-grams', `${value} kg`);
  return unit === undefined ? understood(measure, 'unit-assumed', `${value} kg`, 'likely') : asItCame(measure);
}

function readHeight(text: string): Cleaned<Measure> {
  const [, feet, inches = '0'] = FEET_INCHES.exec(text) ?? [];
  if (feet !== undefined) {
    const value = rounded((Number(feet) * 12 + Number(inches)) * 2.54);
    const isPossible = Number(inches) < 12 && isBetween(value, 20, 250);
    return isPossible
      ? understood({ value, unit: 'cm' }, 'height-feet-inches', `${value} cm`)
      : notUnderstood('vital-implausible');
  }
  const [, digits, unit] = HEIGHT.exec(text) ?? [];
  if (digits === undefined) return notUnderstood('vital-unread');
  const isMetres = unit?.startsWith('M') === true;
  const value = isMetres ? rounded(Number(digits) * 100) : Number(digits);
  // A plain 5.1 may be feet, or feet and inches: too small for centimetres, so it stays text.
  if (!isBetween(value, 20, 250)) return notUnderstood('vital-implausible');
  const measure = { value, unit: 'cm' };
  if (isMetres) return understood(measure, 'height-metres', `${value} cm`);
  return unit === undefined ? understood(measure, 'unit-assumed', `${value} cm`, 'likely') : asItCame(measure);
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
