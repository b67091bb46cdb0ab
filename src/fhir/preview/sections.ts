import type { CompositionSection } from 'fhir/r4.js';
import type { OpenDocument } from './document.js';
import { markup, isShown } from './html.js';
import type { Html } from './html.js';
import { line } from './pieces.js';
import type { Texts } from './texts.en.js';
import { phrase } from './phrase.js';
import { list, plainText, said, wordsOf } from './words.js';

const DEPTH = 6;

/** A Composition's sections, then whatever else the document encloses. */
export function sections(document: OpenDocument, documentTitle: string, texts: Texts): Html[] {
  const all = list(document.composition?.section).map((each) =>
    section(each, { document, documentTitle, texts }, DEPTH),
  );
  const rest = document.showUntold();
  const others =
    rest.length === 0
      ? undefined
      : markup`<section>${heading(document.composition && texts.otherContents)}${rest}</section>`;
  return [...all, others].filter((each) => each !== undefined);
}

interface Shown {
  readonly document: OpenDocument;
  readonly documentTitle: string;
  readonly texts: Texts;
}

function section(from: CompositionSection, of: Shown, depth: number): Html | undefined {
  const { document, texts } = of;
  const entries = list(from.entry).map((reference) => ({ reference, found: document.view.find(reference) }));
  const found = entries.flatMap((entry) => entry.found ?? []);
  const absent = entries
    .filter((entry) => entry.found === undefined)
    .map(({ reference }) => document.view.show(reference));
  const isIncomplete = absent.some((each) => each === undefined);
  const contents = [
    ...document.showAll(found),
    ...absent,
    isIncomplete ? line(texts.partMissing) : undefined,
    // A section may say all in words: then its narrative is all there is.
    entries.length === 0 ? line(plainText(from.text?.div) ?? wordsOf(from.emptyReason)) : undefined,
    ...(depth === 0 ? [] : list(from.section).map((each) => section(each, of, depth - 1))),
  ].filter(isShown);
  if (contents.length === 0) return undefined;
  const title = phrase(texts, said(from.title) ?? wordsOf(from.code));
  // A document of one section is often called like it.
  return markup`<section>${heading(title === of.documentTitle ? undefined : title)}${contents}</section>`;
}

const heading = (title: string | undefined): Html | undefined =>
  title === undefined ? undefined : markup`<h2>${title}</h2>`;
