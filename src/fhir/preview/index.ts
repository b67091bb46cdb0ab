import type { Bundle } from 'fhir/r4.js';
import { OpenDocument } from './document.js';
import { head } from './head.js';
import { markup } from './html.js';
import type { Html } from './html.js';
import { sections } from './sections.js';
import { STYLE } from './style.js';
import { ENGLISH } from './texts.en.js';
import type { Texts } from './texts.en.js';
import { HINDI } from './texts.hi.js';
import { phrase } from './phrase.js';
import type { PreviewLanguage } from './view.js';
import { said, wordsOf } from './words.js';

export { PREVIEW_LANGUAGES } from './view.js';
export type { PreviewLanguage } from './view.js';

const TEXTS: Readonly<Record<PreviewLanguage, Texts>> = { en: ENGLISH, hi: HINDI };

/**
 * Documents as a patient's app shows them, one below the other: a whole page, from what is structured in them and not
 * from their narratives, so that a clerk sees what really arrives. What is missing is left out with its label.
 *
 * The page has no script, no link and no outside resource; it works under
 * `default-src 'none'; style-src 'unsafe-inline'; img-src data:`. Any bundle may be shown, also one from elsewhere that
 * was never validated: whatever is in it becomes text.
 */
export function previewHtml(documents: readonly Bundle[], language: PreviewLanguage): string {
  const texts = TEXTS[language];
  const shown = documents.map((bundle) => article(bundle, texts));
  const body = shown.length === 0 ? markup`<p>${texts.noDocuments}</p>` : markup`${shown}`;
  const inHead = markup`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${texts.pageTitle}</title>`;
  // The style is ours and holds no text of a document.
  return [
    '<!doctype html>',
    `<html lang="${language}"><head>${inHead.text}<style>${STYLE}</style></head>`,
    markup`<body><main>${body}</main></body></html>`.text,
    '',
  ].join('\n');
}

function article(bundle: Bundle, texts: Texts): Html {
  const document = new OpenDocument(bundle, texts);
  const { composition } = document;
  const title = phrase(texts, said(composition?.title) ?? wordsOf(composition?.type)) ?? texts.untitled;
  const top = head(document, title, texts);
  return markup`<article>${top}${sections(document, title, texts)}</article>`;
}
