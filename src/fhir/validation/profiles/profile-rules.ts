import type { Coding, FhirResource } from 'fhir/r4.js';
import type { NRCES_BASE, PROFILES } from '../../terminology/profiles.js';
import type { ValueSetName } from './value-sets.js';

/**
 * What an NRCeS profile asks beyond base R4, as data. The builders read section codes and document types from the
 * same tables, so each fact stands once. Source of all tables beside this file: NRCeS guide 6.5.0, package `ndhm.in`.
 */
export interface ProfileRules {
  readonly url: string;
  readonly resourceType: ResourceType | 'Extension';
  /** The NRCeS profile it builds on, where that is not R4 itself. */
  readonly parent?: string;
  /** By path below the resource, lists not marked: `identifier.type`. A rule speaks wherever its parent is present. */
  readonly elements: Readonly<Record<string, ElementRule>>;
  /** Extensions with a profile of their own, each at most once; others may stand beside them. */
  readonly extensions?: Readonly<Record<string, string>>;
  readonly sections?: SectionRules;
}

export type ResourceType = FhirResource['resourceType'];

type NrcesUrl = (typeof PROFILES)[keyof typeof PROFILES];
type NrcesName = NrcesUrl extends `${typeof NRCES_BASE}${infer Name}` ? Name : never;
/** An NRCeS profile by its name, or a type of R4 that NRCeS has no profile for. */
export type TargetName = NrcesName | ResourceType;

export interface ElementRule {
  readonly min?: 1;
  readonly max?: 0 | 1 | 2;
  readonly fixed?: string;
  /** What a `value[x]` may be. */
  readonly types?: readonly string[];
  /** What a reference may point at. */
  readonly targets?: readonly TargetName[];
  readonly coding?: CodingRule;
  /** Another code than the value set's gives a warning. R4's own bindings stay. */
  readonly binding?: ValueSetName;
}

/** On a CodeableConcept: every coding that is sent carries system, code and display. Text alone is always allowed. */
export interface CodingRule {
  /** Only these systems; any when left out. */
  readonly systems?: readonly string[];
  /** Exactly this coding, letter by letter. */
  readonly exactly?: FullCoding;
  /** Any code may stand here; this one the guide's examples send, and so do we. Not checked. */
  readonly usual?: FullCoding;
  /** There must be one. */
  readonly required?: true;
  readonly max?: 1;
  /** The guide forgets to ask for the system here. */
  readonly mayLackSystem?: true;
}

export type FullCoding = Required<Pick<Coding, 'system' | 'code' | 'display'>>;

export interface SectionRules {
  /** Recognised by their code. Unknown sections may only follow the known ones (openAtEnd). */
  readonly known?: Readonly<Record<string, KnownSection>>;
  /** Recognised by their title, openAtEnd too. */
  readonly titled?: Readonly<Record<string, TitledSection>>;
  /** The single section of a record. */
  readonly only?: SingleSection;
}

export interface KnownSection {
  readonly code: FullCoding;
  readonly targets: readonly TargetName[];
}

export interface TitledSection {
  readonly title: string;
  readonly targets: readonly TargetName[];
}

export interface SingleSection {
  /** What its code must be when one is sent. */
  readonly code?: FullCoding;
  /** Any SNOMED CT code may stand here; this one fits every such record. */
  readonly usualCode?: FullCoding;
  readonly targets?: readonly TargetName[];
  /** Entries are sorted by the value of Reference.type, and no other type may stand there. */
  readonly entryTypes?: Readonly<Record<string, EntryRule>>;
}

export interface EntryRule {
  readonly max?: 1;
  /** Where they are fewer than the section's. */
  readonly targets?: readonly TargetName[];
}
