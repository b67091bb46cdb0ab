import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isHindiWord } from './devanagari.js';
import { fromKrutiDev, toKrutiDev } from './kruti-dev.js';

/** Typed by the layout of the font, key by key, not by our program. */
const typed: readonly (readonly [keys: string, hindi: string])[] = [
  ['lquhrk nsoh', 'सुनीता देवी'],
  ['jk/kk ckbZ', 'राधा बाई'],
  ['jkeLo:i oekZ', 'रामस्वरूप वर्मा'],
  ["jes'k dqekj", 'रमेश कुमार'],
  ['y{eh nsoh', 'लक्ष्मी देवी'],
  ['jktsUæ izlkn', 'राजेन्द्र प्रसाद'],
  ['lq[knso ukx', 'सुखदेव नाग'],
  ['iwtk ;kno', 'पूजा यादव'],
  ['Hkkjrh feJk', 'भारती मिश्रा'],
  ['xhrk flag', 'गीता सिंह'],
  ['d`".k dqekj', 'कृष्ण कुमार'],
  ['Kkuorh', 'ज्ञानवती'],
  ['lkfo=h e.Mkoh', 'सावित्री मण्डावी'],
  ['vfurk usrke', 'अनिता नेताम'],
  ['eksgu yky', 'मोहन लाल'],
  ['vfuy frokjh', 'अनिल तिवारी'],
  ["f'ko'kadj ik.Ms;", 'शिवशंकर पाण्डेय'],
  ['nqxkZ ejdke', 'दुर्गा मरकाम'],
  ["v'kksd d';i", 'अशोक कश्यप'],
  ['deyk c?ksy', 'कमला बघेल'],
  ['QwyoUrh', 'फूलवन्ती'],
  ["lqjs'k dksjkZe", 'सुरेश कोर्राम'],
  ['vt; Bkdqj', 'अजय ठाकुर'],
  ['fot; jkBkSj', 'विजय राठौर'],
  ['/kesZUæ', 'धर्मेन्द्र'],
  ['fo|k', 'विद्या'],
  ['}kfjdk', 'द्वारिका'],
  ['cq)jke', 'बुद्धराम'],
  ['#fDe.kh', 'रुक्मिणी'],
  ['Jo.k', 'श्रवण'],
  ['nÙkk=s;', 'दत्तात्रेय'],
  ['eqUuh', 'मुन्नी'],
  ['Nk;k', 'छाया'],
  [',drk', 'एकता'],
  [",s'o;kZ", 'ऐश्वर्या'],
  ['vksedkj', 'ओमकार'],
  ['ÅfeZyk', 'ऊर्मिला'],
  ["mek 'kadj", 'उमा शंकर'],
  ['_f"k', 'ऋषि'],
  ["bZ'ojh", 'ईश्वरी'],
  ['czãnso', 'ब्रह्मदेव'],
  ['jkepUæ lkgw', 'रामचन्द्र साहू'],
  ["x.ks'k >k", 'गणेश झा'],
  ['<sysUæ', 'ढेलेन्द्र'],
  ['cM+s jke', 'बड़े राम'],
  ['Hkheflag <ksyd', 'भीमसिंह ढोलक'],
  ['ân; uanu', 'हृदय नंदन'],
  ['Jherh lqfe=k', 'श्रीमती सुमित्रा'],
  // Words of the clinic
  ['cq[kkj 3 fnu ls', 'बुखार 3 दिन से'],
  ['flj esa nnZ', 'सिर में दर्द'],
  ['isV nnZ vkSj mYVh', 'पेट दर्द और उल्टी'],
  ['ikuh T;knk fi,a', 'पानी ज्यादा पिएं'],
  ['[kkalh] lnhZ', 'खांसी, सर्दी'],
  ['nLr yx jgs gSa', 'दस्त लग रहे हैं'],
  ['vkjke djsaA', 'आराम करें।'],
  ['nok fu;fer ysa', 'दवा नियमित लें'],
  ['fpfdRld', 'चिकित्सक'],
  ['fLFkfr', 'स्थिति'],
  ['LokLF; dsUæ', 'स्वास्थ्य केन्द्र'],
  ["iz;ksx'kkyk", 'प्रयोगशाला'],
  ['Vª‚yh', 'ट्रॉली'],
  ['M‚DVj', 'डॉक्टर'],
  ['x`g ea=ky;', 'गृह मंत्रालय'],
  ['dk;ksZa', 'कार्यों'],
  ["'krksZa", 'शर्तों'],
  ['jk"Vªh;', 'राष्ट्रीय'],
  ['gw¡', 'हूँ'],
  ['vkfFkZd', 'आर्थिक'],
  ['‡ fnu', '५ दिन'],
];
/** Other keys that look the same on paper. */
const typedOtherwise: readonly (readonly [keys: string, hindi: string])[] = [
  ['jktsUnz izlkn', 'राजेन्द्र प्रसाद'],
  ['/keZsUnz', 'धर्मेन्द्र'],
  ['MkWDVj', 'डॉक्टर'],
  ['mRrj', 'उत्तर'],
  ['eqUuh', 'मुन्नी'],
  ['eqéh', 'मुन्नी'],
  ['çse', 'प्रेम'],
  ['dzkafr', 'क्रांति'],
  ['n~okfjdk', 'द्वारिका'],
  ['n~;k', 'द्या'],
  ['jqfDe.kh', 'रुक्मिणी'],
  ['—".k', 'कृष्ण'],
  ['czg~e', 'ब्रह्म'],
  ['dk;Z—e', 'कार्यकृम'],
  ['o"kks±', 'वर्षों'],
  ['ugÈ', 'नहीं'],
  ["vkWijs'ku", 'ऑपरेशन'],
];

const notHindi: readonly string[] = [
  'lquhrkk', // two signs on one letter
  'hlquhrk', // a sign without a letter
  'lquhr~', // a halant at the end
  'lquhrkf', // ि with nothing behind it
  'Zlquhrk', // the hook with nothing before it
  'lquhr€', // not a key
  'T¥ku', // nobody types ज्ञ so
  'lquhrak k',
  'Sunita Devi',
  'sunita devi',
  'SUNITA',
  'positive',
  '.krk', // no word begins with ण
  'dv',
  '',
  '  ',
  '123',
];

describe('fromKrutiDev', () => {
  it.each(typed)('reads %s as %s, and types it so again', (keys, hindi) => {
    expect([fromKrutiDev(keys), toKrutiDev(hindi)]).toEqual([hindi.normalize('NFC'), keys]);
  });

  it.each(typedOtherwise)('reads %s as %s too', (keys, hindi) => {
    expect(fromKrutiDev(keys)).toBe(hindi.normalize('NFC'));
  });

  it.each(notHindi)('is not sure of %j', (keys) => {
    expect(fromKrutiDev(keys)).toBeUndefined();
  });

  it('reads every word it types', () => {
    const letters = fc.constantFrom(...Array.from('कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह'));
    const clusters = fc.oneof(
      letters,
      fc.constantFrom('क्ष', 'ज्ञ', 'त्र', 'श्र', 'द्ध', 'स्थ', 'न्द्र', 'र्म', 'र्य', 'ड़', 'प्र', 'र्ष्य'),
    );
    const signs = fc.constantFrom('', 'ा', 'ि', 'ी', 'ु', 'ू', 'ृ', 'े', 'ै', 'ो', 'ौ', 'ॉ');
    const syllables = fc.tuple(clusters, signs, fc.constantFrom('', '', '', 'ं', 'ँ')).map((parts) => parts.join(''));
    const words = fc.array(syllables, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(words.filter(isHindiWord), (word) => {
        expect(fromKrutiDev(toKrutiDev(word))).toBe(word.normalize('NFC'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time in proportion to the text', () => {
    const begin = performance.now();
    for (const keys of ['lquhrk ', 'f', 'Z', 'D', 'd~', 'va', 'vkk', 'bbb']) fromKrutiDev(keys.repeat(50_000));
    expect(performance.now() - begin).toBeLessThan(20_000);
  });
});
