import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eachMeasure, MEASURES, sumOf, type Counts, type EachMeasure, type Measure } from './opd-counts.js';
import { veil, type Veil } from './suppression.js';

const SALT = '2026-11-01';

const row = (registrations: number, scanAndShare = 0, abhaLinked = 0, abhaCreated = 0, waitingForAbha = 0): Counts => ({
  registrations,
  scanAndShare,
  abhaLinked,
  abhaCreated,
  waitingForAbha,
});

const veilsOf = (rows: readonly Counts[], measure: Measure = 'registrations') => {
  const { tables, total } = veil([rows], sumOf(rows), SALT);
  return { rows: tables[0]?.map((each) => each[measure]), total: total[measure] };
};

describe('What a district does not see', () => {
  it('is nothing where every count is 0 or at least 5', () => {
    expect(veilsOf([row(5), row(0), row(100)])).toEqual({ rows: ['shown', 'shown', 'shown'], total: 'shown' });
  });

  it.each([
    ['alone, because the total would give it away', [3, 50, 9]],
    ['of several, because they could be only 1 each', [1, 1, 9, 50]],
    ['of several that hide each other, because elsewhere nothing more would tell that these are not 1 each', [3, 2, 9]],
  ])('is every count from 1 to 4, and always one more: %s', (_, values) => {
    const { rows = [], total } = veilsOf(values.map((value) => row(value)));
    expect(rows.map((each) => each === 'below-5')).toEqual(values.map((value) => value < 5));
    expect(rows.filter((each) => each === 'hidden')).toHaveLength(1);
    expect(total).toBe('shown');
  });

  it('is one more that hangs on its place alone, never on its size: the same in each order of sizes', () => {
    const places = [
      [2, 20, 30, 40],
      [2, 40, 20, 30],
      [2, 30, 40, 20],
    ].map((values) => veilsOf(values.map((value) => row(value))).rows?.indexOf('hidden'));
    expect(new Set(places).size).toBe(1);
  });

  it('is the whole column where nothing else helps', () => {
    expect(veilsOf([row(1), row(5)])).toEqual({ rows: ['hidden', 'hidden'], total: 'hidden' });
    expect(veilsOf([row(1), row(1), row(1), row(1)])).toEqual({ rows: Array(4).fill('hidden'), total: 'hidden' });
  });

  it('is also what the rest of its row would tell: all but one are waiting, so one is linked', () => {
    const rows = [row(10, 0, 1, 0, 9), row(50, 0, 3, 0, 20), row(60, 0, 40, 0, 10)];
    const { tables } = veil([rows], sumOf(rows), SALT);
    const [first] = tables[0] ?? [];
    expect([first?.waitingForAbha, first?.registrations]).toContain('hidden');
    expect(first?.abhaLinked).toBe('below-5');
  });

  it('is decided over all divisions of a total: what one of them needs is not told by the other', () => {
    const byFacility = [row(1), row(5)];
    const byDay = [row(6)];
    const { tables, total } = veil([byFacility, byDay], row(6), SALT);
    expect([total.registrations, ...tables.flat().map((each) => each.registrations)]).toEqual(Array(4).fill('hidden'));
  });
});

/** All that a reader sees of a column: numbers, and marks. */
interface Seen {
  readonly veil: Veil;
  readonly value: number;
}

/** Every value that `seen` leaves open, up to a largest one; `isAll`: nothing of the column is shown, so that a mark says nothing. */
const open = ({ veil: mark, value }: Seen, isAll: boolean, largest: number): readonly number[] => {
  if (mark === 'shown') return [value];
  const [from, to] = isAll ? [0, largest] : mark === 'below-5' ? [1, 4] : [5, largest];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
};

/** By trying out everything: the values that a small count could have. Knows nothing of how it was hidden. */
function possible(rows: readonly Seen[], total: Seen, wanted: number, largest: number): ReadonlySet<number> {
  const isAll = [...rows, total].every(({ veil: mark }) => mark === 'hidden');
  const found = new Set<number>();
  const totals = new Set(open(total, isAll, largest * rows.length));
  const choose = (index: number, sum: number, candidate: number): void => {
    const each = rows[index];
    if (each === undefined) {
      if (totals.has(sum)) found.add(candidate);
      return;
    }
    for (const value of open(each, isAll, largest))
      choose(index + 1, sum + value, index === wanted ? value : candidate);
  };
  choose(0, 0, -1);
  return found;
}

it('cannot be undone by trying out all numbers that would give the same report', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }), (values) => {
      const rows = values.map((value) => row(value));
      const { tables, total } = veil([rows], sumOf(rows), SALT);
      const seen = values.map((value, index) => ({ value, veil: tables[0]?.[index]?.registrations ?? 'shown' }));
      const sum = { value: sumOf(rows).registrations, veil: total.registrations };
      for (const [index, value] of values.entries()) {
        if (value === 0 || value > 4) continue;
        expect(seen[index]?.veil).not.toBe('shown');
        const left = possible(seen, sum, index, 20);
        expect(left.has(value)).toBe(true);
        expect(left.size).toBeGreaterThan(1);
      }
    }),
    { numRuns: 300 },
  );
});

const aRow = fc
  .record({
    linked: fc.integer({ min: 0, max: 8 }),
    waiting: fc.integer({ min: 0, max: 8 }),
    rest: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ linked, waiting, rest }) => row(linked + waiting + rest, 0, linked, 0, waiting));

it('cannot be undone either by what the columns of a row say of each other', () => {
  fc.assert(
    fc.property(fc.array(aRow, { minLength: 1, maxLength: 2 }), (rows) => {
      const total = sumOf(rows);
      const veils = veil([rows], total, SALT);
      const columns = ['registrations', 'abhaLinked', 'waitingForAbha'] as const;
      const isAll = eachMeasure((measure) =>
        [veils.total, ...(veils.tables[0] ?? [])].every((each) => each[measure] === 'hidden'),
      );
      // Every row that could stand there, for each row of the report.
      const options = [...rows, total].map((each, index) => {
        const marks = index < rows.length ? veils.tables[0]?.[index] : veils.total;
        // Wide enough that the edge tells nothing.
        const largest = total.registrations + 6 * (index < rows.length ? 1 : 2);
        const of = (measure: Measure) =>
          open(
            { value: each[measure], veil: marks?.[measure] ?? 'shown' },
            isAll[measure],
            Math.max(largest, each[measure]),
          );
        return of('registrations').flatMap((all) =>
          of('abhaLinked').flatMap((linked) =>
            of('waitingForAbha').flatMap((waiting) =>
              linked + waiting <= all ? [row(all, 0, linked, 0, waiting)] : [],
            ),
          ),
        );
      });
      const sums = options.at(-1) ?? [];
      const fits = (chosen: readonly Counts[]) => {
        const sum = sumOf(chosen);
        return sums.some((each) => columns.every((measure) => each[measure] === sum[measure]));
      };
      const tried =
        rows.length === 1 ? (options[0] ?? []).map((one) => [one]) : product(options[0] ?? [], options[1] ?? []);
      fc.pre(tried.length * sums.length < 3_000_000);
      const worlds = tried.filter(fits);
      for (const [index, each] of rows.entries()) {
        for (const measure of columns) {
          const value = each[measure];
          if (value === 0 || value > 4) continue;
          expect(new Set(worlds.map((world) => world[index]?.[measure])).size).toBeGreaterThan(1);
        }
      }
    }),
    { numRuns: 200 },
  );
});

/** What a reader sees, as one text. */
function published(rows: readonly Counts[], columns: readonly Measure[]): string {
  const { tables, total } = veil([rows], sumOf(rows), SALT);
  const line = (counts: Counts, marks: EachMeasure<Veil> | undefined) =>
    columns.map((measure) => (marks?.[measure] === 'shown' ? counts[measure] : marks?.[measure])).join();
  return [...rows.map((each, index) => line(each, tables[0]?.[index])), line(sumOf(rows), total)].join(' | ');
}

/**
 * Of all reports that would look like each one: how many values its marks could have. Returns what is told too well. Where even
 * the total is hidden, larger reports than those tried could look alike: forms are asked for that one of at most `largest` has.
 */
function toldIn(
  reports: readonly (readonly Counts[])[],
  columns: readonly Measure[],
  { fewest, largest }: { readonly fewest: number; readonly largest: number },
): string[] {
  const alike = new Map<string, (readonly Counts[])[]>();
  for (const rows of reports) {
    const form = published(rows, columns);
    alike.set(form, [...(alike.get(form) ?? []), rows]);
  }
  const isAsked = (rows: readonly Counts[]) => sumOf(rows).registrations <= largest;
  return [...alike].flatMap(([form, worlds]) =>
    form.split(' | ').flatMap((line, index) =>
      line.split(',').flatMap((shown, column) => {
        const measure = columns[column];
        if (measure === undefined || /^\d+$/.test(shown) || !worlds.some(isAsked)) return [];
        const left = new Set(worlds.map((rows) => (rows[index] ?? sumOf(rows))[measure]));
        // Nobody is no person: a row without registrations has nobody linked.
        const isNobody = left.size === 1 && left.has(0);
        return left.size < fewest && !isNobody ? [`${form}: ${measure} of ${index} is one of ${[...left].join()}`] : [];
      }),
    ),
  );
}

const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, value) => value);

/** All rows whose sum is at most `most`. */
function columnsOf(count: number, most: number): number[][] {
  if (count === 0) return [[]];
  return upTo(most).flatMap((value) => columnsOf(count - 1, most - value).map((rest) => [value, ...rest]));
}

describe('Somebody who knows the rules, and tries out every report there could be,', () => {
  it.each([
    [1, 20],
    [2, 40],
    [3, 24],
    [4, 18],
  ])(
    'finds at least three values for what is not shown of a column with %i rows',
    (count, most) => {
      const reports = columnsOf(count, most).map((values) => values.map((value) => row(value)));
      expect(toldIn(reports, ['registrations'], { fewest: 3, largest: most })).toEqual([]);
    },
    60_000,
  );

  it('finds at least two where the columns of a row tell of each other', () => {
    // Linked, waiting and the rest of two rows: every report of at most 14 registrations.
    const reports = columnsOf(6, 14).map(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => [
      row(a + b + c, 0, a, 0, b),
      row(d + e + f, 0, d, 0, e),
    ]);
    expect(toldIn(reports, ['registrations', 'abhaLinked', 'waitingForAbha'], { fewest: 2, largest: 10 })).toEqual([]);
  }, 60_000);
});

const product = (ones: readonly Counts[], others: readonly Counts[]): Counts[][] =>
  ones.flatMap((one) => others.map((other) => [one, other]));

it('is decided at once for a district of 60 facilities and a month', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => row(40 + index, index % 7, index % 5, index % 3, index % 4));
  const facilities = rows(60);
  const began = performance.now();
  const veils = veil([facilities], sumOf(facilities), SALT);
  expect(performance.now() - began).toBeLessThan(2_000);
  for (const [index, each] of facilities.entries()) {
    for (const measure of MEASURES) {
      const isSmall = each[measure] > 0 && each[measure] < 5;
      expect(veils.tables[0]?.[index]?.[measure] === 'below-5').toBe(isSmall && veils.total[measure] === 'shown');
    }
  }
});
