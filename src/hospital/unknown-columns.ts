import { MOST_ITEMS } from './columns.js';
import type { Json } from './json.js';
import { isJsonObject, isNothing, shown } from './json.js';
import type { ListMapping, Mapping } from './mapping.js';
import type { Remarks } from './remarks.js';

/** The shape of a row as the mapping knows it. */
type Known = 'value' | { readonly isList: boolean; readonly below: Map<string, Known> };

/** Says of every column the mapping does not know what it held, so that nothing a site sends is lost silently. */
export function createUnknownColumnsCheck(mapping: Mapping): (row: Json, remarks: Remarks) => void {
  const known = knownShape(mapping);
  return (row, remarks) => check(row, known, '', remarks);
}

function knownShape(mapping: Mapping): Known {
  const root: Known = { isList: false, below: new Map() };
  for (const path of Object.values(mapping.columns)) addPath(root.below, path, 'value');
  for (const [meaning, list] of Object.entries(mapping.lists)) {
    const item = itemShape(list);
    if (meaning === 'labReports' && mapping.labResults !== undefined) {
      addPath(item, mapping.labResults.from, { isList: true, below: itemShape(mapping.labResults) });
    }
    addPath(root.below, list.from, { isList: true, below: item });
  }
  return root;
}

function itemShape(list: ListMapping): Map<string, Known> {
  const below = new Map<string, Known>();
  for (const path of Object.values(list.columns)) addPath(below, path, 'value');
  return below;
}

function addPath(below: Map<string, Known>, path: string, leaf: Known): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    below.set(first, leaf);
    return;
  }
  const existing = below.get(first);
  const branch =
    existing === undefined || existing === 'value' ? { isList: false, below: new Map<string, Known>() } : existing;
  below.set(first, branch);
  addPath(branch.below, rest.join('.'), leaf);
}

function check(value: Json, known: Known, field: string, remarks: Remarks): void {
  // A value that is an object is remarked where it is read.
  if (known === 'value' || isNothing(value)) return;
  if (known.isList && Array.isArray(value)) {
    const items: readonly Json[] = value.slice(0, MOST_ITEMS);
    items.forEach((item, index) => check(item, { isList: false, below: known.below }, `${field}[${index}]`, remarks));
    return;
  }
  if (!isJsonObject(value)) {
    remarks.add(field, 'wrong-type', shown(value), undefined, 'unsure');
    return;
  }
  for (const [name, below] of Object.entries(value)) {
    const path = field === '' ? name : `${field}.${name}`;
    const shape = known.below.get(name);
    if (shape !== undefined) check(below, shape, path, remarks);
    else if (!isNothing(below)) remarks.add(path, 'unknown-column', shown(below), undefined, 'unsure');
  }
}
