import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { namesMatch } from './names-match.js';

interface Pair {
  readonly asked: string;
  readonly known: string;
  readonly why: string;
}

const pairsIn = (file: string): readonly Pair[] =>
  parse<Pair>(readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'), { columns: true });

const same = pairsIn('names-that-match.csv');
const different = pairsIn('names-that-differ.csv');
const match = ({ asked, known }: Pair) => namesMatch(asked, { name: known });
const listed = (pairs: readonly Pair[]) => pairs.map(({ asked, known, why }) => `${asked} / ${known} (${why})`);

describe('The names of a patient', () => {
  it('are told apart without one mistake, and are recognised nearly always', () => {
    const missed = same.filter((pair) => !match(pair));
    const mistaken = different.filter(match);
    const found = same.length - missed.length;
    const precision = found / (found + mistaken.length);
    const recall = found / same.length;
    process.stdout.write(
      `names: ${same.length} true pairs, ${different.length} false; precision ${precision.toFixed(3)}, ` +
        `recall ${recall.toFixed(3)}${listed(missed)
          .map((pair) => `\n  missed: ${pair}`)
          .join('')}\n`,
    );
    expect(listed(mistaken)).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(Math.min(same.length, different.length)).toBeGreaterThanOrEqual(120);
  });

  it('match whichever is asked and which is known', () => {
    for (const { asked, known } of [...same, ...different]) {
      expect([asked, known, namesMatch(asked, { name: known })]).toEqual([
        asked,
        known,
        namesMatch(known, { name: asked }),
      ]);
    }
  });

  it('may match by the Hindi spelling alone', () => {
    expect(namesMatch('SUNITA DEVI', { name: 'S Dvi', nameHindi: 'सुनीता देवी' })).toBe(true);
    expect(namesMatch('सुनीता देवी', { name: 'ANITA DEVI', nameHindi: undefined })).toBe(false);
  });
});

const PARTS = same.flatMap(({ asked, known }) => [...asked.split(' '), ...known.split(' ')]);
const likeAName = fc
  .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 6, unit: 'grapheme' })), { maxLength: 6 })
  .map((words) => words.join(' '));

describe('Any text taken for a name', () => {
  it('matches itself when it has two letters together', () => {
    fc.assert(
      fc.property(fc.oneof(likeAName, fc.string({ unit: 'grapheme' })), (name) => {
        fc.pre(/\p{L}\p{L}/u.test(name.normalize('NFKC')));
        expect(namesMatch(name, { name })).toBe(true);
      }),
    );
  });

  it('gives the same answer both ways, and never throws', () => {
    const text = fc.oneof(likeAName, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 300 }));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(namesMatch(one, { name: other })).toBe(namesMatch(other, { name: one }));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['one long word', 'RAJESHWARI'.repeat(20)],
    ['many words', 'RAM LAL '.repeat(25)],
    ['one letter again and again', 'A'.repeat(200)],
    ['initials', 'A '.repeat(100)],
    ['Hindi', 'सुनीता देवी '.repeat(16)],
    ['spaces and slashes', 'S / '.repeat(50)],
    ['relations', 'RAM S/O '.repeat(25)],
    ['a megabyte', 'RAM S/O '.repeat(125_000)],
  ])('is compared in no time: %s', (_kind, name) => {
    const other = `${name.slice(0, -1)}X`;
    const took: number[] = [];
    for (let round = 0; round < 50; round += 1) {
      const start = performance.now();
      namesMatch(name, { name: other });
      took.push(performance.now() - start);
    }
    // The median: the first rounds compile, and a busy machine stops any of them.
    const median = took.sort((a, b) => a - b)[25] ?? Infinity;
    // Measured under 1 ms; work that grows with the square would take seconds.
    expect(median).toBeLessThan(50);
  });
});
