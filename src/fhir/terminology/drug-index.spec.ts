import { describe, expect, it } from '@jest/globals';
import { snomed } from './coding.js';
import { drugForm } from './drug-forms.js';
import { bareDrugName, DrugIndex, formOfDrug } from './drug-index.js';
import { readStrengths } from './drug-strength.js';

// Codes of no system: only which one is found matters here.
function index(): DrugIndex {
  const drugs = new DrugIndex();
  const row = (name: string, synonyms: string[], form: string, strength: string, code: string) =>
    drugs.add({
      name,
      synonyms,
      form: drugForm(form),
      strength: readStrengths(strength).measures,
      coding: snomed(code, name),
    });
  row('Paracetamol', ['PCM', 'P 500'], '', '', 'pcm');
  row('Paracetamol', [], 'tablet', '500 mg', 'pcm-tab-500');
  row('Paracetamol', [], 'tablet', '1 g', 'pcm-tab-1g');
  row('Paracetamol', [], 'syrup', '125 mg/5 mL', 'pcm-syp-125');
  row('Aciclovir', ['ACYCLOVIR'], '', '', 'acv');
  row('Aciclovir', [], 'cream', '50 mg/g', 'acv-cream');
  row('Artemether + lumefantrine', ['AL', 'ACT (AL) ADULT'], '', '', 'al');
  row('Amoxicillin', ['AMOX'], '', '', 'amox');
  row('Clavulanic acid', ['CLAV'], '', '', 'clav');
  row('Thyroxine', [], '', '', 'thyr');
  row('Thyroxine', [], 'tablet', '50 mcg', 'thyr-50mcg');
  row('Thyroxine', [], 'tablet', '50 mg', 'thyr-50mg');
  row('ORS', ['ORS SACHET'], 'sachet', '', 'ors');
  return drugs;
}
const find = (text: string) => index().find(text)?.code;

describe('a drug as a prescriber writes it', () => {
  it.each([
    ['TAB PCM 500', 'pcm-tab-500'],
    ['Tab. Paracetamol 500mg', 'pcm-tab-500'],
    ['T. PCM 500 mg', 'pcm-tab-500'],
    ['PCM TAB 0.5 g', 'pcm-tab-500'],
    ['TAB PCM 1GM', 'pcm-tab-1g'],
    ['TAB PCM 500 x 10', 'pcm-tab-500'],
    ['TAB PCM 500MG 10s strip', 'pcm-tab-500'],
    ['SYP PARACETAMOL 125MG/5ML', 'pcm-syp-125'],
    ['SYP PCM 250 mg/10ml 60 ml', 'pcm-syp-125'],
    ['ACYCLOVIR CREAM 5%', 'acv-cream'],
    ['टैब PCM 500', 'pcm-tab-500'],
    ['TAB P 500', 'pcm-tab-500'],
    ['ORS SACHET', 'ors'],
  ])('%s is that product: form and strength are written', (text, code) => {
    expect(find(text)).toBe(code);
  });

  it.each([
    ['TAB PCM 650', 'pcm'],
    ['PCM', 'pcm'],
    ['PCM 500', 'pcm'],
    ['TAB PCM', 'pcm'],
    ['INJ PARACETAMOL 500MG', 'pcm'],
    ['SYP PCM 125', 'pcm'],
    ['Acyclovir oint 5%', 'acv'],
    ['TAB THYROXINE 50', 'thyr'],
  ])('%s is the generic: no product is written for sure', (text, code) => {
    expect(find(text)).toBe(code);
  });

  it.each(['TAB ACT (AL) ADULT', 'Tab AL 80/480', 'Artemether+Lumefantrine'])(
    '%s is a combination with a name',
    (text) => {
      expect(find(text)).toBe('al');
    },
  );

  it.each([
    'AMOX + CLAV',
    'TAB AMOX CLAV 625',
    'PCM SR',
    'TAB PCM PLUS',
    'SYP COUGH LINCTUS',
    'TAB',
    '500',
    '',
    'ORS',
    'constructor',
    'PARACITAMOL',
  ])('%j is not coded', (text) => {
    expect(find(text)).toBeUndefined();
  });

  it('shows the name without form and strength', () => {
    expect(bareDrugName('TAB XYLOZOLE 500 mg')).toBe('xylozole');
  });

  it.each([
    ['TAB PCM 500', 'tablet'],
    ['PCM 500 tabs', 'tablet'],
    ['TAB ZINC 20 DT', 'dispersible tablet'],
    ['CAP OMEPRAZOLE 20', 'capsule'],
    ['E/D CIPRO', 'eye drops'],
    ['ORS', undefined],
    ['TAB OR CAP', undefined],
  ])('%s says the form %s', (text, form) => {
    expect(formOfDrug(text)).toBe(form);
  });

  it('is refused when its words mean another drug already', () => {
    const drugs = index();
    const row = { form: undefined, strength: [], coding: snomed('x', 'x') };
    expect(drugs.add({ ...row, name: 'Phencyclidine', synonyms: ['pcm'] })).toEqual(['pcm']);
    expect(drugs.add({ ...row, name: 'Paracetamol', synonyms: [] })).toEqual(['Paracetamol']);
  });
});
