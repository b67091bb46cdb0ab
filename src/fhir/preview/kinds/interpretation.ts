import type { CodeableConcept } from 'fhir/r4.js';
import { joined } from '../html.js';
import type { Html } from '../html.js';
import { mark } from '../pieces.js';
import type { Texts } from '../texts.en.js';
import { codesIn, wordsOf } from '../words.js';

const CALM = new Set(['N', 'NEG', 'ND', 'S']);
const ALARMING = new Set(['HH', 'LL', 'AA']);

/** High, Low, Positive …, each once: in the reader's language where the code is known, else in the sender's words. */
export function interpretationMarks(all: readonly CodeableConcept[], labels: Texts): Html | undefined {
  const told = all.map((each) => {
    const code = codesIn(each).find((known) => Object.hasOwn(labels.interpretations, known));
    const text = code === undefined ? wordsOf(each) : labels.interpretations[code as keyof Texts['interpretations']];
    return { text, code: code ?? '' };
  });
  const once = [...new Map(told.map((each) => [each.text, each])).values()];
  return joined(
    once.map(({ text, code }) => mark(text, CALM.has(code) ? 'calm' : ALARMING.has(code) ? 'alarm' : 'warn')),
    ' ',
  );
}

/** Says nothing to worry about: not worth a mark of its own beside others. */
export const isCalm = (interpreted: CodeableConcept): boolean => codesIn(interpreted).some((code) => CALM.has(code));
