import { describe, expect, it } from '@jest/globals';
import { asciiDigits, cleanText, isTidied, wordKey } from './text.js';

describe('cleanText', () => {
  it.each([
    ['  fever \t 3\r\ndays ', 'fever 3 days', 'spaces and line breaks become one space'],
    ['fever\u0007 3\u0000', 'fever 3', 'control characters go'],
    ['Asha\u0000Kashyap', 'Asha Kashyap', 'between letters they stood for a space'],
    ['सु\u0007नीता', 'सु नीता', 'also between Hindi ones'],
    ['\ufefffe\u200bver\u200e', 'fever', 'byte order mark, zero-width space and direction marks go'],
    ['क्\u200dष', 'क्\u200dष', 'the joiner behind a Devanagari sign is meaningful'],
    ['क्\u200cष', 'क्\u200cष', 'the non-joiner behind a Devanagari sign is meaningful'],
    ['क्\u200d\u200dष', 'क्\u200dष', 'a doubled joiner is one'],
    ['fe\u200dver', 'fever', 'a joiner between Latin letters is in the way'],
    ['re\u0301sume\u0301', 'résumé', 'NFC'],
    ['half\ud800', 'half', 'half of a surrogate pair goes'],
    ['😀 ok', '😀 ok', 'a whole pair stays'],
  ])('%j becomes %j: %s', (came, clean) => {
    expect(cleanText(came)).toBe(clean);
  });

  it('does not count a change of Unicode form as tidying', () => {
    const came = 'क\u093c';
    expect(isTidied('\u0958', cleanText('\u0958'))).toBe(false);
    expect(isTidied(`${came} `, cleanText(came))).toBe(true);
  });

  it('compares words without capitals, end dots and spaces', () => {
    expect(wordKey(' Smt. ')).toBe('SMT');
    expect(wordKey('.')).toBe('.');
  });

  it('reads Devanagari digits', () => {
    expect(asciiDigits('१२/०८/२०२५')).toBe('12/08/2025');
  });
});
