import { createRequire } from 'node:module';
import type { compile } from 'fhirpath';
import type { Condition } from './invariant-conditions.js';

type FhirPath = { readonly compile: typeof compile };
type Model = NonNullable<Parameters<typeof compile>[1]>;

const require = createRequire(import.meta.url);
let loaded: { readonly fhirPath: FhirPath; readonly r4: Model } | undefined;

/**
 * An invariant as R4 writes it. The engine (70 ms, 20 MB) is loaded when the first one is asked, which our own records
 * never do. An expression without an answer is not held against the document:
 * two dates of unlike precision, or a value so broken (and said to be) that the engine gives up.
 */
export function conditionInFhirPath(path: string, expression: string): Condition {
  let evaluate: ((value: unknown, resource: unknown) => unknown[]) | undefined;
  return (value, resource) => {
    evaluate ??= compiled(path, expression);
    try {
      // The engine writes type marks into what it is given.
      return !evaluate(structuredClone(value), structuredClone(resource)).includes(false);
    } catch {
      return true;
    }
  };
}

function compiled(path: string, expression: string): (value: unknown, resource: unknown) => unknown[] {
  // CommonJS, and only when needed.
  loaded ??= {
    fhirPath: require('fhirpath') as FhirPath,
    r4: require('fhirpath/fhir-context/r4') as Model,
  };
  // dom-3 traces what it finds, and what it finds is the patient's.
  const run = loaded.fhirPath.compile({ base: path, expression }, loaded.r4, {
    traceFn: () => undefined,
    async: false,
  });
  return (value, resource): unknown[] => run(value, { resource, rootResource: resource }) as unknown[];
}
