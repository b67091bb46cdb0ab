import type { Coding } from 'fhir/r4.js';
import { normalWords } from './normal-words.js';
import { TermIndex } from './term-index.js';

/** Words of a sample that say what it is; any other sample is known by its own words (`stool`, `csf`). */
const SPECIMEN_WORDS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['urine', ['urine', 'mutra', 'मूत्र', 'पेशाब']],
      ['blood', ['blood', 'serum', 'plasma', 'edta', 'citrate', 'fluoride', 'heparin', 'khoon', 'खून', 'रक्त', 'सीरम']],
      ['stool', ['stool', 'faeces', 'feces', 'मल']],
      ['csf', ['csf', 'cerebrospinal fluid']],
      ['sputum', ['sputum', 'बलगम', 'कफ']],
    ] as const
  ).flatMap(([specimen, words]) => words.map((each) => [normalWords(each), specimen] as const)),
);

/** @returns e.g. `blood` for `EDTA BLOOD`; undefined when the words name none of the known ones, or two */
function namedSpecimen(words: string): string | undefined {
  const named = new Set([words, ...words.split(' ')].flatMap((word) => SPECIMEN_WORDS.get(word) ?? []));
  return named.size === 1 ? [...named][0] : undefined;
}

function specimenOf(sample: string): string {
  const words = normalWords(sample);
  return namedSpecimen(words) ?? words;
}

/** What a laboratory measures. Albumin in blood and albumin in urine are two things with one name. */
export class LabParameterIndex {
  /** By specimen; '' where the name alone is enough. */
  private readonly bySpecimen = new Map<string, TermIndex<Coding | undefined>>();

  add(words: readonly string[], specimen: string, meaning: Coding | undefined): readonly string[] {
    const key = specimenOf(specimen);
    const index = this.bySpecimen.get(key) ?? new TermIndex<Coding | undefined>(normalWords);
    this.bySpecimen.set(key, index);
    return index.add(words, meaning, meaning?.code ?? '');
  }

  find(words: string, sample: string | undefined): Coding | undefined {
    const anywhere = this.bySpecimen.get('')?.get(words);
    if (sample === undefined) return anywhere;
    const specimen = specimenOf(sample);
    // Cells counted in pleural fluid are not those of the code whose title says "in Blood".
    const titled = namedSpecimen(normalWords(anywhere?.display ?? ''));
    const isOfAnother = titled !== undefined && titled !== specimen;
    return this.bySpecimen.get(specimen)?.get(words) ?? (isOfAnother ? undefined : anywhere);
  }
}
