import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { r4TypeNamed } from './profile-book.js';
import type { ProfileBook } from './profile-book.js';
import { DOCUMENT_BUNDLE, RECORD_PROFILES } from './profiles/index.js';
import { NRCES_BASE } from '../terminology/profiles.js';

/** The profiles a resource is checked against, and what it claims in vain. */
export interface Claims {
  readonly profiles: readonly string[];
  /** Not known here: neither ours nor the guide's. */
  readonly unknown: readonly string[];
  /** Known, but for another type of resource. */
  readonly foreign: readonly string[];
}

/**
 * A resource is checked against every profile it claims. NRCeS's profile of its type is asked of it in any case: the
 * guide's references lead to it, and receivers expect it whether or not it is claimed.
 */
export function claimsOf(resource: JsonObject, book: ProfileBook): Claims {
  const { meta, resourceType } = resource;
  const type = String(resourceType);
  const claimed = isObject(meta) ? listOf(meta['profile']).filter((url) => typeof url === 'string') : [];
  const urls = claimed.map((url) => url.split('|', 1)[0] ?? url).filter((url) => r4TypeNamed(url) !== type);
  const known = urls.filter((url) => book.knows(url));
  const fitting = known.filter((url) => book.typeOf(url) === type);
  const usual = usualProfile(resource, type, fitting);
  const isCovered = usual === undefined || !book.knows(usual) || fitting.some((url) => book.isBuiltOn(url, usual));
  return {
    profiles: isCovered ? fitting : [...fitting, usual],
    unknown: urls.filter((url) => !book.knows(url)),
    foreign: known.filter((url) => book.typeOf(url) !== type),
  };
}

function usualProfile(resource: JsonObject, type: string, claimed: readonly string[]): string | undefined {
  if (type !== 'Bundle' && type !== 'Composition') return `${NRCES_BASE}${type}`;
  if (claimed.length > 0) return undefined;
  return type === 'Bundle' ? DOCUMENT_BUNDLE.url : recordProfile(resource);
}

/** By its type's code, or its type's text where the profile has no code: receivers without a claim sort by these. */
function recordProfile({ type }: JsonObject): string | undefined {
  if (!isObject(type)) return undefined;
  const codes = listOf(type['coding']).map((coding) => (isObject(coding) ? coding['code'] : undefined));
  return RECORD_PROFILES.find(({ elements }) => {
    const coding = elements['type']?.coding;
    const code = (coding?.exactly ?? coding?.usual)?.code;
    return code === undefined ? type['text'] === elements['type.text']?.fixed : codes.includes(code);
  })?.url;
}
