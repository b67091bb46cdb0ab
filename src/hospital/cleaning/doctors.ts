import type { Cleaned } from './cleaned.js';
import { asItCame, understood } from './cleaned.js';
import { titleCase } from './names.js';
import { wordKey } from './text.js';

export type DoctorName = { readonly name: string } | { readonly role: string };

const TITLE = /^(?:(DR|DOCTOR)(?:\.\s*|\s+)|(डॉक्टर|डॉ|डा)(?:\.\s*|\s+))/iu;

/**
 * "Dr A K Singh", however it was typed; or the words of a role (`DUTY MO`). A name without the title is given one only
 * when a registration number stands beside it: a nurse must not become a doctor by our tidying.
 */
export function cleanDoctor(text: string, isRegistered: boolean, dutyWords: ReadonlySet<string>): Cleaned<DoctorName> {
  const bare = text.replace(TITLE, '');
  if (dutyWords.has(wordKey(text)) || dutyWords.has(wordKey(bare)))
    return understood({ role: text }, 'doctor-role', text);
  const hindiTitle = TITLE.exec(text)?.[2] !== undefined;
  const hasTitle = bare !== text;
  const plain = titleCase(bare.replace(/\./g, ' ').replace(/\s+/g, ' ').trim());
  const title = hindiTitle ? 'डॉ ' : hasTitle || isRegistered ? 'Dr ' : '';
  const name = plain === '' ? text : title + plain;
  if (name === text) return asItCame({ name });
  return understood({ name }, 'doctor-name', name, hasTitle || title === '' ? 'sure' : 'likely');
}
