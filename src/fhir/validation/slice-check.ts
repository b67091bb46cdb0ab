import { isObject } from './json-path.js';
import type { ElementShape, Slicing } from './shape.js';
import { sliceFor } from './slicing.js';
import type { WalkState } from './walk-state.js';

/** Sorts a list's items into the element's slices, if it has any, and has each checked as what it is. */
export function checkItems(
  walk: WalkState,
  items: readonly unknown[],
  element: ElementShape,
  check: (item: unknown, as: ElementShape, at: number) => void,
): void {
  const { slicing } = element;
  if (slicing === undefined || slicing.slices.size === 0) {
    items.forEach((item, at) => check(item, element, at));
    return;
  }
  const names = items.map((item) => sliceFor(item, slicing, walk.book.shapeOf, walk));
  checkOrder(walk, names, slicing, element);
  checkCounts(walk, names, slicing, element);
  items.forEach((item, at) => {
    const name = names[at];
    const slice = name === undefined ? undefined : slicing.slices.get(name);
    if (slice === undefined && slicing.rules === 'closed') refuse(walk, item, at, element, slicing);
    check(item, slice ?? element, at);
  });
}

type Names = readonly (string | undefined)[];

function checkOrder(
  { report }: WalkState,
  names: Names,
  { rules, isOrdered, slices }: Slicing,
  { name }: ElementShape,
): void {
  const lastKnown = names.findLastIndex((each) => each !== undefined);
  const order = [...slices.keys()];
  let furthest = 0;
  names.forEach((each, at) => {
    if (each === undefined) {
      if (rules === 'openAtEnd' && at < lastKnown) {
        report.add(name === 'section' ? 'unknown-section-before-known' : 'unknown-before-known', [at]);
      }
      return;
    }
    if (isOrdered && order.indexOf(each) < furthest) report.add('out-of-order', [at]);
    furthest = Math.max(furthest, order.indexOf(each));
  });
}

function checkCounts({ report }: WalkState, names: Names, { slices }: Slicing, element: ElementShape): void {
  for (const [name, { min, max }] of slices) {
    if (min === 0 && max === Infinity) continue;
    const places = names.flatMap((each, at) => (each === name ? [at] : []));
    if (places.length < min) report.add('missing-part', [], name);
    const extra = places[max];
    if (extra !== undefined)
      report.add(element.name === 'section' ? 'repeated-section' : 'too-many', [extra], String(max));
  }
}

/** An item of a closed list that is none of its parts. */
function refuse({ report }: WalkState, item: unknown, at: number, element: ElementShape, slicing: Slicing): void {
  const typeName = element.types[0]?.typeName;
  if (typeName === 'Coding') {
    const isSaid = isObject(item) && item['system'] !== undefined;
    report.add(isSaid ? 'foreign-code-system' : 'incomplete-coding', [at, 'system']);
  } else if (slicing.discriminators[0]?.path === 'type') {
    report.add('entry-type', [at, 'type'], [...slicing.slices.keys()].join(', '));
  } else report.add('none-of-its-parts', [at], [...slicing.slices.keys()].join(', '));
}
