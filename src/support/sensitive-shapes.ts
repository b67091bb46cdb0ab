import { verdictOnName } from './sensitive-names.js';

export const REDACTED = '[redacted]';

const LONGEST_TEXT = 2048;
/** What may be cut in two at the end of what is looked at: the longest thing that is recognised only when whole. */
const LONGEST_HALF = 64;

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const EVERY_UUID = new RegExp(UUID, 'g');

const PEM = /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g;
const POSTGRES_PASSWORD = /(postgres(?:ql)?:\/\/[^:\s/@]*):\S+@/gi;
const URL_PASSWORD = /(:\/\/[^:\s/@]*):[^\s/@]+@/g;
const JWT = /eyJ[\w-]{5,}\.[\w-]*(?:\.[\w-]*)*/g;
const AUTHORIZATION = /\b(Bearer|Basic)\s+[^\s,;"'\]}]+/gi;
/** Node quotes what it could not parse, `Unexpected token 'A', "…" is not valid JSON`. */
const UNPARSED = /(?:\.{3})?"[\s\S]*"(?:\.{3})? is not valid JSON/g;
const JSON_FIELD = /(\\?")([\w -]{1,60})\1(\s*:\s*)(?:\\?"(?:[^"\\]|\\[^"])*\\?"|\d+)/g;
/** A list or an object follows; where it ends is not worth finding out. */
const JSON_NESTING_FIELD = /"([\w -]{1,60})\\?"\s*:\s*[[{]/g;
const INSPECTED_FIELD = /\b(\w{1,60})(: ?|=)'[^']*'/g;
const QUERY_PARAMETER = /([?&])([\w.-]{1,60})=([^&\s"'#]+)/g;
const ABHA_ADDRESS = /[\w.+-]{1,64}@(?:sbx|abdm)\b/gi;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,}\b/gi;
const LONG_RUN = /[A-Za-z0-9+/_%-]{40,}={0,2}/g;
/** Letters beyond ASCII in a URL: there, names in Hindi. */
const ENCODED_LETTERS = /(?:%[89A-F][0-9A-F]){3,}/gi;
/**
 * ABHA number (14 digits), Aadhaar (12, never from 0 or 1), Indian mobile (10 from 6 to 9, with +91, 91 or 0).
 * UUIDs are taken first, so that nothing is found inside them. Not a part of a longer number, nor decimals of one.
 */
const NUMBER = new RegExp(
  `(${UUID})|(?<!\\d)(?<!\\d\\.)(?:\\d{2}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}|[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}` +
    `|(?:\\+?91[ -]?|0)?[6-9]\\d{4}[ -]?\\d{5})(?!\\d)`,
  'g',
);
const WHOLE_NUMBER = /^(?:\d{14}|[2-9]\d{11}|[6-9]\d{9})$/;

/** A piece of a path or of an identifier: `discover`, `OPConsultRecord`, `v3`, `000123`. Random letters rarely pass. */
const WORD = /^(?:[a-z]*(?:[A-Z]{1,6}[a-z]{2,})*[A-Z]{0,4}\d{0,4}|[A-Z]+\d{0,4}|\d{1,14})$/;

/** A text with everything in it that looks like a person's number, an address, a token or a key taken out. */
export function redactText(text: string): string {
  const isCut = text.length > LONGEST_TEXT;
  const clean = redactShapes(isCut ? text.slice(0, LONGEST_TEXT + LONGEST_HALF) : text);
  if (!isCut) return clean;
  return `${clean.slice(0, Math.min(LONGEST_TEXT, Math.max(0, clean.length - LONGEST_HALF)))}… [cut]`;
}

/** A number that can be an ABHA number, an Aadhaar or a mobile. Times in milliseconds have 13 digits and are none. */
export const isTellingNumber = (value: number | bigint): boolean => WHOLE_NUMBER.test(String(value));

export const isOnlyUuid = (text: string): boolean => text.replace(EVERY_UUID, '') === '';

function redactShapes(text: string): string {
  if (text.length < 8) return text;
  let clean = text
    .replace(PEM, REDACTED)
    .replace(JWT, REDACTED)
    .replace(AUTHORIZATION, `$1 ${REDACTED}`)
    .replace(UNPARSED, `${REDACTED} is not valid JSON`);
  if (clean.includes('@')) {
    clean = clean
      .replace(POSTGRES_PASSWORD, `$1:${REDACTED}@`)
      .replace(URL_PASSWORD, `$1:${REDACTED}@`)
      .replace(ABHA_ADDRESS, REDACTED)
      .replace(EMAIL, REDACTED);
  }
  return cutAtHiddenNesting(clean)
    .replace(JSON_FIELD, (whole, quote: string, name: string, colon: string) =>
      isHidden(name) ? `${quote}${name}${quote}${colon}${quote}${REDACTED}${quote}` : whole,
    )
    .replace(INSPECTED_FIELD, (whole, name: string, colon: string) =>
      isHidden(name) ? `${name}${colon}'${REDACTED}'` : whole,
    )
    .replace(QUERY_PARAMETER, (whole, mark: string, name: string) =>
      isHidden(name) ? `${mark}${name}=${REDACTED}` : whole,
    )
    .replace(ENCODED_LETTERS, REDACTED)
    .replace(LONG_RUN, (run) => (isPathOfWords(run) ? run : REDACTED))
    .replace(NUMBER, (_whole, uuid: string | undefined) => uuid ?? REDACTED);
}

function cutAtHiddenNesting(text: string): string {
  for (const match of text.matchAll(JSON_NESTING_FIELD)) {
    if (isHidden(match[1] ?? '')) return `${text.slice(0, match.index)}${REDACTED}`;
  }
  return text;
}

function isHidden(name: string): boolean {
  const verdict = verdictOnName(name);
  return verdict === 'hide' || verdict === 'count' || verdict === 'only-uuid';
}

/** Base64 has the letters of a URL path. In a path every piece is a word, a short piece or a UUID. */
const isPathOfWords = (run: string): boolean =>
  run
    .replace(EVERY_UUID, '')
    .split(/[/_+%-]/)
    .every((piece) => piece.length <= 6 || (piece.length < 40 && WORD.test(piece)));
