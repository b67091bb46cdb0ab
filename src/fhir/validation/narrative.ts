const FRAME = /^\s*<div\s[^>]*xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"[^>]*>[\s\S]*<\/div>\s*$/;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>/g;
const ACTIVE_ELEMENT = /^(script|iframe|object|embed|form|input|button|link|meta|base|style|head|body|html|frame)$/i;
const ACTIVE_ATTRIBUTE = /\s(on[a-z]+\s*=|(href|src)\s*=\s*["']?\s*(javascript|vbscript|data:text))/i;

/**
 * Narrative is shown by other people's apps, so it holds formatting only: balanced tags, no scripts, no forms.
 * Source: R4 narrative, txt-1.
 */
export function isSafeXhtml(text: string): boolean {
  const div = withoutComments(text);
  if (div === undefined || !FRAME.test(div)) return false;
  const open: string[] = [];
  let between = 0;
  for (const tag of div.matchAll(TAG)) {
    const [whole, closing, name = '', attributes = '', selfClosing] = tag;
    if (!isPlainText(div.slice(between, tag.index))) return false;
    between = tag.index + whole.length;
    if (ACTIVE_ELEMENT.test(name) || ACTIVE_ATTRIBUTE.test(attributes)) return false;
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else if (selfClosing !== '/') open.push(name);
  }
  return open.length === 0 && isPlainText(div.slice(between));
}

/** A regex over an unclosed comment would take time squared; this is one pass. Undefined: a comment stays open. */
function withoutComments(text: string): string | undefined {
  const [before = '', ...commented] = text.split('<!--');
  const ends = commented.map((part) => part.indexOf('-->'));
  if (ends.includes(-1)) return undefined;
  return before + commented.map((part, at) => part.slice((ends[at] ?? 0) + 3)).join('');
}

/** Between two tags: no bare `<`, and `&` only as the start of an entity. */
function isPlainText(text: string): boolean {
  return !text.includes('<') && !/&(?!(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);)/.test(text);
}
