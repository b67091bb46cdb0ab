import type { Saying } from './cleaned.js';

/** What the first bytes must be for a document to be what its MIME type says. */
const MAGIC: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['25504446'],
  'image/jpeg': ['ffd8ff'],
  'image/jpg': ['ffd8ff'],
  'image/png': ['89504e470d0a1a0a'],
};

/** `dataBase64` is undefined when nothing of the document can be used. Remarks never show the data. */
export interface CheckedDocument {
  readonly dataBase64: string | undefined;
  readonly says: readonly Saying[];
}

/** A scan as it came, without line breaks and `data:` prefix; checked to be base64 and of the kind it says it is. */
export function checkDocument(data: string, mime: string): CheckedDocument {
  const base64 = data.replace(/^data:[^,]{0,100};base64,/i, '').replace(/\s+/g, '');
  if (base64 === '') return { dataBase64: undefined, says: [unused('document-empty')] };
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return { dataBase64: undefined, says: [unused('document-not-base64')] };
  }
  const says: Saying[] = [];
  if (base64 !== data)
    says.push({ rule: 'document-data-tidied', understood: `${base64.length} characters`, certainty: 'sure' });
  const magic = Object.hasOwn(MAGIC, mime.toLowerCase()) ? MAGIC[mime.toLowerCase()] : undefined;
  const begin = Buffer.from(base64.slice(0, 24), 'base64').toString('hex');
  if (magic?.every((bytes) => !begin.startsWith(bytes)) === true) says.push(unused('document-mime-mismatch'));
  return { dataBase64: base64, says };
}

function unused(rule: 'document-empty' | 'document-not-base64' | 'document-mime-mismatch'): Saying {
  return { rule, understood: undefined, certainty: 'sure' };
}
