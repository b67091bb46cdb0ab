import type { ElementDefinition, ElementDefinitionType, StructureDefinition } from 'fhir/r4.js';
import { PRIMITIVES } from './primitives.js';
import type { Choice, CodeSet, ElementShape, Shapes } from './shape.js';

interface Draft {
  readonly name: string;
  readonly isResource: boolean;
  readonly elements: Map<string, ElementShape>;
  readonly required: string[];
  readonly choices: Choice[];
}

/**
 * Turns R4's StructureDefinitions into trees to walk, keeping only what is checked. The definitions themselves
 * (45 MB of JSON) can be forgotten afterwards.
 */
export function compileShapes(
  definitions: readonly StructureDefinition[],
  listCodes: (valueSet: string) => CodeSet | undefined,
): Shapes {
  const drafts = new Map<string, Draft>();
  const unlinked: { element: ElementShape; shapeName: string }[] = [];

  for (const definition of definitions.filter(isBaseType)) {
    const [root, ...elements] = definition.snapshot?.element ?? [];
    if (root === undefined) continue;
    drafts.set(root.path, draft(root.path, definition.kind === 'resource'));
    for (const element of elements) {
      const types = element.type ?? [];
      if (element.max === '0') continue;
      if (isBackbone(types)) drafts.set(element.path, draft(element.path, false));
      addElement(parentOf(drafts, element.path), element, types, listCodes, unlinked);
    }
  }
  for (const { element, shapeName } of unlinked) element.shape = drafts.get(shapeName);
  return drafts;
}

/** Profiles on base types (`SimpleQuantity`, `vitalsigns`) share a base type's name and are left aside. */
function isBaseType(definition: StructureDefinition): boolean {
  return (
    (definition.kind === 'resource' || definition.kind === 'complex-type') && definition.derivation !== 'constraint'
  );
}

function addElement(
  parent: Draft,
  element: ElementDefinition,
  types: readonly ElementDefinitionType[],
  listCodes: (valueSet: string) => CodeSet | undefined,
  unlinked: { element: ElementShape; shapeName: string }[],
): void {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1);
  const isChoice = name.endsWith('[x]');
  const base = isChoice ? name.slice(0, -3) : name;
  const isRequired = (element.min ?? 0) > 0;
  const { binding } = element;
  const codes =
    binding?.strength === 'required' && binding.valueSet !== undefined ? listCodes(binding.valueSet) : undefined;

  const add = (property: string, typeName: string, shapeName: string, targets: readonly string[] | undefined): void => {
    const primitive = PRIMITIVES[typeName];
    const shape: ElementShape = {
      isList: (element.base?.max ?? element.max) !== '1',
      typeName,
      primitive,
      shape: undefined,
      codes,
      targets: targetTypes(targets),
    };
    parent.elements.set(property, shape);
    if (primitive === undefined && shapeName !== 'Resource') unlinked.push({ element: shape, shapeName });
  };

  if (element.contentReference !== undefined) {
    const path = element.contentReference.slice(element.contentReference.indexOf('#') + 1);
    add(base, path, path, undefined);
  } else if (isBackbone(types)) {
    add(base, 'BackboneElement', element.path, undefined);
  } else {
    for (const type of types) {
      // R4 types a resource's id as a plain string; its text says `id`.
      const typeName = base === 'id' && parent.isResource ? 'id' : plainType(type.code);
      add(isChoice ? base + capitalised(typeName) : base, typeName, typeName, type.targetProfile);
    }
  }
  if (isChoice) {
    const properties = types.map((type) => base + capitalised(plainType(type.code)));
    parent.choices.push({ name: base, isRequired, properties });
  } else if (isRequired) parent.required.push(base);
}

const draft = (name: string, isResource: boolean): Draft => ({
  name,
  isResource,
  elements: new Map(),
  required: [],
  choices: [],
});

function parentOf(drafts: ReadonlyMap<string, Draft>, path: string): Draft {
  const parent = drafts.get(path.slice(0, path.lastIndexOf('.')));
  if (parent === undefined) throw new Error(`The FHIR definitions name ${path} before its parent. Reinstall them.`);
  return parent;
}

/** Elements with children of their own; `Element` is used so inside data types (Timing.repeat). */
function isBackbone(types: readonly ElementDefinitionType[]): boolean {
  return types.some((type) => type.code === 'BackboneElement' || type.code === 'Element');
}

/** Ids and primitive values are typed by FHIRPath system types, e.g. `http://hl7.org/fhirpath/System.String`. */
function plainType(code: string): string {
  return code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
}

/** `undefined` when anything may be pointed at. */
function targetTypes(targets: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (targets === undefined) return undefined;
  const types = targets.map((profile) => profile.slice(profile.lastIndexOf('/') + 1));
  return types.includes('Resource') ? undefined : new Set(types);
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
