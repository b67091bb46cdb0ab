import { markup, isShown } from './html.js';
import type { Content, Html } from './html.js';

// What pages are made of. A piece without content is no piece: no empty cell, list or heading is ever written.

/** Labels with what they say; a label without content is left out. */
export function facts(rows: readonly (readonly [string, Content])[]): Html | undefined {
  const shown = rows.filter(([, content]) => isShown(content));
  if (shown.length === 0) return undefined;
  return markup`<dl>${shown.map(([label, content]) => markup`<div><dt>${label}</dt><dd>${content}</dd></div>`)}</dl>`;
}

/** One thing of a record: what it is, then what there is to say about it. */
export function item(head: Content, ...about: readonly Content[]): Html | undefined {
  const lines = [isShown(head) ? markup`<p class="head">${head}</p>` : undefined, ...about].filter(isShown);
  return lines.length === 0 ? undefined : markup`<div class="item">${lines}</div>`;
}

export function line(content: Content): Html | undefined {
  return isShown(content) ? markup`<p>${content}</p>` : undefined;
}

export function small(content: Content): Html | undefined {
  return isShown(content) ? markup`<small>${content}</small>` : undefined;
}

/** What the reader must not miss: a status, High, Low. */
export function mark(content: Content, tone: 'calm' | 'warn' | 'alarm' = 'calm'): Html | undefined {
  return isShown(content) ? markup`<span class="mark ${tone}">${content}</span>` : undefined;
}

/** A text in a language that may differ from the page's. */
export function inHindi(text: string): Html {
  return markup`<span lang="hi">${text}</span>`;
}

/** `group` is a heading over the rows that follow. */
export type Row = { readonly cells: readonly Content[] } | { readonly group: Content };

/**
 * A table. A column nobody fills is left out; a cell without content is taken over by the one before it.
 * @param headings none for a table that explains itself
 */
export function table(headings: readonly string[] | undefined, rows: readonly Row[]): Html | undefined {
  const filled = rows.filter((row) => ('group' in row ? isShown(row.group) : row.cells.some(isShown)));
  if (filled.length === 0) return undefined;
  const lists = filled.flatMap((row) => ('group' in row ? [] : [row.cells]));
  const columns = Array.from({ length: Math.max(1, ...lists.slice(0, 1).map((cells) => cells.length)) }, (_, at) => at);
  const used = columns.filter((at) => at === 0 || lists.some((cells) => isShown(cells[at])));
  const head =
    headings && markup`<thead><tr>${used.map((at) => markup`<th scope="col">${headings[at]}</th>`)}</tr></thead>`;
  const body = filled.map((row) =>
    'group' in row
      ? markup`<tr class="group"><th scope="rowgroup" colspan="${String(used.length)}">${row.group}</th></tr>`
      : markup`<tr>${spanned(used.map((at) => row.cells[at]))}</tr>`,
  );
  return markup`<table>${head}<tbody>${body}</tbody></table>`;
}

function spanned(cells: readonly Content[]): Html[] {
  const filled = cells.flatMap((content, at) => (isShown(content) ? [{ content, at }] : []));
  return filled.map(({ content }, nth) => {
    const from = nth === 0 ? 0 : (filled[nth]?.at ?? 0);
    const to = filled[nth + 1]?.at ?? cells.length;
    return to - from === 1 ? markup`<td>${content}</td>` : markup`<td colspan="${String(to - from)}">${content}</td>`;
  });
}
