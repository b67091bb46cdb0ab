/** What powers of ten lie between two units, e.g. grams in a litre and in a decilitre. */
const PREFIXES: Readonly<Record<string, number>> = { '': 0, d: -1, c: -2, m: -3, u: -6, n: -9, p: -12, f: -15 };
const CONCENTRATION = /^([munpf]?)(g|mol|eq|U|\[IU\])\/([dmunf]?)L$/;
const COUNT = /^(?:10\*(\d+))?\/([dmunf]?)L$/;
/** Laboratories use these for one another: one milliequivalent of sodium is one millimole. */
const SAME: Readonly<Record<string, string>> = { eq: 'mol', '[IU]': 'U' };

interface Scale {
  readonly of: string;
  readonly power: number;
}

/**
 * The factor that turns a number in one UCUM unit into the other, e.g. 0.1 from `g/L` to `g/dL`.
 * @returns undefined where it needs more than moving the point (`mmol/L` to `mg/dL`) or is not known
 */
export function factorBetween(from: string, to: string): number | undefined {
  if (from === to) return 1;
  const [one, other] = [scaleOf(from), scaleOf(to)];
  return one === undefined || one.of !== other?.of ? undefined : Number(`1e${one.power - other.power}`);
}

function scaleOf(unit: string): Scale | undefined {
  const [, prefix, base, per] = CONCENTRATION.exec(unit) ?? [];
  if (prefix !== undefined && base !== undefined && per !== undefined) {
    return { of: SAME[base] ?? base, power: (PREFIXES[prefix] ?? 0) - (PREFIXES[per] ?? 0) };
  }
  const [found, power = '0', volume = ''] = COUNT.exec(unit) ?? [];
  return found === undefined ? undefined : { of: 'count', power: Number(power) - (PREFIXES[volume] ?? 0) };
}
