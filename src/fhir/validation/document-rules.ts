import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { DocumentIndex } from './references.js';
import type { Report } from './report.js';

/** One entry of the bundle that holds a resource. */
export interface Entry {
  readonly at: number;
  readonly resource: JsonObject;
}

/**
 * What R4 asks of a document as a whole: the Composition first (bdl-11), no fullUrl twice (bdl-7), ids as in the
 * fullUrl. Identifier and timestamp (bdl-9, bdl-10) are the DocumentBundle profile's.
 * @returns the entries, and an index to follow references with
 */
export function readEntries(bundle: JsonObject, report: Report): { entries: readonly Entry[]; index: DocumentIndex } {
  const index = new DocumentIndex();
  const entries: Entry[] = [];
  const urls = new Set<string>();

  listOf(bundle['entry']).forEach((entry, at) => {
    if (!isObject(entry)) return;
    const { fullUrl, resource } = entry;
    if (!isObject(resource)) {
      report.add('missing', ['entry', at, 'resource']);
      return;
    }
    entries.push({ at, resource });
    if (typeof fullUrl !== 'string') {
      report.add('missing', ['entry', at, 'fullUrl']);
      return;
    }
    if (urls.has(fullUrl)) report.add('repeated-full-url', ['entry', at, 'fullUrl']);
    urls.add(fullUrl);
    index.add(fullUrl, resource);
    const id = /^urn:(?:uuid|oid):(.+)$/.exec(fullUrl)?.[1];
    if (id !== undefined && resource['id'] !== undefined && resource['id'] !== id) {
      const type = typeof resource['resourceType'] === 'string' ? resource['resourceType'] : 'Bundle';
      report.inResource(type, () => report.add('full-url-differs', ['entry', at, 'resource', 'id']));
    }
  });
  if (bundle['type'] === 'document') checkComposition(entries, report);
  return { entries, index };
}

function checkComposition(entries: readonly Entry[], report: Report): void {
  const [first] = entries;
  if (first?.at !== 0 || first.resource['resourceType'] !== 'Composition') {
    report.add('composition-not-first', ['entry', 0]);
  }
  for (const { resource, at } of entries) {
    if (at > 0 && resource['resourceType'] === 'Composition') report.add('second-composition', ['entry', at]);
  }
}

/** Says which resources nothing points at, neither from the Composition on nor by pointing at what is reached. */
export function checkReach(
  entries: readonly Entry[],
  pointsAt: ReadonlyMap<JsonObject, readonly JsonObject[]>,
  signers: readonly JsonObject[],
  report: Report,
): void {
  const reached = new Set<JsonObject>(signers);
  const queue = [...signers, ...entries.slice(0, 1).map(({ resource }) => resource)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    reached.add(next);
    for (const target of pointsAt.get(next) ?? []) if (!reached.has(target)) queue.push(target);
  }
  for (const { resource, at } of entries) {
    const isReached = reached.has(resource) || (pointsAt.get(resource) ?? []).some((target) => reached.has(target));
    const type = resource['resourceType'];
    if (!isReached && typeof type === 'string') {
      report.inResource(type, () => report.add('not-reached', ['entry', at, 'resource']));
    }
  }
}
