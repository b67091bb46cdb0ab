import type { FhirResource, Reference } from 'fhir/r4.js';
import type { Html } from './html.js';
import type { Texts } from './texts.en.js';

export const PREVIEW_LANGUAGES = ['en', 'hi'] as const;
export type PreviewLanguage = (typeof PREVIEW_LANGUAGES)[number];

/** A document as the renderer of one of its resources sees it. */
export interface View {
  readonly texts: Texts;
  /** The document's day, as shown at its head: not told again at each thing of that day. */
  readonly day: string | undefined;
  /** The same with its time. */
  readonly moment: string | undefined;
  /** What is pointed at, where the document encloses it. */
  find(reference: Reference | undefined): FhirResource | undefined;
  /** A name for what is pointed at, wherever it is; undefined when nothing names it. */
  name(reference: Reference | undefined): string | undefined;
  /** Its name, unless it stands at the head of the document. */
  nameBesides(reference: Reference | undefined): string | undefined;
  /** All of what is pointed at; its name only where the reader has seen it already, or when it is not enclosed. */
  show(reference: Reference | undefined): Html | undefined;
  /**
   * Takes a resource to show it in full. False the second time: what two sections point at is told once, and a circle
   * of references ends.
   */
  take(resource: FhirResource): boolean;
  /** The same document, seen from a resource: its contained resources can be found. */
  from(resource: FhirResource): View;
}

/** Shows one kind of resource; undefined when there is nothing to show. */
export type Renderer<R extends FhirResource> = (resource: R, view: View) => Html | undefined;

export type ResourceOf<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>;
