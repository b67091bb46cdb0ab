import { isObject } from './json-path.js';
import type { JsonObject } from './json-path.js';
import type { Report } from './report.js';
import type { ElementShape, Shape, Shapes } from './shape.js';

/** The resources of a document, by the names references call them. */
export class DocumentIndex {
  private readonly byUrl = new Map<string, JsonObject>();

  add(fullUrl: string, resource: JsonObject): void {
    this.byUrl.set(fullUrl, resource);
    // Documents made on a server refer to `Patient/17`, whatever stands before it in the fullUrl.
    const { resourceType, id } = resource;
    if (typeof resourceType === 'string' && typeof id === 'string') this.byUrl.set(`${resourceType}/${id}`, resource);
  }

  find(reference: string): JsonObject | undefined {
    const plain = reference.split('/_history/', 1)[0] ?? reference;
    return this.byUrl.get(plain) ?? this.byUrl.get(/[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(plain)?.[0] ?? plain);
  }
}

/**
 * Follows every reference of one resource: it leads somewhere, to a resource of a type R4 allows there, and says no
 * other type than that. Calls `reached` for each target.
 */
export function checkReferences(
  resource: JsonObject,
  index: DocumentIndex,
  shapes: Shapes,
  report: Report,
  reached: (target: JsonObject) => void,
): void {
  const type = resource['resourceType'];
  const shape = typeof type === 'string' ? shapes.get(type) : undefined;
  if (shape === undefined || typeof type !== 'string') return;
  const contained = Array.isArray(resource['contained']) ? (resource['contained'] as unknown[]).filter(isObject) : [];

  const visit = (value: JsonObject, at: Shape): void => {
    for (const key of Object.keys(value)) {
      const element = at.elements.get(key);
      if (element === undefined || element.primitive !== undefined || element.typeName === 'Resource') continue;
      report.trail.push(key);
      const child = value[key];
      if (Array.isArray(child)) {
        child.forEach((each: unknown, step) => {
          report.trail.push(step);
          visitChild(each, element);
          report.trail.pop();
        });
      } else visitChild(child, element);
      report.trail.pop();
    }
  };
  const visitChild = (value: unknown, element: ElementShape): void => {
    if (!isObject(value) || element.shape === undefined) return;
    if (element.typeName === 'Reference') follow(value, element);
    visit(value, element.shape);
  };
  const follow = (value: JsonObject, { targets }: ElementShape): void => {
    const { reference } = value;
    if (typeof reference !== 'string') return;
    const target = reference.startsWith('#')
      ? contained.find((each) => each['id'] === reference.slice(1))
      : index.find(reference);
    if (target === undefined) {
      // What a Composition names is part of the document; elsewhere an address on some server is allowed.
      if (type === 'Composition' || /^(#|urn:)/.test(reference)) report.add('dangling-reference');
      return;
    }
    reached(target);
    const targetType = target['resourceType'];
    if (typeof targetType !== 'string') return;
    if (targets !== undefined && !targets.has(targetType)) report.add('wrong-target', [], [...targets].join(' / '));
    if (typeof value['type'] === 'string' && value['type'] !== targetType) report.add('wrong-reference-type');
  };

  report.inResource(type, () => visit(resource, shape));
}
