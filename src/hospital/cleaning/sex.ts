import type { AdministrativeGender } from '../../ports/visit.js';
import type { Cleaned } from './cleaned.js';
import { understood } from './cleaned.js';
import { wordKey } from './text.js';

/** A word that is not known becomes `unknown`, with a remark: a guess here would reach the patient's records. */
export function cleanSex(
  text: string,
  words: ReadonlyMap<string, AdministrativeGender>,
): Cleaned<AdministrativeGender> {
  const sex = words.get(wordKey(text));
  if (sex === undefined)
    return { value: 'unknown', says: [{ rule: 'sex-unread', understood: undefined, certainty: 'unsure' }] };
  if (text === sex) return { value: sex, says: [] };
  return understood(sex, 'sex-spelling', sex, /^\d+$/.test(text) ? 'likely' : 'sure');
}
