import type { Coding } from 'fhir/r4.js';
import { peelForms } from './drug-forms.js';
import type { DrugForm, Peeled } from './drug-forms.js';
import { isSameStrength, readStrengths } from './drug-strength.js';
import type { Measure } from './drug-strength.js';
import { normalWords } from './normal-words.js';

interface Product {
  readonly form: DrugForm | undefined;
  readonly strength: readonly Measure[];
  readonly coding: Coding | undefined;
}

/** One line of `drugs.csv`: a generic (no form, no strength) or a product of it. */
export interface DrugRow extends Product {
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** What a drug's words may be the name of, the whole first, then without strength and form. */
function readings(text: string): { readonly names: readonly Peeled[]; readonly strength: readonly Measure[] } {
  const { measures, rest, restWithNumbers } = readStrengths(text);
  const wholes = [text, restWithNumbers, rest].map(normalWords).filter((words) => words !== '');
  return { names: [...new Set(wholes)].flatMap(peelForms), strength: measures };
}

/** The name alone, for showing and for measuring nearness. */
export function bareDrugName(text: string): string {
  return readings(text).names.at(-1)?.name ?? normalWords(text);
}

/** The form a drug's words name (`TAB`, `SYP`), when they name one only. */
export function formOfDrug(text: string): DrugForm | undefined {
  return theForm(readings(text).names.at(-1)?.forms ?? []);
}

/** `TAB … DT` is the dispersible tablet; two forms that are no such pair are none. */
function theForm(forms: readonly DrugForm[]): DrugForm | undefined {
  const different = [...new Set(forms)];
  if (different.length === 2 && different.includes('tablet') && different.includes('dispersible tablet')) {
    return 'dispersible tablet';
  }
  return different.length === 1 ? different[0] : undefined;
}

/** Drugs by their names. A combination is known only by a name of its own: no two names are ever put together. */
export class DrugIndex {
  private readonly names = new Map<string, string>();
  private readonly products = new Map<string, Product[]>();

  /** @returns the words that already mean another drug */
  add({ name, synonyms, ...product }: DrugRow): readonly string[] {
    const drug = normalWords(name);
    const taken = [name, ...synonyms].filter((words) => {
      const key = normalWords(words);
      const known = this.names.get(key);
      if (known === undefined) this.names.set(key, drug);
      return known !== undefined && known !== drug;
    });
    const products = this.products.get(drug) ?? [];
    const double = products.find(
      ({ form, strength }) => form === product.form && isSameStrength(strength, product.strength),
    );
    this.products.set(drug, [...products, product]);
    return double !== undefined && double.coding?.code !== product.coding?.code ? [...taken, name] : taken;
  }

  /** The product when its form and strength were written, else the generic. */
  find(text: string): Coding | undefined {
    const { names, strength } = readings(text);
    const hit = names.find(({ name }) => this.names.has(name));
    if (hit === undefined) return undefined;
    const products = this.products.get(this.names.get(hit.name) ?? '') ?? [];
    // All forms written, also one that the name holds: `ORS SACHET`.
    const form = theForm(names.at(-1)?.forms ?? []);
    const exact = products.filter(
      (product) => product.form !== undefined && product.form === form && isSameStrength(strength, product.strength),
    );
    if (exact.length === 1) return exact[0]?.coding;
    return products.find((product) => product.form === undefined && product.strength.length === 0)?.coding;
  }
}
