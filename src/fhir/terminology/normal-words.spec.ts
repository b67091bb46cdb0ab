import { describe, expect, it } from '@jest/globals';
import { normalUnit, normalWords } from './normal-words.js';

describe('words for looking up', () => {
  it.each([
    ['Ac. URTI', 'ac urti'],
    ['  OA   KNEE ', 'oa knee'],
    ['P.O.', 'po'],
    ['U.R.T.I', 'urti'],
    ['बी.पी.', 'बीपी'],
    ['पेंटा-2', 'पेंटा 2'],
    ['Dextrose 5 %', 'dextrose 5%'],
    ['0.5', '0.5'],
    ['1,000', '1000'],
    ['दिन में ३ बार', 'दिन में 3 बार'],
    ['fe\u200Bver', 'fever'],
    ['ＦＥＶＥＲ', 'fever'],
    ['?malaria', '? malaria'],
  ])('%j is %j', (text, normal) => {
    expect(normalWords(text)).toBe(normal);
  });

  it('are the same with and without nukta, and with either nasal sign', () => {
    expect(normalWords('सि\u0930 \u095C')).toBe(normalWords('सि\u0930 \u0921\u093C'));
    expect(normalWords('खाँसी')).toBe(normalWords('खांसी'));
    expect(normalWords('ज़रूरत')).toBe(normalWords('जरूरत'));
  });
});

describe('units for looking up', () => {
  it.each([
    ['gm %', 'gm%'],
    ['mg/dl.', 'mg/dl'],
    ['cu.mm', 'cumm'],
    ['10³/µL', '10^3/ul'],
    ['µg/dL', 'ug/dl'],
    ['mL/min/1.73 m2', 'ml/min/1.73m2'],
  ])('%j is %j', (text, normal) => {
    expect(normalUnit(text)).toBe(normal);
  });
});
