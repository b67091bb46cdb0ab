import type { FhirResource } from 'fhir/r4.js';
import { day, moment } from '../dates.js';
import { nameOf } from '../names.js';
import { item, line } from '../pieces.js';
import type { View } from '../view.js';
import { plainText, said, texts } from '../words.js';
import type { Html } from '../html.js';

/** Members that are for machines. */
const UNTOLD = new Set([
  'resourceType',
  'id',
  'meta',
  'div',
  'reference',
  'system',
  'code',
  'contained',
  'extension',
  'data',
  'url',
  'fullUrl',
  'type',
  'use',
]);
const MOST_TEXTS = 40;
const DEPTH = 6;

/** Any other kind of resource: its name, and its narrative or the texts in it. Plain, but nothing is silently missing. */
export function other(resource: FhirResource, view: View): Html | undefined {
  const kind = said(resource.resourceType) ?? '';
  const label = view.texts.kinds[kind] ?? kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const name = nameOf(resource, (reference) => view.find(reference));
  const told = 'text' in resource ? plainText(resource.text?.div) : undefined;
  const heads = texts([label, name]);
  const words =
    told ??
    texts(textsIn(resource, DEPTH).slice(0, MOST_TEXTS))
      .filter((text) => !heads.includes(text))
      .join(' · ');
  return item(heads.join(': '), line(words));
}

function textsIn(value: unknown, depth: number): string[] {
  const text = said(value);
  if (text !== undefined) return [/^\d{4}-\d{2}-\d{2}/.test(text) ? (moment(text) ?? day(text) ?? text) : text];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value)
    .filter(([key]) => !UNTOLD.has(key))
    .flatMap(([, member]: [string, unknown]) => textsIn(member, depth - 1));
}
