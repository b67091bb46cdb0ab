import { codableCore, isDoubtedInFront } from './codable-core.js';
import { standingOf } from './standing.js';
import type { Standing } from './standing.js';

/** One of several things a patient complains of. */
export interface ComplaintPhrase {
  /** The hospital's words. */
  readonly text: string;
  /** The words to look up, without durations and grammar; undefined when it is doubted, denied or somebody else's. */
  readonly core: string | undefined;
  readonly standing: Standing;
}

const LETTERS3 = String.raw`[\p{L}\p{M}]{3}`;
/** Where a sentence ends, and with it the reach of a "no" at its front. */
const SENTENCE_END = /[;\n\r।]+/;
const PHRASE_END = new RegExp(
  String.raw`,(?!\d)|(?<!\d),|\s(?:\+|&)\s|(?<=${LETTERS3})[+&](?=${LETTERS3})|\s(?:and|व|और|तथा|एवं)\s`,
  'iu',
);

const TOLD: Standing = { kind: 'told' };

/** Cuts a complaint at commas, `+`, `and`, `व`, `और`, lines; not inside words and numbers (`1,000`). */
export function complaintPhrases(text: string): readonly ComplaintPhrase[] {
  return text.split(SENTENCE_END).flatMap((sentence) => {
    let isDoubtedFromHere = false;
    return sentence
      .split(PHRASE_END)
      .map((phrase) => phrase.trim())
      .filter((phrase) => /[\p{L}\p{N}]/u.test(phrase))
      .map((phrase) => {
        const standing = standingOf(phrase);
        // "no fever, cough": whether the cough is there is not sure either.
        const isUnsure: boolean = isDoubtedFromHere && standing.kind === 'present';
        isDoubtedFromHere ||= isDoubtedInFront(phrase);
        if (isDoubtedFromHere) return { text: phrase, core: undefined, standing: isUnsure ? TOLD : standing };
        return { text: phrase, core: standing.kind === 'present' ? codableCore(phrase) : undefined, standing };
      });
  });
}
