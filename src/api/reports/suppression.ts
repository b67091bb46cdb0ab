import { createHash } from 'node:crypto';
import { eachMeasure, MEASURES, type Counts, type EachMeasure, type Measure } from './opd-counts.js';

/** `below-5`: 1 to 4. `hidden`: 5 or more, and shown it would give a smaller one away. */
export type Veil = 'shown' | 'below-5' | 'hidden';

/** Counts smaller than this speak of persons. */
export const SMALLEST_SHOWN = 5;

/** So many values at least must be left of what is not shown. */
const FEWEST_LEFT = 3;

const NO_BOUND = 1e9;

interface Cell {
  readonly value: number;
  veil: Veil;
  /** What a reader who knows these rules can tell of the value. */
  lo: number;
  hi: number;
}
type Row = EachMeasure<Cell>;

export interface Veils {
  /** As the tables came. */
  readonly tables: readonly (readonly EachMeasure<Veil>[])[];
  readonly total: EachMeasure<Veil>;
}

/** These exclude each other in a row, so that one tells of the other. */
const RIVALS: Partial<Record<Measure, Measure>> = { abhaLinked: 'waitingForAbha', waitingForAbha: 'abhaLinked' };

/**
 * Which counts of a report are not shown. `tables` are several divisions of one and the same total (by day, by facility),
 * because a reader may ask for each; `salt` names the report, e.g. its month.
 *
 * A reader is taken to know these rules, so what is hidden must not depend on what he cannot see: else that it is hidden would
 * tell. (Hiding the smallest count that helps told that it is not more than each that is shown: `<5, hidden, 6, 40, total 56`
 * was 1 and 9 no more, but 4 and 6.) Each rule asks only for the marks, and for numbers that stay shown:
 *   1. Counts from 1 to 4 are `<5`.
 *   2. Where linked is one of them, waiting is hidden in that row, and the other way round.
 *   3. A column with a mark has at least two, one of them hidden: which one, is drawn by `salt`.
 *   4. Where that leaves fewer than three values of a mark, with all that a row's parts and the sums say, the column is not
 *      shown at all, in no division; linked and waiting go together.
 */
export function veil(tables: readonly (readonly Counts[])[], total: Counts, salt: string): Veils {
  const sheet = new Sheet(
    tables.map((rows) => rows.map(rowOf)),
    rowOf(total),
  );
  sheet.hideRivals();
  sheet.hideOneInEachColumn(salt);
  while (sheet.hideToldColumn()) {
    // Each time a column more is gone, so this ends.
  }
  return {
    tables: sheet.tables.map((rows) => rows.map((row) => eachMeasure((measure) => row[measure].veil))),
    total: eachMeasure((measure) => sheet.total[measure].veil),
  };
}

const isSmall = (value: number): boolean => value > 0 && value < SMALLEST_SHOWN;
const canHide = ({ value, veil: now }: Cell): boolean => now === 'shown' && value >= SMALLEST_SHOWN;

const rowOf = (counts: Counts): Row =>
  eachMeasure((measure) => {
    const value = counts[measure];
    return { value, veil: isSmall(value) ? 'below-5' : 'shown', lo: 0, hi: NO_BOUND };
  });

class Sheet {
  /** Measures of which nothing at all is shown: there `hidden` means any number. */
  private readonly gone = new Set<Measure>();

  constructor(
    readonly tables: readonly (readonly Row[])[],
    readonly total: Row,
  ) {}

  hideRivals(): void {
    for (const row of this.tables.flat()) {
      for (const measure of MEASURES) {
        const rival = RIVALS[measure];
        if (rival !== undefined && isSmall(row[measure].value) && canHide(row[rival])) row[rival].veil = 'hidden';
      }
    }
  }

  hideOneInEachColumn(salt: string): void {
    for (const [index, rows] of this.tables.entries()) {
      for (const measure of MEASURES) {
        const column = rows.map((row) => row[measure]);
        const marked = column.filter(({ veil: now }) => now !== 'shown');
        const isEnough = marked.length > 1 && marked.some(({ veil: now }) => now === 'hidden');
        if (marked.length === 0 || isEnough) continue;
        const one = drawn(column, `${salt}:${index}:${measure}`);
        if (one !== undefined) one.veil = 'hidden';
      }
    }
  }

  /** False: nothing can be told any more. */
  hideToldColumn(): boolean {
    this.narrow();
    const told = MEASURES.find((measure) => !this.gone.has(measure) && this.rows().some((row) => isTold(row[measure])));
    if (told === undefined) return false;
    for (const measure of [told, RIVALS[told] ?? told]) {
      this.gone.add(measure);
      for (const row of this.rows()) row[measure].veil = 'hidden';
    }
    return true;
  }

  private rows(): readonly Row[] {
    return [this.total, ...this.tables.flat()];
  }

  private begin(): void {
    for (const row of this.rows()) {
      for (const measure of MEASURES) {
        const cell = row[measure];
        const isGone = this.gone.has(measure);
        [cell.lo, cell.hi] = isGone ? [0, NO_BOUND] : BOUNDS[cell.veil](cell.value);
      }
    }
  }

  private narrow(): void {
    this.begin();
    const all = this.rows();
    for (let before = -1, now = widths(all); now !== before; before = now, now = widths(all)) {
      for (const rows of this.tables) {
        for (const measure of MEASURES) {
          narrowSum(
            this.total[measure],
            rows.map((row) => row[measure]),
          );
        }
      }
      for (const row of all) narrowRow(row);
    }
  }
}

/** Of those that can be hidden, the one with the lowest lot. A lot hangs on the place, never on the value. */
function drawn(column: readonly Cell[], salt: string): Cell | undefined {
  const lots = column.map((cell, place) => ({
    cell,
    lot: createHash('sha256').update(`${salt}:${place}`).digest('hex'),
  }));
  const [first] = lots.filter(({ cell }) => canHide(cell)).sort((one, other) => (one.lot < other.lot ? -1 : 1));
  return first?.cell;
}

const BOUNDS: Record<Veil, (value: number) => [number, number]> = {
  shown: (value) => [value, value],
  'below-5': () => [1, SMALLEST_SHOWN - 1],
  hidden: () => [SMALLEST_SHOWN, NO_BOUND],
};

const isTold = ({ veil: now, lo, hi }: Cell): boolean => now !== 'shown' && hi - lo + 1 < FEWEST_LEFT;

const widths = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + MEASURES.reduce((all, measure) => all + row[measure].hi - row[measure].lo, 0), 0);

const atLeast = (cell: Cell, bound: number): void => void (cell.lo = Math.max(cell.lo, bound));
const atMost = (cell: Cell, bound: number): void => void (cell.hi = Math.min(cell.hi, bound));

function narrowSum(total: Cell, parts: readonly Cell[]): void {
  const lo = parts.reduce((sum, part) => sum + part.lo, 0);
  const hi = parts.reduce((sum, part) => sum + part.hi, 0);
  atLeast(total, lo);
  atMost(total, hi);
  for (const part of parts) {
    const [before, after] = [part.lo, part.hi];
    atLeast(part, total.lo - (hi - after));
    atMost(part, total.hi - (lo - before));
  }
}

/** ABHAs are made without a registration, too: their number says nothing of the others. */
function narrowRow({ registrations, scanAndShare, abhaLinked, waitingForAbha }: Row): void {
  atMost(scanAndShare, registrations.hi);
  atLeast(registrations, scanAndShare.lo);
  atMost(abhaLinked, registrations.hi - waitingForAbha.lo);
  atMost(waitingForAbha, registrations.hi - abhaLinked.lo);
  atLeast(registrations, abhaLinked.lo + waitingForAbha.lo);
}
