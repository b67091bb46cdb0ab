import { normalWords } from './normal-words.js';

/** Forms of medicines as `drugs.csv` names them, with the words hospitals write for them. */
const FORM_WORDS = {
  tablet: ['tab', 'tabs', 'tablet', 'tablets', 'टैब', 'टैबलेट', 'टेबलेट', 'गोली'],
  'dispersible tablet': ['dt', 'tab dt', 'dispersible tablet', 'dispersible tab'],
  capsule: ['cap', 'caps', 'capsule', 'capsules', 'कैप', 'कैप्सूल'],
  syrup: ['syp', 'syr', 'syrup', 'सिरप'],
  suspension: ['susp', 'suspension', 'oral suspension'],
  solution: ['sol', 'soln', 'solution', 'oral solution'],
  injection: ['inj', 'injection', 'amp', 'ampoule', 'vial', 'इंजेक्शन', 'इन्जेक्शन'],
  infusion: ['ivf', 'iv fluid', 'infusion', 'iv infusion', 'inf'],
  gel: ['gel', 'जेल'],
  ointment: ['oint', 'ointment', 'मलहम'],
  cream: ['cream', 'crm', 'क्रीम'],
  lotion: ['lotion', 'lot', 'लोशन'],
  paste: ['paste'],
  powder: ['powder', 'pwd', 'pdr', 'dusting powder', 'पाउडर'],
  sachet: ['sachet', 'sachets', 'sach', 'पाउच'],
  granules: ['granules'],
  drops: ['drop', 'drops', 'gtt', 'ड्रॉप', 'ड्रॉप्स', 'बूंद'],
  'eye drops': ['e d', 'eye drop', 'eye drops'],
  'ear drops': ['ear drop', 'ear drops'],
  'nasal drops': ['n d', 'nasal drop', 'nasal drops'],
  'eye ointment': ['e o', 'eye oint', 'eye ointment'],
  inhaler: ['inh', 'inhaler', 'mdi', 'इनहेलर'],
  rotacap: ['rotacap', 'rotacaps'],
  respule: ['respule', 'respules', 'neb', 'nebulizer solution', 'nebuliser solution'],
  spray: ['spray'],
  'nasal spray': ['nasal spray'],
  suppository: ['supp', 'suppository', 'suppositories'],
  pessary: ['pess', 'pessary', 'vaginal tablet', 'vaginal tab'],
  mouthwash: ['mouthwash', 'mouth wash', 'gargle'],
  shampoo: ['shampoo'],
  soap: ['soap'],
  patch: ['patch'],
  lozenge: ['lozenge', 'lozenges'],
} as const satisfies Record<string, readonly string[]>;
export type DrugForm = keyof typeof FORM_WORDS;

const FORMS: ReadonlyMap<string, DrugForm> = new Map(
  (Object.keys(FORM_WORDS) as DrugForm[]).flatMap((form) =>
    [form, ...FORM_WORDS[form]].map((words) => [normalWords(words), form] as const),
  ),
);
const LONGEST_FORM = 2;

/** @returns the form that these words are and nothing else */
export function drugForm(words: string): DrugForm | undefined {
  return FORMS.get(normalWords(words));
}

/** A name with the words of a form taken away from its ends. */
export interface Peeled {
  readonly name: string;
  readonly forms: readonly DrugForm[];
}

/**
 * Takes form words from the front and the end, one by one: `tab amox dt` gives `tab amox dt`, `amox dt`, `amox`.
 * All steps are kept, because a form's word may belong to the name (`cough drops`).
 */
export function peelForms(name: string): readonly Peeled[] {
  const steps: Peeled[] = [{ name, forms: [] }];
  let words = name.split(' ');
  let forms: readonly DrugForm[] = [];
  for (let found = formAtEdge(words); found !== undefined; found = formAtEdge(words)) {
    words = found.rest;
    forms = [...forms, found.form];
    steps.push({ name: words.join(' '), forms });
  }
  return steps;
}

function formAtEdge(words: readonly string[]): { form: DrugForm; rest: string[] } | undefined {
  // `T.` stands for tablet in front of a name only; behind it, it is part of one.
  if (words[0] === 't' && words.length > 1) return { form: 'tablet', rest: words.slice(1) };
  for (let length = Math.min(LONGEST_FORM, words.length - 1); length > 0; length--) {
    const front = FORMS.get(words.slice(0, length).join(' '));
    if (front !== undefined) return { form: front, rest: words.slice(length) };
    const end = FORMS.get(words.slice(-length).join(' '));
    if (end !== undefined) return { form: end, rest: words.slice(0, -length) };
  }
  return undefined;
}
