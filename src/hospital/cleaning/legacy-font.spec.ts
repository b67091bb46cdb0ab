import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { afterLegacyFont, looksLikeKrutiDev, readLegacyFont } from './legacy-font.js';

/** As clerks type Latin letters, each also in capitals and in Title Case. */
const LATIN_NAMES = `
  sunita devi, anita kumari, gita devi, reena kumari, meena devi, phoolmati bai, budhni, sukhdev nag, dilip mandavi,
  arjun mandavi, lachhu ram, lachhmi, hidma, hidme, kosa, kosi, bhima, aaita, aayti, deve, hunga, hungi, joga, jogi,
  kawasi lakhma, madvi hidma, podiyam, sodhi, sori, kartam, kunjam, markam, netam, poyam, korram, mandavi, usendi,
  baghel, kashyap, maurya, thakur, bhatra, muria, gond, halba, kadti, tellam, telam, kudiyam, korsa, vetti, vatti,
  ram kishun yadav, ramkishore prasad, shyam lal, gyan chand, krishna kumar, lakshmi narayan, dhruv, mohd iqbal qureshi,
  mohd salim, md shahid, sk rahim, abdul khalique, farooq ansari, zubaida khatoon, shabnam parveen, nazneen, tabassum,
  rukhsana, hasina bibi, jharna, jhunni, jhuma, chhaya, chhoti, ghanshyam, bhrigu, brijesh, brahmdeo, kshama, kshitij,
  pushpa, pyare lal, pyari, prakash, pramila, pratima, shraddha, shree, shweta, sneha, smriti, stuti, swati, sweety,
  tribhuvan, tripti, tulsi, twinkle, tshering, tsewang, vrinda, vyas, yamuna, yashoda, zeenat, dey, deb, dutta,
  nguyen, ngangom, hmingthanga, hrangkhol, lalrinmawia, lyngdoh, kharkongor, jyoti, jwala, gwala, mrs rao, cyril,
  mark, clark, stark, park, ryan, hyacinth, lydia, myra, nyla, kyra, sylvia, ehsan, eknath, ekta, isha, ikram, ujjwal,
  farooq, ashok, alok, vivek, deepak, dipak, ritik, kartik, malik, barik, khusboo, rinku, pinku, mintu, chintu, guddu,
  o'brien, d'souza, r.k. singh, a k singh, radha-rani, radha/rani, kumar (minor)
`
  .trim()
  .split(/,\s*/);

const CLINIC_TEXTS: readonly string[] = [
  'bukhar 3 din se',
  'c/o fever x 3/7',
  'k/c/o HTN',
  'k/c/o htn dm',
  'htn',
  'h/o fall',
  'pt. stable',
  'pain abd, vomiting',
  'fever,cough',
  'Ac. URTI',
  'pet dard, ulti',
  'sir dard aur chakkar',
  'kamjori, bhukh nahi lagti',
  '5 din baad dikhaye',
  'pani jyada piye',
  'BP 120/80 mmHg',
  'mmHg',
  'HbA1c high',
  'IgG positive',
  'mRNA vaccine',
  'pH 7.4',
  'NaCl gargle',
  'HBsAg neg',
  'S. Cr 1.2 mg/dL',
  'eGFR low',
  'pneumonia',
  'pterygium OD',
  'psoriasis',
  'cystitis',
  'hypertension',
  'hypothyroidism',
  'hydrocele',
  'lymphadenopathy',
  'gynae opinion',
  'dysmenorrhoea',
  'rhythm normal',
  'tb spine',
  'cxr pa view',
  'ncct head',
  'usg abd',
  'tmj pain',
  'back to work',
  'blackspot, checkpost road',
  'vill. kondapal',
  'tehsil bhanpuri',
  'Dr. Verma / Dr. Rao',
  '',
  '???',
];

const DRUGS = `
  tab pcm 500, syp cough linctus, tab cetirizine 10mg, cap omeprazole 20, inj ondansetron 4mg, ors, tab mtx, tab dcm, hcqs,
  tab amlodipine, tab telmisartan, thyroxine, ciprofloxacin, co-trimoxazole, phytomenadione, physostigmine, pyrazinamide,
  pyridoxine, ptu, hydroxyzine, hydrochlorothiazide, chlorpheniramine, chlorhexidine m/w, phenytoin, theophylline,
  tramadol, diclofenac sr, rl 500ml, ns 100ml, kcl, mgso4, inj tt, inj trd, glycopyrrolate, clotrimazole, zinc dt
`
  .trim()
  .split(/,\s*/);

const titled = (text: string) => text.replace(/\b\p{Ll}/gu, (letter) => letter.toUpperCase());
const spellings = (texts: readonly string[]) => texts.flatMap((text) => [text, titled(text), text.toUpperCase()]);

describe('looksLikeKrutiDev', () => {
  it.each([
    'lquhrk nsoh',
    'jkeLo:i',
    "jes'k",
    'xhrk',
    'dqekj',
    'y{eh',
    'izlkn',
    'jk/kk',
    'iwtk',
    ';kno',
    'Hkkjrh',
    'oekZ',
    'eksgu yky',
    'ehuk nsoh',
    'jke flag',
    'vfuy',
    'deyk',
  ])('suspects the name %j', (text) => expect(looksLikeKrutiDev(text)).toBe(true));

  it('suspects no name in Latin letters', () => {
    expect(spellings(LATIN_NAMES).filter(looksLikeKrutiDev)).toEqual([]);
  });

  it.each([
    'McNair',
    'Dkhar',
    'RadhaDevi',
    'Radha/Rani',
    'DeSouza',
    "O'Brien",
    'R.K. Singh',
    'Dr.k Rao',
    'radha.k',
    "o'keefe",
    'Mohd.Salim',
    'Lhamo',
    'Tlangi',
    'W/O Ram',
    's/o ram',
    'sUNITA dEVI',
    'सुनीता',
    '',
  ])('does not suspect %j', (text) => expect(looksLikeKrutiDev(text)).toBe(false));
});

describe('readLegacyFont', () => {
  it.each([
    ['cq[kkj 3 fnu ls', 'बुखार 3 दिन से'],
    ['isV esa nnZ', 'पेट में दर्द'],
    ['flj nnZ vkSj pDdj', 'सिर दर्द और चक्कर'],
    ['ikuh T;knk fi,a', 'पानी ज्यादा पिएं'],
    ['[kkalh] lnhZ', 'खांसी, सर्दी'],
    ['vkjke djsaA', 'आराम करें।'],
    ['mYVh', 'उल्टी'],
    ['xzke dks.Mkiky', 'ग्राम कोण्डापाल'],
    ['cLrj', 'बस्तर'],
    ['eysfj;k', 'मलेरिया'],
  ])('reads %j as %j, for sure', (text, hindi) => {
    expect(readLegacyFont(text)).toEqual({
      value: hindi,
      says: [{ rule: 'legacy-font-converted', understood: hindi, certainty: 'sure' }],
    });
  });

  it.each(['cq[kkj vkSj nnZ 2 €', 'isV nnZ cq[kkj TAB PCM', 'lquhrk nsoh ds~'])('leaves %j, with a remark', (text) => {
    const says = [{ rule: 'legacy-font', understood: undefined, certainty: 'unsure' }];
    expect(readLegacyFont(text)).toEqual({ value: text, says });
  });

  it.each(['csom', 'pcos', 'nsaid', 'csom lt', 'pcos nsaid', 'ncct', 'tlbrd'])('leaves the abbreviation %j', (text) => {
    expect(readLegacyFont(text)).toEqual({ value: text, says: [] });
  });

  it('leaves Hindi of which no word is known, with a remark where it is surely no English', () => {
    expect(readLegacyFont("x.ks'kiqj")).toMatchObject({ value: "x.ks'kiqj", says: [{ rule: 'legacy-font' }] });
  });

  it('leaves English, Hinglish, abbreviations, drugs and names alone', () => {
    const texts = [...CLINIC_TEXTS, ...spellings(DRUGS), ...spellings(LATIN_NAMES)];
    expect(texts.filter((text) => readLegacyFont(text).says.length > 0)).toEqual([]);
  });

  it('leaves every text of the demo feed alone', () => {
    const texts = readFileSync('config/demo/opd-day.ndjson', 'utf8').match(/(?<=":")[^"]{1,200}(?=")/g) ?? [];
    expect(texts.length).toBeGreaterThan(5_000);
    expect(texts.filter((text) => readLegacyFont(text).says.length > 0)).toEqual([]);
  });

  it('hands the Hindi to the next rule, and its remarks on', () => {
    const shout = afterLegacyFont((text) => ({
      value: `${text}!`,
      says: [{ rule: 'text-tidied', understood: text, certainty: 'sure' }],
    }));
    expect(shout('mYVh').value).toBe('उल्टी!');
    expect(shout('mYVh').says.map(({ rule }) => rule)).toEqual(['legacy-font-converted', 'text-tidied']);
  });
});
