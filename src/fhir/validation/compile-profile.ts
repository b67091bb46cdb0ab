import { SLICE_IS_OPEN } from './slicing.js';
import type { ProfileRow, RowType } from './profile-row.js';
import type { FindBinding } from './compile-shapes.js';
import type { ElementShape, ElementType, Shape, Target } from './shape.js';

/** What a profile's words stand for, which the profile itself does not know. */
export interface Meanings {
  readonly findBinding: FindBinding;
  /** Undefined where any resource will do. */
  readonly findTarget: (profile: string) => Target | undefined;
}

interface Step {
  readonly name: string;
  readonly slice: string | undefined;
}

/**
 * Lays a profile's rows over the shape of the type it constrains. Only what a row changes is copied, with the way to
 * it; everything else stays shared with base R4.
 * @throws Error when a row speaks of an element the type does not have: a rule nobody checks would be worse
 */
export function compileProfile(url: string, rows: readonly ProfileRow[], start: Shape, meanings: Meanings): Shape {
  const copies = new Copies();
  const root = copies.of(start);
  for (const row of rows) {
    if (row.path === '') {
      root.invariants = withNew(root.invariants, row);
      continue;
    }
    const steps = row.path.split('.').map(stepOf);
    const found = elementsAt(root, steps, undefined);
    if (found.length > 0 && found.every((element) => saysAlready(element, row, meanings))) continue;
    const own = elementsAt(root, steps, copies);
    if (own.length === 0) throw new Error(`${url} speaks of ${row.path}, which ${start.name} does not have.`);
    for (const element of own) apply(element, row, meanings);
  }
  return root;
}

function stepOf(written: string): Step {
  const colon = written.indexOf(':');
  return colon === -1
    ? { name: written, slice: undefined }
    : { name: written.slice(0, colon), slice: written.slice(colon + 1) };
}

/** Below a value[x] of several types there may be several. @param copies to change what is found; undefined to look */
function elementsAt(shape: Shape, [step, ...rest]: readonly Step[], copies: Copies | undefined): ElementShape[] {
  const element = shape.elements.find(({ name, isChoice }) => step?.name === (isChoice ? `${name}[x]` : name));
  if (element === undefined || step === undefined) return [];
  if (rest.length === 0 && step.slice === undefined) return [element];

  const asType = element.types.filter(({ property }) => element.isChoice && property === step.slice);
  const slice = asType.length > 0 || step.slice === undefined ? undefined : sliceOf(element, step.slice, copies);
  if (step.slice !== undefined && slice === undefined && asType.length === 0) return [];
  const here = slice ?? element;
  if (rest.length === 0) return [here];
  return (asType.length > 0 ? asType : here.types).flatMap((type) => {
    if (type.shape === undefined) return [];
    return elementsAt(copies === undefined ? type.shape : copies.ownedBy(type), rest, copies);
  });
}

/** A slice begins as what its list already asks of every item. */
function sliceOf(element: ElementShape, name: string, copies: Copies | undefined): ElementShape | undefined {
  const known = element.slicing?.slices.get(name);
  if (known !== undefined || copies === undefined) return known;
  element.slicing ??= { discriminators: [], ...SLICE_IS_OPEN, slices: new Map(), matchers: undefined };
  const slice: ElementShape = { ...copyOfElement(element), slicing: undefined, min: 0 };
  element.slicing.slices.set(name, slice);
  return slice;
}

function apply(element: ElementShape, row: ProfileRow, meanings: Meanings): void {
  if (row.min !== undefined) element.min = row.min;
  if (row.max !== undefined) element.max = row.max;
  if (row.fixed !== undefined) element.fixed = row.fixed;
  if (row.pattern !== undefined) element.pattern = row.pattern;
  if (row.types !== undefined) narrowTypes(element, row.types, meanings);
  if (isChecked(row.binding)) element.binding = meanings.findBinding(row.binding);
  if (row.slicing !== undefined) {
    const slices = element.slicing?.slices ?? new Map<string, ElementShape>();
    element.slicing = { ...row.slicing, slices, matchers: undefined };
  }
  element.invariants = withNew(element.invariants, row, element.types);
}

function narrowTypes(element: ElementShape, rowTypes: readonly RowType[], meanings: Meanings): void {
  const allowed = element.isChoice
    ? element.types.filter(({ typeName }) => rowTypes.some(({ code }) => code === typeName))
    : element.types;
  element.excluded = [
    ...element.excluded,
    ...element.types.filter((type) => !allowed.includes(type)).map(({ property }) => property),
  ];
  element.types = allowed;
  for (const type of allowed) {
    // An entry of a bundle may hold any resource; a profile names the one.
    const [only] = rowTypes;
    if (type.typeName === 'Resource' && only !== undefined) type.typeName = only.code;
    const said = rowTypes.find(({ code }) => code === type.typeName);
    if (said?.profiles !== undefined) type.profiles = said.profiles;
    if (said?.targets !== undefined) type.targets = targetsOf(said.targets, meanings);
  }
}

function targetsOf(urls: readonly string[], { findTarget }: Meanings): readonly Target[] | undefined {
  const targets = urls.map(findTarget);
  return targets.some((target) => target === undefined) ? undefined : targets.filter((target) => target !== undefined);
}

/** A snapshot repeats the whole type; copying what it does not change would cost memory for nothing. */
function saysAlready(element: ElementShape, row: ProfileRow, meanings: Meanings): boolean {
  return (
    (row.min ?? element.min) === element.min &&
    (row.max ?? element.max) === element.max &&
    row.fixed === undefined &&
    row.pattern === undefined &&
    row.slicing === undefined &&
    (row.types ?? []).every((said) => typeIsSaid(element, said, meanings)) &&
    (!element.isChoice || row.types === undefined || row.types.length === element.types.length) &&
    (!isChecked(row.binding) || meanings.findBinding(row.binding)?.codes === element.binding?.codes) &&
    withNew(element.invariants, row, element.types) === element.invariants
  );
}

function typeIsSaid(element: ElementShape, said: RowType, meanings: Meanings): boolean {
  const type = element.types.find(({ typeName }) => typeName === said.code) ?? element.types[0];
  const targets = said.targets === undefined ? type?.targets : targetsOf(said.targets, meanings);
  return (
    (said.profiles === undefined || String(said.profiles) === String(type?.profiles)) &&
    targets?.length === type?.targets?.length &&
    !(targets ?? []).some(hasProfile) &&
    (type?.typeName !== 'Resource' || said.code === 'Resource')
  );
}

const hasProfile = ({ profile }: Target): boolean => profile !== undefined;

function isChecked(binding: ProfileRow['binding']): boolean {
  return binding?.strength === 'required' || binding?.strength === 'extensible';
}

/** Snapshots repeat R4's invariants; those the element or its type has already are left out. */
function withNew(
  known: Shape['invariants'],
  { invariants = [] }: ProfileRow,
  types: readonly ElementType[] = [],
): Shape['invariants'] {
  if (invariants.length === 0) return known;
  const keys = new Set([...known, ...types.flatMap(({ shape }) => shape?.invariants ?? [])].map(({ key }) => key));
  const added = invariants.filter(({ key }) => !keys.has(key));
  return added.length === 0 ? known : [...known, ...added];
}

/** Shapes this profile may change, each below one type of one element. */
class Copies {
  private readonly owners = new WeakMap<Shape, ElementType>();

  of(shape: Shape): Shape {
    return { ...shape, elements: shape.elements.map(copyOfElement), plan: undefined };
  }

  ownedBy(type: ElementType): Shape {
    if (type.shape === undefined) throw new Error(`${type.property} has no elements of its own.`);
    if (this.owners.get(type.shape) !== type) {
      type.shape = this.of(type.shape);
      this.owners.set(type.shape, type);
    }
    return type.shape;
  }
}

function copyOfElement(element: ElementShape): ElementShape {
  const { slicing } = element;
  return {
    ...element,
    types: element.types.map((type) => ({ ...type })),
    slicing: slicing && {
      ...slicing,
      slices: new Map([...slicing.slices].map(([name, slice]) => [name, copyOfElement(slice)])),
      matchers: undefined,
    },
  };
}
