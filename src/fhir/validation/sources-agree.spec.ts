import { describe, expect, it } from '@jest/globals';
import { GUIDE_PACKAGE } from '../../../test/makers/verdicts.js';
import { baseR4, readPackage } from './default-validator.js';
import type { ProfileBook } from './profile-book.js';
import { PROFILE_TABLES } from './profiles/index.js';
import type { ElementShape, Shape } from './shape.js';
import { compileBook } from './validator.js';

/** Deeper than any profile goes. */
const DEPTH = 8;
/** Profiles of health claims, of which we have no tables: our tables see their R4 type. */
const OF_CLAIMS =
  /https:\/\/nrces\.in\/ndhm\/fhir\/r4\/StructureDefinition\/(?=(ClaimResponse|Task|CommunicationRequest)$)/;

/** Everything a profile asks, element by element, so that two sources can be compared. */
function rulesOf(shape: Shape, book: ProfileBook, path = '', depth = DEPTH): string[] {
  const own = shape.invariants.map(({ key }) => `${path} ${key}`);
  return [
    ...own,
    ...shape.elements.flatMap((element) => elementRules(element, book, `${path}.${element.name}`, depth)),
  ];
}

function elementRules(element: ElementShape, book: ProfileBook, path: string, depth: number): string[] {
  const { min, max, fixed, pattern, binding, types, excluded, slicing, invariants } = element;
  const isSliced = slicing !== undefined && slicing.slices.size > 0;
  const said = JSON.stringify({
    min,
    max: String(max),
    fixed,
    pattern,
    binding: binding && [binding.strength, sorted(binding.codes.codings), sorted(binding.codes.openSystems)],
    types: types.map(({ typeName, profiles, targets }) => [
      typeName,
      profiles,
      targets?.map(({ profile, resourceType }) => (profile ?? resourceType).replace(OF_CLAIMS, '')).sort(),
    ]),
    excluded: sorted(excluded),
    slicing: isSliced && [slicing.discriminators, slicing.rules, slicing.isOrdered],
    invariants: invariants.map(({ key }) => key),
  });
  // A shape that one source copied and the other did not may still ask the same: its elements tell.
  const below = types.flatMap(({ shape }) =>
    shape === undefined || depth === 0 || isOfR4(shape, book) ? [] : rulesOf(shape, book, path, depth - 1),
  );
  const slices = [...(slicing?.slices.values() ?? [])].map((slice) => elementRules(slice, book, `${path}:`, depth - 1));
  // The guide and we name slices differently; what they ask is compared.
  return [`${path} ${said}`, ...below, ...slices.map((rules) => rules.join('\n')).sort()];
}

const isOfR4 = (shape: Shape, book: ProfileBook): boolean => book.base.get(shape.name) === shape;
const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('our tables and the published package', () => {
  const definitions = GUIDE_PACKAGE === undefined ? undefined : baseR4();
  const ours = definitions && compileBook(definitions);
  const published = definitions && compileBook(definitions, readPackage(GUIDE_PACKAGE ?? ''));

  it.each(PROFILE_TABLES.map(({ url }) => url))('ask the same: %s', (url) => {
    const [table, original] = [ours?.shapeOf(url), published?.shapeOf(url)];
    if (ours === undefined || published === undefined) return;
    expect(table).toBeDefined();
    expect(original).toBeDefined();
    if (table === undefined || original === undefined) return;
    expect(rulesOf(table, ours)).toEqual(rulesOf(original, published));
  });

  it('build their profiles on the same', () => {
    const urls = PROFILE_TABLES.map(({ url }) => url);
    const pairs = urls.flatMap((url) => urls.map((other) => [url, other] as const));
    for (const [url, other] of pairs) {
      if (published !== undefined) expect(ours?.isBuiltOn(url, other)).toBe(published.isBuiltOn(url, other));
    }
  });
});
