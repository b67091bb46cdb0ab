import type { ElementDefinition, ElementDefinitionType, StructureDefinition } from 'fhir/r4.js';
import { invariantsOf } from './invariants.js';
import { PRIMITIVES } from './primitives.js';
import type { Binding, ElementShape, ElementType, Shape, Shapes, Target } from './shape.js';

const NO_PROFILES: readonly string[] = [];

export type FindBinding = (binding: ElementDefinition['binding']) => Binding | undefined;

/**
 * Turns R4's own StructureDefinitions into shapes, keeping only what is checked. The definitions themselves (45 MB of
 * JSON) can be forgotten afterwards.
 */
export function compileShapes(definitions: readonly StructureDefinition[], findBinding: FindBinding): Shapes {
  const shapes = new Map<string, Shape>();
  const unlinked: { type: ElementType; shapeName: string }[] = [];

  for (const definition of definitions.filter(isBaseType)) {
    const [root, ...elements] = definition.snapshot?.element ?? [];
    if (root === undefined) continue;
    const isResource = definition.kind === 'resource';
    shapes.set(root.path, {
      name: root.path,
      isResource,
      elements: [],
      invariants: invariantsOf(root),
      plan: undefined,
    });
    for (const element of elements) {
      if (element.max === '0') continue;
      if (isBackbone(element)) {
        shapes.set(element.path, {
          name: element.path,
          isResource: false,
          elements: [],
          invariants: [],
          plan: undefined,
        });
      }
      const parent = shapes.get(element.path.slice(0, element.path.lastIndexOf('.')));
      if (parent === undefined) {
        throw new Error(`The FHIR definitions name ${element.path} before its parent. Reinstall them.`);
      }
      parent.elements.push(compileElement(parent, element, findBinding, unlinked));
    }
  }
  for (const { type, shapeName } of unlinked) type.shape = shapes.get(shapeName);
  return shapes;
}

/** R4's own profiles on its data types: a SimpleQuantity is a Quantity without comparator. */
export function isTypeProfile({ kind, derivation }: StructureDefinition): boolean {
  return kind === 'complex-type' && derivation === 'constraint';
}

/** Profiles share a base type's name and are no types of their own. */
function isBaseType(definition: StructureDefinition): boolean {
  return (
    (definition.kind === 'resource' || definition.kind === 'complex-type') && definition.derivation !== 'constraint'
  );
}

function compileElement(
  parent: Shape,
  element: ElementDefinition,
  findBinding: FindBinding,
  unlinked: { type: ElementType; shapeName: string }[],
): ElementShape {
  const last = element.path.slice(element.path.lastIndexOf('.') + 1);
  const isChoice = last.endsWith('[x]');
  const name = isChoice ? last.slice(0, -3) : last;

  const typed = (property: string, typeName: string, shapeName: string, said?: ElementDefinitionType): ElementType => {
    const primitive = PRIMITIVES[typeName];
    const type: ElementType = {
      property,
      typeName,
      primitive,
      shape: undefined,
      targets: baseTargets(said?.targetProfile),
      profiles: said?.profile ?? NO_PROFILES,
    };
    if (primitive === undefined && shapeName !== 'Resource') unlinked.push({ type, shapeName });
    return type;
  };
  const typesOf = (): ElementType[] => {
    if (element.contentReference !== undefined) {
      const path = element.contentReference.slice(element.contentReference.indexOf('#') + 1);
      return [typed(name, 'BackboneElement', path)];
    }
    if (isBackbone(element)) return [typed(name, 'BackboneElement', element.path)];
    return (element.type ?? []).map((type) => {
      // R4 types a resource's id as a plain string; its text says `id`.
      const typeName = name === 'id' && parent.isResource ? 'id' : plainType(type.code);
      return typed(isChoice ? propertyOf(name, typeName) : name, typeName, typeName, type);
    });
  };

  return {
    name,
    isChoice,
    isList: (element.base?.max ?? element.max) !== '1',
    min: element.min ?? 0,
    max: maxOf(element.max),
    types: typesOf(),
    excluded: [],
    fixed: undefined,
    pattern: undefined,
    binding: findBinding(element.binding),
    slicing: undefined,
    invariants: invariantsOf(element),
  };
}

/** Elements with children of their own; `Element` is used so inside data types (Timing.repeat). */
function isBackbone({ type = [] }: ElementDefinition): boolean {
  return type.some(({ code }) => code === 'BackboneElement' || code === 'Element');
}

/** Ids and primitive values are typed by FHIRPath system types, e.g. `http://hl7.org/fhirpath/System.String`. */
export function plainType(code: string): string {
  return code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
}

/** `value`, `Quantity` → `valueQuantity` */
export function propertyOf(name: string, typeName: string): string {
  return name + typeName.charAt(0).toUpperCase() + typeName.slice(1);
}

export function maxOf(max: string | undefined): number {
  return max === undefined || max === '*' ? Infinity : Number(max);
}

function baseTargets(targets: readonly string[] | undefined): readonly Target[] | undefined {
  const types = targets?.map((url) => url.slice(url.lastIndexOf('/') + 1));
  if (types === undefined || types.includes('Resource')) return undefined;
  return types.map((resourceType) => ({ resourceType, profile: undefined }));
}
