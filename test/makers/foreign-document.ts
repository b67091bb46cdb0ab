import type { Bundle, Composition, FhirResource } from 'fhir/r4.js';

/** A document as another hospital might send it: as little as FHIR allows, references of the plain kind. */
export function aForeignDocument(resources: readonly FhirResource[], changes: Partial<Composition> = {}): Bundle {
  const composition: Composition = {
    resourceType: 'Composition',
    id: 'c1',
    status: 'final',
    type: { text: 'Foreign record' },
    date: '2025-08-12T09:41:00+05:30',
    author: [{ display: 'Dr Elsewhere' }],
    title: 'Foreign record',
    section: [
      { title: 'Contents', entry: resources.map((each) => ({ reference: `${each.resourceType}/${each.id ?? ''}` })) },
    ],
    ...changes,
  };
  return {
    resourceType: 'Bundle',
    type: 'document',
    entry: [composition, ...resources].map((resource) => ({ resource })),
  };
}

/** What a reader sees of a page: its words, without markup and with single spaces. */
export function wordsOfPage(html: string): string {
  const body = html
    .slice(html.indexOf('<body>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  return body.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

const TAG = /<(?<close>\/?)(?<name>[a-z0-9]+)(?<attributes>(?: [a-z-]+="[^"<>]*")*)>/g;
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  lang: /^(?:en|hi)$/,
  class: /^[a-z ]+$/,
  charset: /^utf-8$/,
  name: /^viewport$/,
  content: /^width=device-width, initial-scale=1$/,
  scope: /^(?:col|rowgroup)$/,
  colspan: /^[1-9]$/,
  alt: /^[^"<>]*$/,
  src: /^data:image\/(?:png|jpeg|gif);base64,[A-Za-z0-9+/]+={0,2}$/,
};
const TAGS = new Set(
  'html head meta title style body main article header section h1 h2 p div dl dt dd table thead tbody tr th td small span strong pre img'.split(
    ' ',
  ),
);
const VOID = new Set(['meta', 'img']);

/**
 * What is wrong with a page: a tag or attribute that is none of ours, an unclosed tag, an empty cell or heading, a
 * placeholder. Nothing a document says may ever become one of these.
 */
export function blemishesOf(html: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  const page = html.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '');
  for (const { groups } of page.matchAll(TAG)) {
    const { close, name = '', attributes = '' } = groups ?? {};
    if (!TAGS.has(name)) found.push(`tag ${name}`);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
      if (ATTRIBUTES[attribute]?.test(value) !== true) found.push(`attribute ${attribute}`);
    }
    if (close === '/' && open.pop() !== name) found.push(`unbalanced ${name}`);
    if (close === '' && !VOID.has(name)) open.push(name);
  }
  found.push(...open.map((name) => `unclosed ${name}`));
  if (/[<>]/.test(page.replace(TAG, ''))) found.push('a stray bracket');
  const empty = /<(td|th|dt|dd|dl|h1|h2|p|div|small|span|strong|pre|section|tr|tbody)(?: [^>]*)?>\s*<\/\1>/.exec(page);
  if (empty !== null) found.push(`empty ${empty[1] ?? ''}`);
  const placeholder = /undefined|\bnull\b|NaN|Invalid Date|\[object|>\s*(?:N\/?A|n\/?a)\s*</.exec(
    page.replace(/src="[^"]*"/g, ''),
  );
  if (placeholder !== null) found.push(`placeholder ${placeholder[0]}`);
  return found;
}
