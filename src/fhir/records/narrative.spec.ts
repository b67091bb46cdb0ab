import { describe, expect, it } from '@jest/globals';
import { isSafeXhtml } from '../validation/narrative.js';
import { dayText, escapeXhtml, listNarrative, tableNarrative } from './narrative.js';

describe('readable text', () => {
  it('escapes markup', () => {
    expect(escapeXhtml(`<a href="x">&'`)).toBe(`&lt;a href=&quot;x&quot;&gt;&amp;'`);
  });

  it('leaves out what XML cannot write, and keeps Hindi and emoji', () => {
    expect(escapeXhtml('a\u0000\u0008b\uFFFFc\uD800d 😀 हिन्दी\t\n')).toBe('abcd 😀 हिन्दी\t\n');
  });

  it('is XHTML whatever comes in', () => {
    const { div } = listNarrative({ en: 'A<', hi: '"' }, [{ text: '</li></ul></div><script>', hindi: '&amp' }]);
    expect(isSafeXhtml(div)).toBe(true);
    expect(div).not.toContain('<script');
  });
});

describe('readable text on a phone', () => {
  const label = { en: 'Batch', hi: 'बैच' };

  it('says more about a line below it, and nothing where there is nothing', () => {
    const { div } = listNarrative({ en: 'Vaccines', hi: 'टीके' }, [
      {
        text: 'BCG',
        details: [
          [label, { text: 'B<1', hindi: 'बी & १' }],
          [{ en: 'Site', hi: 'जगह' }, undefined],
        ],
      },
    ]);
    expect(isSafeXhtml(div)).toBe(true);
    expect(div).toContain(
      '>BCG<br/>Batch / <span lang="hi">बैच</span>: B&lt;1 / <span lang="hi">बी &amp; १</span></li>',
    );
    expect(div).not.toContain('Site');
  });

  it('breaks a word that is wider than the phone, in lists and in tables', () => {
    const name = 'x'.repeat(200);
    for (const { div } of [listNarrative(label, [{ text: name }]), tableNarrative([[label, { text: name }]])]) {
      expect(isSafeXhtml(div)).toBe(true);
      expect(div).toMatch(/style="overflow-wrap:anywhere"[^x]*x{200}/);
    }
  });

  it('has no row without text', () => {
    expect(tableNarrative([[label, undefined]]).div).not.toContain('<tr>');
  });

  it.each([
    ['2025-08-12', '12-08-2025'],
    ['2025-08-12T09:41:00+05:30', '12-08-2025'],
    ['2025-08', '08-2025'],
    ['2025', '2025'],
  ])('writes a day as India does: %s', (date, text) => {
    expect(dayText(date)).toBe(text);
  });
});

describe('readable text from elsewhere', () => {
  const inDiv = (inner: string) => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

  it.each(['<p>a &amp; b</p>', '<br/>', '<!-- a < b --><p class="x">y</p>', '<img src="data:image/png;base64,AA=="/>'])(
    'may hold %s',
    (inner) => {
      expect(isSafeXhtml(inDiv(inner))).toBe(true);
    },
  );

  it.each([
    '<script>1</script>',
    '<p onclick="x()">a</p>',
    '<a href="javascript:x()">a</a>',
    '<iframe src="x"></iframe>',
    '<p>open',
    '<b><i></b></i>',
    'a & b',
    'a < b',
    '<!-- open',
  ])('may not hold %s', (inner) => {
    expect(isSafeXhtml(inDiv(inner))).toBe(false);
  });

  it('stands in a div of XHTML', () => {
    expect(isSafeXhtml('<p>a</p>')).toBe(false);
    expect(isSafeXhtml('<div>a</div>')).toBe(false);
  });

  it('is judged quickly even when it is made to be slow', () => {
    const start = performance.now();
    for (const hostile of ['<!--', '<a ', '<a "', '&', '<div '].map((piece) => piece.repeat(100_000))) {
      expect(isSafeXhtml(inDiv(hostile))).toBe(false);
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
