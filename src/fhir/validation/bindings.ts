import { isObject, listOf } from './json-path.js';
import type { Binding, CodeSet } from './shape.js';

/** Whether a code, Coding or CodeableConcept keeps to its value set. */
export function keepsToBinding(value: unknown, typeName: string, { strength, codes }: Binding): boolean {
  // Where the set may be extended, words alone are no code to judge.
  if (strength === 'extensible' && isObject(value) && typeName === 'CodeableConcept' && value['coding'] === undefined) {
    return true;
  }
  return isInValueSet(value, typeName, codes);
}

export function isInValueSet(value: unknown, typeName: string, set: CodeSet): boolean {
  if (typeof value === 'string') return set.codes?.has(value) ?? true;
  if (!isObject(value)) return true;
  if (typeName === 'Coding') return holdsCoding(value, set);
  return typeName !== 'CodeableConcept' || listOf(value['coding']).some((coding) => holdsCoding(coding, set));
}

function holdsCoding(coding: unknown, { codings, openSystems }: CodeSet): boolean {
  if (!isObject(coding)) return false;
  const system = String(coding['system']);
  return openSystems.has(system) || codings.has(`${system}|${String(coding['code'])}`);
}
