import { tidy } from './normal-words.js';

/** One measure of a strength. A bare number (`PCM 500`) has no unit; the products of that name decide what it is. */
export interface Measure {
  readonly amount: number;
  readonly unit: 'mg' | 'iu' | 'meq' | 'mmol' | 'ml' | '%' | undefined;
  /** What the amount is in: 5 mL of a syrup counts as five times 1 mL. */
  readonly per: 'ml' | 'g' | 'dose' | 'h' | undefined;
  /** The number as it was written, before it was turned into `unit`. */
  readonly written: number;
}

const MASS = new Map([
  ['g', 1000],
  ['gm', 1000],
  ['gms', 1000],
  ['gram', 1000],
  ['mg', 1],
  ['mgs', 1],
  ['mgm', 1],
  ['mcg', 0.001],
  ['ug', 0.001],
  ['microgram', 0.001],
  ['micrograms', 0.001],
]);
const OTHER_UNITS = new Map<string, Measure['unit']>([
  ['iu', 'iu'],
  ['i.u.', 'iu'],
  ['unit', 'iu'],
  ['units', 'iu'],
  ['meq', 'meq'],
  ['mmol', 'mmol'],
  ['ml', 'ml'],
  ['%', '%'],
]);
const PER = new Map<string, Measure['per']>([
  ['ml', 'ml'],
  ['g', 'g'],
  ['gm', 'g'],
  ['gram', 'g'],
  ['dose', 'dose'],
  ['puff', 'dose'],
  ['actuation', 'dose'],
  ['h', 'h'],
  ['hr', 'h'],
  ['hour', 'h'],
]);

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const oneOf = (words: Iterable<string>): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('.', String.raw`\.`))
    .join('|');
const MEASURE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.])(${NUMBER})\s*(${oneOf([...MASS.keys(), ...OTHER_UNITS.keys()])})(?![\p{L}\p{N}])` +
    String.raw`(?:\s*(?:\/|\bper\b)\s*(${NUMBER})?\s*(${oneOf(PER.keys())})(?![\p{L}\p{N}]))?`,
  'gu',
);
const BARE_NUMBER = new RegExp(String.raw`(?<![\p{L}\p{N}.%])${NUMBER}(?![\p{L}\p{N}.%])`, 'gu');
/** How many are in the pack: `10s`, `x 10`, `1x10`. */
const PACK = /(?<![\p{L}\p{N}.])(?:\d*x\s*\d+|\d+\s*'?s)(?![\p{L}\p{N}])|\b(?:strips?|bottles?|packs?|w\/[vw])\b/gu;

interface Strengths {
  readonly measures: readonly Measure[];
  /** What is left when the measures are taken out. */
  readonly rest: string;
  /** What is left when only measures with a unit are taken out: a number may belong to the name (`Pan 40`). */
  readonly restWithNumbers: string;
}

/** Takes strengths and pack sizes out of a drug's words. A volume alone (`60 ml`) is a bottle's size, no strength. */
export function readStrengths(text: string): Strengths {
  const measures: { at: number; measure: Measure }[] = [];
  const plain = tidy(text)
    .replaceAll('μ', 'u')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  const blank = (words: string): string => ' '.repeat(words.length);
  const restWithNumbers = plain
    .replace(PACK, blank)
    .replace(
      MEASURE,
      (whole, amount: string, unit: string, size: string | undefined, per: string | undefined, at: number) => {
        measures.push({ at, measure: measureOf(Number(amount), unit, Number(size ?? 1), per) });
        return blank(whole);
      },
    );
  const rest = restWithNumbers.replace(BARE_NUMBER, (number, at: number) => {
    measures.push({
      at,
      measure: { amount: Number(number), written: Number(number), unit: undefined, per: undefined },
    });
    return blank(number);
  });
  const inOrder = measures.sort((a, b) => a.at - b.at).map(({ measure }) => measure);
  return { measures: inOrder.filter(({ unit, per }) => unit !== 'ml' || per !== undefined), rest, restWithNumbers };
}

function measureOf(written: number, unit: string, size: number, per: string | undefined): Measure {
  const mass = MASS.get(unit);
  const amount = mass === undefined ? written : written * mass;
  return {
    // 12 digits: enough for any dose, and 0.1 * 3 is 0.3.
    amount: Number((per === undefined ? amount : amount / size).toPrecision(12)),
    written,
    unit: mass === undefined ? OTHER_UNITS.get(unit) : 'mg',
    per: per === undefined ? undefined : PER.get(per),
  };
}

/** Whether a prescription's measures say the strength of a product. */
export function isSameStrength(said: readonly Measure[], product: readonly Measure[]): boolean {
  return said.length === product.length && said.every((measure, at) => isSame(measure, product[at]));
}

function isSame(said: Measure, product: Measure | undefined): boolean {
  if (product === undefined) return false;
  if (said.unit === undefined) return said.written === product.written && product.per === undefined;
  if (said.unit === product.unit && said.per === product.per) return said.amount === product.amount;
  // 1 % is 10 mg in a gram or a millilitre, by definition.
  const isDilution = product.unit === 'mg' && (product.per === 'g' || product.per === 'ml');
  return said.unit === '%' && isDilution && Number((said.amount * 10).toPrecision(12)) === product.amount;
}
