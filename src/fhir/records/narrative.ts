import type { Narrative } from 'fhir/r4.js';

/** One line a patient can read. */
export interface Line {
  readonly text: string;
  /** The same in Hindi, where the hospital wrote it. */
  readonly hindi?: string | undefined;
  /** More about it, each on a line of its own. */
  readonly details?: readonly Row[];
}

/** A label and what it labels; a row without text is left out. */
export type Row = readonly [Label, Line | undefined];

/** Resources of one kind, and the same content as lines a patient can read. */
export interface Told<T> {
  readonly resources: readonly T[];
  readonly lines: readonly Line[];
}

/** Nothing or one, as a list. */
export const optional = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** Tells each item of a list. */
export function each<T, R>(
  list: readonly T[],
  make: (item: T, at: number) => { readonly resource: R; readonly line: Line },
): Told<R> {
  const made = list.map(make);
  return { resources: made.map(({ resource }) => resource), lines: made.map(({ line }) => line) };
}

/** A label in both languages; escaped like all text. */
export interface Label {
  readonly en: string;
  readonly hi: string;
}

/** A heading with a list below it. */
export function listNarrative(heading: Label, lines: readonly Line[]): Narrative {
  const items = lines.map((line) => `<li>${readable(line)}</li>`).join('');
  return narrative(`<p><b>${both(heading)}</b></p><ul ${BREAK_LONG_WORDS}>${items}</ul>`);
}

/** Rows of label and text. Two columns and no more: it is read on a phone. */
export function tableNarrative(rows: readonly Row[]): Narrative {
  const cells = withText(rows).map(
    ([label, line]) => `<tr><td>${both(label)}</td><td ${BREAK_LONG_WORDS}>${readable(line)}</td></tr>`,
  );
  return narrative(`<table><tbody>${cells.join('')}</tbody></table>`);
}

/** A day as India writes it: `12-08-2025` for `2025-08-12`, `08-2025` and `2025` where no more is known. */
export function dayText(date: string): string {
  return date.slice(0, 10).split('-').reverse().join('-');
}

/** Everything from the hospital passes here: whatever it typed, the reader's app sees words and no markup. */
export function escapeXhtml(text: string): string {
  return text
    .replace(NOT_XML, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Characters XML 1.0 has no way to write, lone surrogates among them. */
const NOT_XML =
  /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\uD800-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const both = ({ en, hi }: Label): string => `${escapeXhtml(en)} / <span lang="hi">${escapeXhtml(hi)}</span>`;

function readable({ text, hindi, details = [] }: Line): string {
  const said = hindi === undefined ? escapeXhtml(text) : both({ en: text, hi: hindi });
  return (
    said +
    withText(details)
      .map(([label, line]) => `<br/>${both(label)}: ${readable(line)}`)
      .join('')
  );
}

function withText(rows: readonly Row[]): readonly (readonly [Label, Line])[] {
  return rows.filter((row): row is readonly [Label, Line] => row[1] !== undefined);
}

// A file name of eighty letters would else push the page wider than the phone.
const BREAK_LONG_WORDS = 'style="overflow-wrap:anywhere"';

function narrative(inner: string): Narrative {
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` };
}
