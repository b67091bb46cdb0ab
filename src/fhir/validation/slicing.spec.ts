import { describe, expect, it } from '@jest/globals';
import type { ElementDefinition, ElementDefinitionSlicing, StructureDefinition } from 'fhir/r4.js';
import { baseR4 } from './default-validator.js';
import type { Definitions } from './validator.js';
import { createValidator } from './validator.js';

const base = baseR4();
const URL = 'http://x.test/StructureDefinition/Sliced';

/** The rows a profile on Observation adds, given the way a published snapshot has them. */
function rulesFor(resource: Record<string, unknown>, ...elements: Partial<ElementDefinition>[]): string[] {
  const structure: StructureDefinition = {
    resourceType: 'StructureDefinition',
    url: URL,
    name: 'Sliced',
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: String(resource['resourceType']),
    derivation: 'constraint',
    snapshot: { element: elements.map((each) => ({ path: each.id?.replaceAll(/:[^.]*/g, '') ?? '', ...each })) },
  };
  const guide: Definitions = { structures: [structure], valueSets: [], codeSystems: [] };
  const issues = createValidator(base, guide).validateResource({ ...resource, meta: { profile: [URL] } });
  return issues.filter(({ severity }) => severity === 'error').map(({ rule, path }) => `${rule} ${path}`);
}

const slicedBy = (
  type: ElementDefinitionSlicing['discriminator'] extends (infer D)[] | undefined ? D['type' & keyof D] : never,
  path: string,
  rules: ElementDefinitionSlicing['rules'] = 'closed',
  ordered = false,
): { slicing: ElementDefinitionSlicing } => ({ slicing: { discriminator: [{ type, path }], rules, ordered } });

const observation = (more: Record<string, unknown>): Record<string, unknown> => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
});

const category = (...codes: string[]): Record<string, unknown> =>
  observation({ category: codes.map((code) => ({ coding: [{ system: 'http://x.test', code }] })) });

describe('slices', () => {
  it('are told apart by a pattern above the path', () => {
    const rows = [
      { id: 'Observation.category', ...slicedBy('pattern', '$this') },
      { id: 'Observation.category:lab', min: 1, max: '1', patternCodeableConcept: { coding: [{ code: 'lab' }] } },
    ];
    expect(rulesFor(category('lab'), ...rows)).toEqual([]);
    expect(rulesFor(category('lab', 'other'), ...rows)).toEqual(['none-of-its-parts Observation.category[1]']);
    expect(rulesFor(category('lab', 'lab'), ...rows)).toEqual(['too-many Observation.category[1]']);
  });

  it('are missed when they are required', () => {
    const rows = [
      { id: 'Observation.category', ...slicedBy('value', 'coding.code', 'open') },
      { id: 'Observation.category:lab', min: 1, max: '1' },
      { id: 'Observation.category:lab.coding.code', min: 1, fixedCode: 'lab' },
    ];
    expect(rulesFor(category('other', 'lab'), ...rows)).toEqual([]);
    expect(rulesFor(category('other'), ...rows)).toEqual(['missing-part Observation.category']);
  });

  it('keep their order', () => {
    const rows = [
      { id: 'Observation.category', ...slicedBy('value', 'coding.code', 'openAtEnd', true) },
      ...['first', 'second'].flatMap((code) => [
        { id: `Observation.category:${code}`, min: 0, max: '*' },
        { id: `Observation.category:${code}.coding.code`, min: 1, fixedCode: code },
      ]),
    ];
    expect(rulesFor(category('first', 'first', 'second', 'other'), ...rows)).toEqual([]);
    expect(rulesFor(category('second', 'first'), ...rows)).toEqual(['out-of-order Observation.category[1]']);
    expect(rulesFor(category('other', 'second'), ...rows)).toEqual(['unknown-before-known Observation.category[0]']);
  });

  it('are told apart by whether something is there', () => {
    const rows = [
      { id: 'Observation.note', ...slicedBy('exists', 'time') },
      { id: 'Observation.note:timed', min: 0, max: '1' },
      { id: 'Observation.note:timed.time', min: 1, max: '1' },
    ];
    expect(rulesFor(observation({ note: [{ text: 'x', time: '2025-08-12' }] }), ...rows)).toEqual([]);
    expect(rulesFor(observation({ note: [{ text: 'x' }] }), ...rows)).toEqual([
      'none-of-its-parts Observation.note[0]',
    ]);
  });

  it('are told apart by the type and the profile of a resource', () => {
    const bundle = (...types: string[]) => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: types.map((resourceType) => ({ resource: { resourceType, language: 'en' } })),
    });
    const byType = [
      { id: 'Bundle.entry', ...slicedBy('type', 'resource') },
      { id: 'Bundle.entry:who', min: 1, max: '1' },
      { id: 'Bundle.entry:who.resource', min: 1, type: [{ code: 'Patient' }] },
    ];
    expect(rulesFor(bundle('Patient'), ...byType)).toEqual([]);
    expect(rulesFor(bundle('Patient', 'Basic'), ...byType).at(0)).toBe('none-of-its-parts Bundle.entry[1]');
    const byProfile = [
      { id: 'Bundle.entry', ...slicedBy('profile', 'resource', 'open') },
      { id: 'Bundle.entry:sliced', min: 1, max: '1' },
      { id: 'Bundle.entry:sliced.resource', min: 1, type: [{ code: 'Bundle', profile: [URL] }] },
    ];
    expect(rulesFor(bundle('Patient'), ...byProfile)).toEqual(['missing-part Bundle.entry']);
  });

  it('of contained resources are followed through a reference', () => {
    const rows = [
      { id: 'Observation.performer', ...slicedBy('type', 'resolve()') },
      { id: 'Observation.performer:doctor', min: 0, max: '1' },
      {
        id: 'Observation.performer:doctor',
        type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Practitioner'] }],
      },
    ];
    const performedBy = (resourceType: string) =>
      observation({ contained: [{ resourceType, id: 'a', name: 'x' }], performer: [{ reference: '#a' }] });
    expect(rulesFor(performedBy('Practitioner'), ...rows)).toEqual(['not-a-list Observation.contained[0].name']);
    expect(rulesFor(performedBy('Organization'), ...rows)).toEqual(['none-of-its-parts Observation.performer[0]']);
  });
});

describe('a published profile', () => {
  it('asks for fixed values and patterns as a whole', () => {
    const rows = [{ id: 'Observation.code', fixedCodeableConcept: { text: 'x' } }];
    expect(rulesFor(observation({}), ...rows)).toEqual([]);
    expect(rulesFor(observation({ code: { text: 'x', id: 'y' } }), ...rows)).toEqual(['wrong-value Observation.code']);
    const pattern = [{ id: 'Observation.code', patternCodeableConcept: { text: 'x' } }];
    expect(rulesFor(observation({ code: { text: 'x', id: 'y' } }), ...pattern)).toEqual([]);
    expect(rulesFor(observation({ code: { text: 'z' } }), ...pattern)).toEqual(['wrong-value Observation.code']);
  });

  it('asks its own invariants through FHIRPath', () => {
    const constraint = [
      { key: 'x-1', severity: 'error' as const, human: 'x', expression: 'value.exists() and value is Quantity' },
    ];
    const rows = [{ id: 'Observation', constraint }];
    expect(rulesFor(observation({ valueQuantity: { value: 1 } }), ...rows)).toEqual([]);
    expect(rulesFor(observation({ valueString: 'x' }), ...rows)).toEqual(['invariant Observation']);
  });

  it('asks for a number of items', () => {
    const rows = [{ id: 'Observation.category', min: 2, max: '3' }];
    expect(rulesFor(category('a'), ...rows)).toEqual(['too-few Observation.category']);
    expect(rulesFor(category('a', 'b', 'c', 'd'), ...rows)).toEqual(['too-many Observation.category']);
  });

  it('is refused when it speaks of what its type does not have', () => {
    expect(() => rulesFor(observation({}), { id: 'Observation.weather', min: 1 })).toThrow(/weather/);
  });
});
