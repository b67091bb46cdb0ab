/**
 * - `hide`: whatever it holds is not for logs
 * - `only-uuid`: an id of something private: ours are UUIDs and say nothing, others may be the patient's own number
 * - `count`: `patients: 5` is a number of them
 * - `open`: looked at by shape only; `measure` likewise, and its numbers are kept
 */
export type NameVerdict = 'hide' | 'only-uuid' | 'count' | 'open' | 'measure';

/** Words of a field name (camelCase, snake_case, HOSPITAL_COLUMNS) behind which a person or a secret stands. */
const SENSITIVE_WORDS = new Set(
  [
    'name patient person beneficiary demographics relation relative father mother husband wife spouse guardian',
    'mobile phone telephone contact email address addr village pincode pin uhid mrn abha phr aadhaar aadhar pmjay',
    'dob yob birth birthdate complaint diagnosis diagnoses diag allergy advice prescription vitals',
    'token jwt authorization cookie secret key password passphrase passwd otp credential credentials signature nonce',
    'pem jwk bundle content body payload cleartext plaintext ciphertext',
  ].flatMap((line) => line.split(' ')),
);

/** Written in one: `accesstoken`, `abhanumber`, `mobileno`, `firstname`. */
const SENSITIVE_COMPOUND =
  /^(abha|aadha?ar|patient|mobile|phone|birth|father|mother|guardian)|(token|password|secret|apikey|(private|public)key|(first|middle|last|full|user)name)$/;

/** `queueName`, `jobKey`: names and keys of things, not of people. */
const NAMED_THINGS = new Set(
  'file host queue job table column constraint schema database migration exchange event field header module class folder profile order idempotency primary foreign'.split(
    ' ',
  ),
);

/** `tokenExpiresAt`, `bundleBytes`, `contentType` tell about the thing without showing it. */
const MEASURES = new Set(
  'count total length size bytes ms millis seconds minutes hours type types kind status state outcome version at limit attempts'.split(
    ' ',
  ),
);

const REMEMBERED_NAMES = 2000;
const remembered = new Map<string, NameVerdict>();

/** How the value of a field, header, column or query parameter of this name is treated. */
export function verdictOnName(name: string): NameVerdict {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const verdict = judge(wordsOf(name));
  if (remembered.size < REMEMBERED_NAMES) remembered.set(name, verdict);
  return verdict;
}

function judge(words: readonly string[]): NameVerdict {
  const last = words.at(-1) ?? '';
  if (MEASURES.has(last)) return 'measure';
  if (!words.some((word, index) => isSensitive(word, words[index - 1]))) return 'open';
  if (words.length > 1 && (last === 'id' || last === 'ids')) return 'only-uuid';
  return /[^s]s$/.test(last) && !SENSITIVE_WORDS.has(last) ? 'count' : 'hide';
}

function isSensitive(word: string, before: string | undefined): boolean {
  const singular = word.replace(/s$/, '');
  if ((singular === 'name' || singular === 'key') && before !== undefined && NAMED_THINGS.has(before)) return false;
  return SENSITIVE_WORDS.has(word) || SENSITIVE_WORDS.has(singular) || SENSITIVE_COMPOUND.test(singular);
}

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
