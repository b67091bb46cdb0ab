import { loadTerminology } from '../../fhir/terminology/load.js';
import type { Terminology } from '../../fhir/terminology/terminology.js';
import { createDefaultValidator, type Validator } from '../../fhir/validation/index.js';
import type { Config } from '../../support/config.js';
import { projectFile } from '../../support/project-file.js';

/** What records are made and judged with: read once at start, so that a bad table stops the start and not a visit. */
export interface RecordTools {
  readonly terminology: Terminology;
  readonly validator: Validator;
}

export const RECORD_TOOLS = Symbol('RecordTools');

/** @throws Error naming the file and line of a terminology table that cannot be used, or a package that cannot be read */
export function loadRecordTools(config: Pick<Config, 'TERMINOLOGY_DIR' | 'NRCES_PACKAGE_DIR'>): RecordTools {
  const { TERMINOLOGY_DIR, NRCES_PACKAGE_DIR: packageDir } = config;
  return {
    terminology: loadTerminology(projectFile(TERMINOLOGY_DIR)),
    validator: createDefaultValidator(packageDir === undefined ? {} : { packageDir: projectFile(packageDir) }),
  };
}
