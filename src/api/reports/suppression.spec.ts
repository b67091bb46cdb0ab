import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eachMeasure, MEASURES, sumOf, type Counts, type Measure } from './opd-counts.js';
import { veil, type Veil } from './suppression.js';

const row = (registrations: number, scanAndShare = 0, abhaLinked = 0, abhaCreated = 0, waitingForAbha = 0): Counts => ({
  registrations,
  scanAndShare,
  abhaLinked,
  abhaCreated,
  waitingForAbha,
});

const veilsOf = (rows: readonly Counts[], measure: Measure = 'registrations') => {
  const { tables, total } = veil([rows], sumOf(rows));
  return { rows: tables[0]?.map((each) => each[measure]), total: total[measure] };
};

describe('What a district does not see', () => {
  it('is nothing where every count is 0 or at least 5', () => {
    expect(veilsOf([row(5), row(0), row(100)])).toEqual({ rows: ['shown', 'shown', 'shown'], total: 'shown' });
  });

  it('is every count from 1 to 4, and one more where the total would give a single one away', () => {
    expect(veilsOf([row(3), row(50), row(9)])).toEqual({ rows: ['below-5', 'shown', 'hidden'], total: 'shown' });
  });

  it('is no more than the small ones where several of them hide each other', () => {
    expect(veilsOf([row(3), row(2), row(9)])).toEqual({ rows: ['below-5', 'below-5', 'shown'], total: 'shown' });
  });

  it('is one more where several small ones can be only 1 each, or only 4 each', () => {
    expect(veilsOf([row(1), row(1), row(9)]).rows).toEqual(['below-5', 'below-5', 'hidden']);
    expect(veilsOf([row(4), row(4), row(9)]).rows).toEqual(['below-5', 'below-5', 'hidden']);
  });

  it('is the whole column where nothing else helps', () => {
    expect(veilsOf([row(1), row(5)])).toEqual({ rows: ['hidden', 'hidden'], total: 'hidden' });
    expect(veilsOf([row(1), row(1), row(1), row(1)])).toEqual({ rows: Array(4).fill('hidden'), total: 'hidden' });
  });

  it('is also what the rest of its row would tell: all but one are waiting, so one is linked', () => {
    const rows = [row(10, 0, 1, 0, 9), row(50, 0, 3, 0, 20), row(60, 0, 40, 0, 10)];
    const { tables } = veil([rows], sumOf(rows));
    const [first] = tables[0] ?? [];
    expect([first?.waitingForAbha, first?.registrations]).toContain('hidden');
    expect(first?.abhaLinked).toBe('below-5');
  });

  it('is decided over all divisions of a total: what one of them needs is not told by the other', () => {
    const byFacility = [row(1), row(5)];
    const byDay = [row(6)];
    const { tables, total } = veil([byFacility, byDay], row(6));
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
      const { tables, total } = veil([rows], sumOf(rows));
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
      const veils = veil([rows], total);
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

const product = (ones: readonly Counts[], others: readonly Counts[]): Counts[][] =>
  ones.flatMap((one) => others.map((other) => [one, other]));

it('is decided at once for a district of 60 facilities and a month', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => row(40 + index, index % 7, index % 5, index % 3, index % 4));
  const facilities = rows(60);
  const began = performance.now();
  const veils = veil([facilities], sumOf(facilities));
  expect(performance.now() - began).toBeLessThan(2_000);
  for (const [index, each] of facilities.entries()) {
    for (const measure of MEASURES) {
      const isSmall = each[measure] > 0 && each[measure] < 5;
      expect(veils.tables[0]?.[index]?.[measure] === 'below-5').toBe(isSmall && veils.total[measure] === 'shown');
    }
  }
});
