import type { Coding, FhirResource } from 'fhir/r4.js';

/**
 * What an NRCeS profile asks beyond base R4, as data. The builders read section codes and document types from the
 * same tables, so each fact stands once. Source of all tables beside this file: NRCeS guide 6.5.0, package `ndhm.in`.
 */
export interface ProfileRules {
  readonly url: string;
  readonly resourceType: ResourceType;
  /** By path below the resource, lists not marked: `identifier.type`. A rule speaks wherever its parent is present. */
  readonly elements: Readonly<Record<string, ElementRule>>;
  readonly sections?: SectionRules;
}

export type ResourceType = FhirResource['resourceType'];

export interface ElementRule {
  readonly min?: 1;
  readonly max?: 1;
  readonly fixed?: string;
  /** Types of resource a reference may point at, where NRCeS allows fewer than R4. */
  readonly targets?: readonly ResourceType[];
  readonly coding?: CodingRule;
}

/** On a CodeableConcept: every coding that is sent carries system, code and display. Text alone is always allowed. */
export interface CodingRule {
  /** Only these systems; any when left out. */
  readonly systems?: readonly string[];
  /** Exactly this coding, letter by letter. */
  readonly exactly?: Required<Pick<Coding, 'system' | 'code' | 'display'>>;
  /** There must be one. */
  readonly required?: true;
}

export interface SectionRules {
  readonly max?: 1;
  /** Recognised by their code. Unknown sections may only follow the known ones (openAtEnd). */
  readonly known?: Readonly<Record<string, KnownSection>>;
  /** The single section of a record: its code when one is sent, and its entries sliced by Reference.type, closed. */
  readonly only?: SingleSection;
}

export interface KnownSection {
  readonly code: Required<Pick<Coding, 'system' | 'code' | 'display'>>;
  readonly targets: readonly ResourceType[];
}

export interface SingleSection {
  readonly code: Required<Pick<Coding, 'system' | 'code' | 'display'>>;
  /** Reference.type to how many of it. */
  readonly entryTypes: Readonly<Partial<Record<ResourceType, 1 | 'many'>>>;
}
