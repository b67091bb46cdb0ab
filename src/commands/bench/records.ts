import { readFile } from 'node:fs/promises';
import { buildRecords } from '../../fhir/records/index.js';
import type { RecordPlace } from '../../fhir/records/index.js';
import { loadTerminology } from '../../fhir/terminology/load.js';
import { createDefaultValidator, type Validator } from '../../fhir/validation/index.js';
import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import type { Visit } from '../../ports/visit.js';
import { projectFile } from '../../support/project-file.js';
import { quantile, type Figure } from './figure.js';

const START_LIMIT_MS = 1_000;
const DOCUMENT_LIMIT_MS = 10;
const ROUNDS = 3;

/** All records of the demo's visits, built from the cleaned visit, serialised and validated: what a visit costs before linking. */
export async function benchRecords(): Promise<Figure[]> {
  const visits = await demoVisits();
  const start = performance.now();
  const validator = createDefaultValidator();
  const place: RecordPlace = {
    facility: { hfrId: 'IN0000000001', name: 'Bench Hospital', state: 'Chhattisgarh' },
    terminology: loadTerminology(projectFile('config/terminology')),
  };
  once(visits.slice(0, 1), place, validator);
  const startMs = performance.now() - start;
  once(visits, place, validator); // the engine compiles what is hot
  const rounds = Array.from({ length: ROUNDS }, () => once(visits, place, validator));
  const documents = rounds.flatMap(({ documentMs }) => documentMs);
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  const errors = rounds.reduce((sum, round) => sum + round.errors, 0);
  const [median, p99] = [quantile(documents, 0.5), quantile(documents, 0.99)];
  return [
    {
      name: 'first document from a cold start: definitions, tables, building, validating',
      measured: `${startMs.toFixed(0)} ms`,
      limit: `${START_LIMIT_MS} ms`,
      holds: startMs <= START_LIMIT_MS,
    },
    {
      name: `building and validating one document (${documents.length / ROUNDS} of ${visits.length} visits)`,
      measured: `median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms${errors === 0 ? '' : `, but ${errors} errors`}`,
      limit: `p99 ${DOCUMENT_LIMIT_MS} ms`,
      // A fast validator that finds our own documents wrong would not count.
      holds: errors === 0 && p99 <= DOCUMENT_LIMIT_MS,
    },
    {
      name: 'all records of a visit, on one core',
      measured: `${((visits.length * ROUNDS) / seconds).toFixed(0)} visits/s`,
      limit: 'at least 100 visits/s',
      holds: (visits.length * ROUNDS) / seconds >= 100,
    },
  ];
}

async function demoVisits(): Promise<Visit[]> {
  const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  const lines = (await readFile(projectFile('config/demo/opd-day.ndjson'), 'utf8')).trim().split('\n');
  return lines.flatMap((line) => {
    const { reading } = hospital.read(JSON.parse(line));
    return reading.kind === 'understood' ? [reading.visit] : [];
  });
}

function once(visits: readonly Visit[], place: RecordPlace, validator: Validator) {
  const documentMs: number[] = [];
  let errors = 0;
  const start = performance.now();
  for (const visit of visits) {
    const began = performance.now();
    const { records } = buildRecords(visit, place);
    const builtMs = (performance.now() - began) / records.length;
    for (const { bundle } of records) {
      const from = performance.now();
      errors += validator.validate(bundle).filter(({ severity }) => severity === 'error').length;
      documentMs.push(performance.now() - from + builtMs);
    }
  }
  return { documentMs, errors, seconds: (performance.now() - start) / 1000 };
}
