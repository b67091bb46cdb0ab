import { escapeXhtml } from '../records/narrative.js';

/** Markup in which every text has been escaped. Only `markup` makes one, so a text cannot pass for markup. */
class SafeMarkup {
  constructor(readonly text: string) {}
}
export type Html = SafeMarkup;

/** What may stand in a page: text, which is escaped, or markup, which is not. `undefined` shows nothing. */
export type Content = string | Html | undefined;

/**
 * Writes markup: ``markup`<b>${text}</b>` ``. Attributes stand in double quotes, and no text stands in a `<style>`.
 * A value that is no text at run time (a foreign document's object where FHIR wants a string) shows nothing.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly (Content | readonly Content[])[]): Html {
  return new SafeMarkup(strings.map((string, at) => string + written(parts[at])).join(''));
}

/** Shown contents with something between them; undefined when there is nothing to show. */
export function joined(parts: readonly Content[], between: string): Html | undefined {
  const shown = parts.filter(isShown);
  return shown.length === 0 ? undefined : new SafeMarkup(shown.map(written).join(escapeXhtml(between)));
}

export function isShown(part: Content): part is string | Html {
  return part !== undefined && written(part) !== '';
}

function written(part: Content | readonly Content[]): string {
  if (typeof part === 'string') return escapeXhtml(part);
  if (part instanceof SafeMarkup) return part.text;
  return Array.isArray(part) ? part.map(written).join('') : '';
}
