import { CLUSTER, isHindiWord, VOWEL_SIGN } from './devanagari.js';
import {
  KRUTI_DEV_GLYPHS,
  KRUTI_DEV_REPH as REPH,
  KRUTI_DEV_REPH_WITH_DOT as REPH_WITH_DOT,
  KRUTI_DEV_SHORT_I as SHORT_I,
} from './kruti-dev-glyphs.js';

const DEVANAGARI_BY_KEYS = new Map(KRUTI_DEV_GLYPHS);
const USUAL_KEYS = new Map([...KRUTI_DEV_GLYPHS].reverse().map(([keys, devanagari]) => [devanagari, keys]));
const LONGEST_KEYS = Math.max(...KRUTI_DEV_GLYPHS.map(([keys]) => keys.length));
const LONGEST_PIECE = Math.max(...KRUTI_DEV_GLYPHS.map(([, devanagari]) => devanagari.length));
const STANDS_FOR_ITSELF = /[0-9\s]/;
/** Signs over and under the letter: whether the hook of र् is typed before or after them, nobody can see. */
const BESIDE_THE_HOOK = new Set(['s', 'S', 'q', 'w', '`']);

const SHORT_I_BEFORE = new RegExp(`${SHORT_I}(${CLUSTER})`, 'gu');
const REPH_BEHIND = new RegExp(`(${CLUSTER}(?:${VOWEL_SIGN}|ि)?)${REPH}`, 'gu');
const SYLLABLE = new RegExp(`(र्(?=[क-ह]))?(${CLUSTER})(${VOWEL_SIGN})?`, 'gu');

/**
 * Hindi typed in Kruti Dev as Unicode, or undefined when it is not sure: every key must be in the table, every word be
 * spelled as Hindi can be, and the result, typed again, give the same keys.
 */
export function fromKrutiDev(text: string): string | undefined {
  const keys = splitKeys(text);
  if (keys === undefined) return undefined;
  const devanagari = inSpokenOrder(keys);
  const words = devanagari.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length === 0 || !words.every(isHindiWord)) return undefined;
  return toKrutiDev(devanagari) === keys.join('') ? devanagari : undefined;
}

/** The usual keys for Hindi in Unicode. Text without a key stays as it is. */
export function toKrutiDev(text: string): string {
  const asTyped = text
    .normalize('NFD')
    .replace(SYLLABLE, (_, reph: string | undefined, cluster: string, sign: string | undefined) => {
      const hook = reph === undefined ? '' : REPH;
      return sign === 'ि' ? `${SHORT_I}${cluster}${hook}` : `${cluster}${sign ?? ''}${hook}`;
    });
  let keys = '';
  for (let at = 0; at < asTyped.length;) {
    const piece = longestPiece(asTyped, at);
    keys += USUAL_KEYS.get(piece) ?? piece;
    at += piece.length;
  }
  return keys;
}

/** The text's keys, each as the usual one of those that look alike; undefined when one is not in the table. */
function splitKeys(text: string): readonly string[] | undefined {
  const found: string[] = [];
  for (let at = 0; at < text.length;) {
    const keys = keysAt(text, at);
    if (keys === undefined) return undefined;
    at += keys.length;
    found.push(...usual(keys));
  }
  return found.flatMap((keys, place) => {
    const after = found[place + 1] ?? '';
    if (keys === REPH && BESIDE_THE_HOOK.has(after)) return [after, REPH];
    return found[place - 1] === REPH && BESIDE_THE_HOOK.has(keys) ? [] : [keys];
  });
}

function keysAt(text: string, at: number): string | undefined {
  for (let length = LONGEST_KEYS; length > 0; length -= 1) {
    const keys = text.slice(at, at + length);
    if (keys.length === length && DEVANAGARI_BY_KEYS.has(keys)) return keys;
  }
  const key = text.charAt(at);
  return key === SHORT_I || key === REPH || key === REPH_WITH_DOT || STANDS_FOR_ITSELF.test(key) ? key : undefined;
}

function usual(keys: string): readonly string[] {
  if (keys === REPH_WITH_DOT) return [REPH, 'a'];
  const devanagari = DEVANAGARI_BY_KEYS.get(keys);
  return [devanagari === undefined ? keys : (USUAL_KEYS.get(devanagari) ?? keys)];
}

/** Unicode holds letters in the order they are spoken in. */
function inSpokenOrder(keys: readonly string[]): string {
  return keys
    .map((key) => DEVANAGARI_BY_KEYS.get(key) ?? key)
    .join('')
    .normalize('NFD')
    .replace(SHORT_I_BEFORE, '$1ि')
    .replace(REPH_BEHIND, 'र्$1')
    .normalize('NFC');
}

/** The longest piece of the text that has keys. A half letter before र is none: that र is typed as a stroke below. */
function longestPiece(text: string, at: number): string {
  for (let length = LONGEST_PIECE; length > 1; length -= 1) {
    const piece = text.slice(at, at + length);
    const isHalfBeforeRa = piece.endsWith('्') && text.charAt(at + length) === 'र';
    if (piece.length === length && USUAL_KEYS.has(piece) && !isHalfBeforeRa) return piece;
  }
  return text.charAt(at);
}
