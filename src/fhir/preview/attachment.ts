import type { Attachment } from 'fhir/r4.js';
import { moment } from './dates.js';
import { markup, joined } from './html.js';
import type { Html } from './html.js';
import { item, line, small } from './pieces.js';
import type { Texts } from './texts.en.js';
import { said } from './words.js';

/** Pictures a browser shows and that carry no script (SVG does), with how their bytes begin in base64. */
const PICTURES: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgo',
  'image/jpeg': '/9j/',
  'image/gif': 'R0lGOD',
};
const TEXT_SHOWN = 20_000;

/** A file by name, kind and size; a picture or a plain text with what is in it. Nothing is ever linked or fetched. */
export function attached(file: Attachment | undefined, name: string | undefined, labels: Texts): Html | undefined {
  const { contentType, data, url, title, creation, size } = file ?? {};
  const type = said(contentType)?.split(';')[0]?.trim().toLowerCase();
  const base64 = typeof data === 'string' ? data.replace(/\s+/g, '') : undefined;
  const isReadable = base64 !== undefined && base64 !== '' && isBase64(base64);
  const called = said(title) ?? name;
  const bytes = isReadable ? bytesIn(base64) : base64 === undefined && typeof size === 'number' ? size : undefined;
  const kind = type === undefined ? undefined : kindOf(type, labels);
  const made = moment(creation);
  return item(
    called ?? kind ?? labels.fileKinds.other,
    line(
      joined(
        [
          called === undefined ? undefined : kind,
          bytes === undefined ? undefined : labels.size(String(Math.max(1, Math.round(bytes / 1024)))),
          made === undefined ? undefined : `${labels.created} ${made}`,
        ],
        ' · ',
      ),
    ),
    base64 !== undefined && !isReadable ? line(labels.unreadableFile) : undefined,
    base64 === undefined && said(url) !== undefined
      ? line(small(`${labels.elsewhere}: ${said(url) ?? ''}`))
      : undefined,
    isReadable ? contents(type ?? '', base64, called ?? kind ?? '', labels) : undefined,
  );
}

function contents(type: string, base64: string, name: string, labels: Texts): Html | undefined {
  const beginning = Object.hasOwn(PICTURES, type) ? PICTURES[type] : undefined;
  if (beginning !== undefined) {
    // Bytes that are no such picture would show as a broken one.
    if (!base64.startsWith(beginning)) return line(labels.unreadableFile);
    return markup`<img alt="${name}" src="data:${type};base64,${base64}">`;
  }
  if (type !== 'text/plain') return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  if (text.trim() === '') return undefined;
  const isWhole = text.length <= TEXT_SHOWN;
  return markup`<pre>${text.slice(0, TEXT_SHOWN)}</pre>${isWhole ? undefined : line(small(labels.beginningOnly))}`;
}

function kindOf(type: string, { fileKinds }: Texts): string {
  const [group = '', format = ''] = type.split('/');
  if (type === 'application/pdf') return fileKinds.pdf;
  if (type === 'text/plain') return fileKinds.text;
  if (group === 'image') return `${fileKinds.image} (${format.toUpperCase()})`;
  return `${fileKinds.other} (${type})`;
}

const padding = (base64: string): number => (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);

const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.slice(0, text.length - padding(text)));

const bytesIn = (base64: string): number => (base64.length / 4) * 3 - padding(base64);
