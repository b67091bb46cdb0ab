import type { Claims } from './claims.js';
import type { JsonObject } from './json-path.js';
import type { ProfileBook } from './profile-book.js';
import type { DocumentIndex } from './references.js';
import type { Report } from './report.js';
import type { Surroundings } from './shape.js';

/** What the parts of a walk know of it. */
export interface WalkState extends Surroundings {
  readonly book: ProfileBook;
  readonly report: Report;
  /** Undefined when a resource is looked at alone: its references lead to where nothing is known. */
  readonly index: DocumentIndex | undefined;
  /** Which resources each resource points at. */
  readonly reached: Map<JsonObject, JsonObject[]>;
  /** The resource of the entry the walk is in: contained resources belong to it. */
  readonly container: JsonObject | undefined;
  claimsOf(resource: JsonObject): Claims;
}
