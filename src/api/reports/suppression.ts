import { eachMeasure, MEASURES, type Counts, type EachMeasure, type Measure } from './opd-counts.js';

/** `below-5`: 1 to 4. `hidden`: 5 or more, and shown it would give a smaller one away. */
export type Veil = 'shown' | 'below-5' | 'hidden';

/** Counts smaller than this speak of persons. */
export const SMALLEST_SHOWN = 5;

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

/**
 * Which counts of a report are not shown: all from 1 to 4, and as many others as it takes that none of those can be worked out
 * by subtracting. `tables` are several divisions of one and the same total (by day, by facility), because a reader may ask for
 * each. A reader is taken to know the rules: that a row's parts are not more than its registrations, that linked and waiting
 * exclude each other, and what the two marks mean. What he can tell is narrowed down with all of that until nothing narrows
 * any more; where a single value is left of a small count, more is hidden, and at the worst a whole column.
 */
export function veil(tables: readonly (readonly Counts[])[], total: Counts): Veils {
  const sheet = new Sheet(
    tables.map((rows) => rows.map(rowOf)),
    rowOf(total),
  );
  while (sheet.hideOneMore()) {
    // Each time something more is hidden, so this ends.
  }
  return {
    tables: sheet.tables.map((rows) => rows.map((row) => eachMeasure((measure) => row[measure].veil))),
    total: eachMeasure((measure) => sheet.total[measure].veil),
  };
}

const isSmall = (value: number): boolean => value > 0 && value < SMALLEST_SHOWN;

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

  /** False: nothing small can be told any more. */
  hideOneMore(): boolean {
    this.narrow();
    for (const measure of MEASURES) {
      if (isTold(this.total[measure])) return this.hideAll(measure);
      for (const rows of this.tables) {
        const told = rows.find((row) => isTold(row[measure]));
        if (told !== undefined) return this.protect(rows, told, measure);
      }
    }
    return false;
  }

  /**
   * By the smallest count that helps: of its column, of its row, or of the column of another one that is hidden in its row.
   * Where none helps alone, its row begins.
   */
  private protect(rows: readonly Row[], told: Row, measure: Measure): boolean {
    const beside = hideable(MEASURES.map((other) => told[other]));
    const veiled = MEASURES.filter((other) => other === measure || told[other].veil !== 'shown');
    const below = hideable(rows.flatMap((row) => veiled.map((other) => row[other])));
    for (const cell of hideable([...new Set([...below, ...beside])])) {
      cell.veil = 'hidden';
      this.narrow();
      if (!isTold(told[measure])) return true;
      cell.veil = 'shown';
    }
    const next = beside[0] ?? below[0];
    if (next === undefined) return this.hideAll(measure);
    next.veil = 'hidden';
    return true;
  }

  private hideAll(measure: Measure): boolean {
    this.gone.add(measure);
    for (const row of [this.total, ...this.tables.flat()]) row[measure].veil = 'hidden';
    return true;
  }

  private begin(): void {
    for (const row of [this.total, ...this.tables.flat()]) {
      for (const measure of MEASURES) {
        const cell = row[measure];
        const isGone = this.gone.has(measure);
        [cell.lo, cell.hi] = isGone ? [0, NO_BOUND] : BOUNDS[cell.veil](cell.value);
      }
    }
  }

  private narrow(): void {
    this.begin();
    const all = [this.total, ...this.tables.flat()];
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

const BOUNDS: Record<Veil, (value: number) => [number, number]> = {
  shown: (value) => [value, value],
  'below-5': () => [1, SMALLEST_SHOWN - 1],
  hidden: () => [SMALLEST_SHOWN, NO_BOUND],
};

const isTold = ({ value, lo, hi }: Cell): boolean => isSmall(value) && lo === hi;

/** Smallest first: least is lost. */
const hideable = (cells: readonly Cell[]): Cell[] =>
  cells
    .filter(({ value, veil: now }) => now === 'shown' && value >= SMALLEST_SHOWN)
    .sort((one, other) => one.value - other.value);

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

function narrowRow({ registrations, scanAndShare, abhaLinked, abhaCreated, waitingForAbha }: Row): void {
  for (const part of [scanAndShare, abhaCreated]) {
    atMost(part, registrations.hi);
    atLeast(registrations, part.lo);
  }
  atMost(abhaLinked, registrations.hi - waitingForAbha.lo);
  atMost(waitingForAbha, registrations.hi - abhaLinked.lo);
  atLeast(registrations, abhaLinked.lo + waitingForAbha.lo);
}
