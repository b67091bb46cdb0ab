import { isObject, listOf, objectsAt } from './json-path.js';
import type { JsonObject } from './json-path.js';
import type { CodingRule, ElementRule, ProfileRules } from './profiles/profile-rules.js';
import type { DocumentIndex } from './references.js';
import type { Report } from './report.js';

type Steps = readonly (string | number)[];

/** Checks one resource against an NRCeS profile's table. */
export function checkProfile(resource: JsonObject, rules: ProfileRules, index: DocumentIndex, report: Report): void {
  report.inResource(rules.resourceType, () => {
    for (const [path, rule] of Object.entries(rules.elements)) {
      const steps = path.split('.');
      const name = steps.pop() ?? path;
      for (const parent of objectsAt(resource, steps))
        checkElement(parent.value, name, rule, parent.steps, index, report);
    }
  });
}

function checkElement(
  parent: JsonObject,
  name: string,
  rule: ElementRule,
  above: Steps,
  index: DocumentIndex,
  report: Report,
): void {
  const value = parent[name];
  if (value === undefined) {
    if (rule.min === 1) report.add('missing', [...above, name]);
    return;
  }
  if (rule.max === 1 && listOf(value).length > 1) report.add('too-many', [...above, name]);
  if (rule.fixed !== undefined && value !== rule.fixed) report.add('wrong-value', [...above, name], rule.fixed);
  listOf(value).forEach((each, at) => {
    const here = Array.isArray(value) ? [...above, name, at] : [...above, name];
    if (!isObject(each)) return;
    if (rule.coding !== undefined) checkCodings(each, rule.coding, here, report);
    if (rule.targets !== undefined) checkTarget(each, rule.targets, here, index, report);
  });
}

/** On a CodeableConcept. */
export function checkCodings(concept: JsonObject, rule: CodingRule, here: Steps, report: Report): void {
  const codings = listOf(concept['coding']).filter(isObject);
  if (rule.required === true && codings.length === 0) report.add('missing', [...here, 'coding']);
  if (rule.exactly !== undefined && codings.length > 1) report.add('two-codes', [...here, 'coding']);
  codings.forEach((coding, at) => {
    const below = [...here, 'coding', at];
    for (const part of ['system', 'code', 'display'] as const) {
      const exact = rule.exactly?.[part];
      if (coding[part] === undefined) report.add('incomplete-coding', [...below, part], part);
      else if (exact !== undefined && coding[part] !== exact) report.add('wrong-value', [...below, part], exact);
    }
    const { system } = coding;
    if (rule.systems !== undefined && typeof system === 'string' && !rule.systems.includes(system)) {
      report.add('foreign-code-system', [...below, 'system']);
    }
  });
}

/** A target that is not in the document was reported already. */
export function checkTarget(
  reference: JsonObject,
  targets: readonly string[],
  here: Steps,
  index: DocumentIndex,
  report: Report,
): void {
  const target = typeof reference['reference'] === 'string' ? index.find(reference['reference']) : undefined;
  const type = target?.['resourceType'];
  if (typeof type === 'string' && !targets.includes(type)) report.add('wrong-target', here, targets.join(' / '));
}
