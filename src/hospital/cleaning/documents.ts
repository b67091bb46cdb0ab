import type { Saying } from './cleaned.js';

/** The kinds of document that can be shown, by the bytes they begin with (hexadecimal). */
const KINDS: readonly (readonly [mime: string, begin: RegExp])[] = [
  ['application/pdf', /^25504446/],
  ['image/jpeg', /^ffd8ff/],
  ['image/png', /^89504e470d0a1a0a/],
  ['image/gif', /^474946383[79]61/],
  ['image/tiff', /^(49492a00|4d4d002a)/],
  ['image/webp', /^52494646.{8}57454250/],
  ['image/bmp', /^424d.{16}/],
];
/** Readers of PDF look for its mark in the first 1024 bytes: scanners and mail programs put lines of their own first. */
const PDF_MARK_WITHIN = 1024;

/** `dataBase64` is undefined when nothing of the document can be used. Remarks never show the data. */
export interface CheckedDocument {
  readonly dataBase64: string | undefined;
  /** What the bytes are, whatever they were said to be. */
  readonly mime: string | undefined;
  readonly says: readonly Saying[];
}

/**
 * A scan as it came, without line breaks and `data:` prefix; checked to be base64 and of a kind that can be shown.
 * Scans of 15 MB come: they are decoded once by native code, and only what is not base64 at once is looked through.
 */
export function checkDocument(data: string): CheckedDocument {
  const came = readBase64(data);
  const read = came ?? readBase64(withoutSpaces(data).replace(/^data:[^,]{0,100};base64,/i, ''));
  if (read === undefined) return unused('document-not-base64');
  if (read.bytes.length === 0) return unused('document-empty');
  const mime = kindOf(read.bytes);
  if (mime === undefined) return unused('document-kind-unknown');
  const { base64 } = read;
  if (base64 === data) return { dataBase64: base64, mime, says: [] };
  const tidied: Saying = { rule: 'document-data-tidied', understood: `${base64.length} characters`, certainty: 'sure' };
  return { dataBase64: base64, mime, says: [tidied] };
}

/** Node decodes anything, so the bytes are written again and compared; the last four may differ in unused bits only. */
function readBase64(text: string): { readonly bytes: Buffer; readonly base64: string } | undefined {
  const bytes = Buffer.from(text, 'base64');
  const base64 = bytes.toString('base64');
  if (base64 === text) return { bytes, base64 };
  const differsAtMostAtItsEnd =
    base64.length === text.length &&
    base64.slice(0, -4) === text.slice(0, -4) &&
    /^[A-Za-z0-9+/]{2,3}={1,2}$/.test(text.slice(-4));
  return differsAtMostAtItsEnd ? { bytes, base64 } : undefined;
}

/** Byte by byte: a regular expression over millions of line breaks runs out of stack. Base64 is ASCII; other text stays. */
function withoutSpaces(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length !== text.length) return text.trim();
  let end = 0;
  for (const byte of bytes) if (byte > 0x20) bytes[end++] = byte;
  return bytes.toString('latin1', 0, end);
}

function kindOf(bytes: Buffer): string | undefined {
  const begin = bytes.subarray(0, 16).toString('hex');
  const kind = KINDS.find(([, form]) => form.test(begin))?.[0];
  if (kind !== undefined) return kind;
  return bytes.subarray(0, PDF_MARK_WITHIN).includes('%PDF-') ? 'application/pdf' : undefined;
}

function unused(rule: 'document-empty' | 'document-not-base64' | 'document-kind-unknown'): CheckedDocument {
  return { dataBase64: undefined, mime: undefined, says: [{ rule, understood: undefined, certainty: 'sure' }] };
}
