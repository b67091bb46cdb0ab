import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { isSafeXhtml } from './narrative.js';
import type { Report } from './report.js';
import type { CodeSet, ElementShape, Shape, Shapes } from './shape.js';

/** Steps down from the bundle. Real documents need about 20; without a limit a nested one could end the process. */
const DEEPEST = 200;

/**
 * Checks one resource against base R4: unknown fields, lists and single values, JSON types, formats, cardinality,
 * value[x] given twice, required bindings. References are looked at elsewhere (references.ts).
 */
export function checkBaseR4(resource: JsonObject, shapes: Shapes, report: Report): void {
  const type = resource['resourceType'];
  const shape = typeof type === 'string' ? shapes.get(type) : undefined;
  if (shape?.isResource !== true || typeof type !== 'string') {
    report.add('unknown-resource-type');
    return;
  }
  report.inResource(type, () => checkObject(resource, shape, shapes, report));
}

function checkObject(value: JsonObject, shape: Shape, shapes: Shapes, report: Report): void {
  if (report.trail.length > DEEPEST) {
    report.add('too-deep');
    return;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) report.add('empty');

  for (const key of keys) {
    if (key === 'resourceType' && shape.isResource) continue;
    const isBesidePrimitive = key.startsWith('_');
    const element = shape.elements.get(isBesidePrimitive ? key.slice(1) : key);
    if (element === undefined || (isBesidePrimitive && element.primitive === undefined)) {
      report.add('unknown-property', [shownName(key)]);
      continue;
    }
    report.trail.push(key);
    if (isBesidePrimitive) checkBesidePrimitive(value[key], element, shapes, report);
    else checkElement(value[key], element, shapes, report);
    report.trail.pop();
  }
  for (const name of shape.required) if (!has(value, name)) report.add('missing', [name]);
  for (const { name, isRequired, properties } of shape.choices) {
    const given = properties.filter((property) => has(value, property)).length;
    if (given > 1) report.add('two-values', [name]);
    else if (isRequired && given === 0) report.add('missing', [name]);
  }
}

/** Field names are not values, but a foreign sender may put anything there. */
function shownName(key: string): string {
  return /^\w{1,40}$/.test(key) ? key : '?';
}

function has(value: JsonObject, property: string): boolean {
  return value[property] !== undefined || value[`_${property}`] !== undefined;
}

function checkElement(value: unknown, element: ElementShape, shapes: Shapes, report: Report): void {
  if (!element.isList) {
    if (Array.isArray(value)) report.add('not-single');
    else checkItem(value, element, shapes, report);
    return;
  }
  if (!Array.isArray(value)) {
    report.add('not-a-list');
    return;
  }
  if (value.length === 0) report.add('empty');
  for (let at = 0; at < value.length; at += 1) {
    // In a list of primitives null holds the place of a value that has only extensions.
    if (value[at] === null && element.primitive !== undefined) continue;
    report.trail.push(at);
    checkItem(value[at], element, shapes, report);
    report.trail.pop();
  }
}

function checkItem(value: unknown, element: ElementShape, shapes: Shapes, report: Report): void {
  if (element.primitive !== undefined) {
    checkPrimitive(value, element, report);
    return;
  }
  if (value === null) {
    report.add('empty');
    return;
  }
  if (!isObject(value)) {
    report.add('not-an-object');
    return;
  }
  if (element.typeName === 'Resource') {
    checkBaseR4(value, shapes, report);
    return;
  }
  if (element.shape !== undefined) checkObject(value, element.shape, shapes, report);
  if (element.codes !== undefined) checkCoded(value, element.typeName, element.codes, report);
}

function checkPrimitive(value: unknown, { primitive, typeName, codes }: ElementShape, report: Report): void {
  if (value === null || value === '') {
    report.add('empty');
    return;
  }
  const fault = primitive?.fault(value);
  if (fault === 'type') report.add('wrong-type', [], primitive?.json);
  else if (fault === 'format') report.add('wrong-format', [], typeName);
  else if (typeof value === 'string') {
    if (codes !== undefined && !codes.codes.has(value)) report.add('unknown-code');
    if (typeName === 'xhtml' && !isSafeXhtml(value)) report.add('unsafe-narrative');
    if ((typeName === 'string' || typeName === 'markdown') && hasControlCharacter(value)) {
      report.add('control-character');
    }
  }
}

/** One of the codings has to be from the bound value set. */
function checkCoded(value: JsonObject, typeName: string, { codings }: CodeSet, report: Report): void {
  const given = typeName === 'Coding' ? [value] : listOf(value['coding']);
  if (typeName !== 'Coding' && typeName !== 'CodeableConcept') return;
  const isBound = given.some(
    (coding) => isObject(coding) && codings.has(`${String(coding['system'])}|${String(coding['code'])}`),
  );
  if (!isBound) report.add('unknown-code');
}

/** `_birthDate`: id and extensions of a primitive. */
function checkBesidePrimitive(value: unknown, element: ElementShape, shapes: Shapes, report: Report): void {
  if (Array.isArray(value) !== element.isList) {
    report.add(element.isList ? 'not-a-list' : 'not-single');
    return;
  }
  const shape = shapes.get('Element');
  for (const each of listOf(value)) {
    if (each === null && element.isList) continue;
    if (!isObject(each)) report.add('not-an-object');
    else if (shape !== undefined) checkObject(each, shape, shapes, report);
  }
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true;
  }
  return false;
}
