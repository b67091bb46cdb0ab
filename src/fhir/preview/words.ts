import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import { joined } from './html.js';
import type { Html } from './html.js';
import { phrase } from './phrase.js';
import { small } from './pieces.js';
import type { Texts } from './texts.en.js';

// Documents come from elsewhere too: a field may be missing, empty, a placeholder, or not what FHIR says it is.

/** What systems write where they know nothing. `Nil` and `-` are not among them: those are results. */
const PLACEHOLDER = /^(?:n\/?a|n\.a\.?|null|undefined|nan|invalid date)$/i;

/** A text as it is shown; undefined when it says nothing. */
export function said(text: unknown): string | undefined {
  if (typeof text === 'number' && Number.isFinite(text)) return String(text);
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  return trimmed === '' || PLACEHOLDER.test(trimmed) ? undefined : trimmed;
}

/** A part FHIR requires, which a foreign document may lack all the same. */
export const maybe = <T>(part: T): T | undefined => part;

/** The members of a list that are there. */
export function list<T>(members: readonly T[] | undefined): readonly NonNullable<T>[] {
  const all: unknown = members;
  return Array.isArray(all)
    ? all.filter((each): each is NonNullable<T> => typeof each === 'object' && each !== null)
    : [];
}

/** The texts of a list that say something, each once. */
export function texts(members: readonly (string | undefined)[]): string[] {
  return [...new Set(members.map(said))].filter((each) => each !== undefined);
}

/** The codes of a concept, of whatever system. */
export function codesIn(concept: CodeableConcept | undefined): string[] {
  return texts(list(concept?.coding).map(({ code }) => code));
}

/** What a concept is called: the sender's words, else the title of its code, else the code. */
export function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  const codings = list(concept?.coding);
  return (
    said(concept?.text) ??
    said(codings.find(({ display }) => said(display) !== undefined)?.display) ??
    said(codings[0]?.code)
  );
}

export function wordsOfAll(concepts: readonly CodeableConcept[] | undefined): string | undefined {
  const all = texts(list(concepts).map(wordsOf));
  return all.length === 0 ? undefined : all.join(', ');
}

/**
 * A concept's words, with its codes small beside them, and the title of a code where it says something else.
 * @param labels the reader's language, where the words may be ones of our builders
 */
export function coded(concept: CodeableConcept | undefined, labels?: Texts): Html | undefined {
  const words = wordsOf(concept);
  if (words === undefined) return undefined;
  const shown = labels === undefined ? words : phrase(labels, words);
  const codes = list(concept?.coding).map((coding) => {
    const title = said(coding.display);
    return joined([title === undefined || same(title, words) ? undefined : title, codeOf(coding, words)], ' · ');
  });
  return joined([shown, small(joined(codes, ' · '))], ' ');
}

/** Codes alone, for where the words stand in the reader's language already. */
export function codesOf(concept: CodeableConcept | undefined): Html | undefined {
  return small(
    joined(
      list(concept?.coding).map((coding) => codeOf(coding, '')),
      ' · ',
    ),
  );
}

const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  [CODE_SYSTEMS.snomed]: 'SNOMED CT',
  [CODE_SYSTEMS.loinc]: 'LOINC',
  [CODE_SYSTEMS.icd10]: 'ICD-10',
};

/** Codes of systems a reader may know; the others are for machines. */
function codeOf({ system, code }: Coding, words: string): string | undefined {
  const name = typeof system === 'string' && Object.hasOwn(SYSTEM_NAMES, system) ? SYSTEM_NAMES[system] : undefined;
  const shown = said(code);
  return name === undefined || shown === undefined || shown === words ? undefined : `${name} ${shown}`;
}

/** Equal to a reader: `52 KG` and `52 kg`. */
export function same(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

const bare = (text: string): string => text.toLowerCase().replace(/[\s.,;:]+/g, '');

/** The words of a narrative, without its markup. */
export function plainText(div: unknown): string | undefined {
  if (typeof div !== 'string') return undefined;
  const spaced = div.replace(/<[^<>]*>/g, ' ').replace(/\s+/g, ' ');
  return said(spaced.replace(/&(lt|gt|quot|apos|nbsp|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? ' '));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' };
