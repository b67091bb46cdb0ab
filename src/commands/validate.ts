import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { OperationOutcome } from 'fhir/r4.js';
import { Client } from 'fhir-kit-client';
import type { FhirResource } from 'fhir-kit-client';
import { createDefaultValidator, operationOutcome } from '../fhir/validation/index.js';
import type { Issue, Validator } from '../fhir/validation/index.js';

const USAGE = `Checks FHIR documents, and single resources that say their profile, against base R4 and the NRCeS profiles
(guide 6.5.0).

  node dist/commands/validate.js FILE… [--json] [--package DIR] [--server URL]

  --json         print one OperationOutcome per file instead of lines to read
  --package DIR  take the profiles from the published package (ndhm.in), unpacked at DIR, instead of our own tables
  --server URL   ask a FHIR server's $validate too, as a second opinion

Ends with 0 when no file has an error, 1 when one has, 2 when a file or the server could not be read.`;

const HAS_ERRORS = 1;
const UNREADABLE = 2;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await validateFiles(process.argv.slice(2));
}

/** @returns the exit code */
export async function validateFiles(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === undefined) {
    console.error(USAGE);
    return UNREADABLE;
  }
  const validator = openValidator(asked);
  if (validator === undefined) return UNREADABLE;
  let worst = 0;
  for (const file of asked.files) {
    worst = Math.max(worst, await validateFile(file, asked, validator));
  }
  return worst;
}

interface Asked {
  readonly files: readonly string[];
  readonly isJson: boolean;
  readonly packageDir: string | undefined;
  readonly server: string | undefined;
}

function readArguments(args: string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        package: { type: 'string' },
        server: { type: 'string' },
      },
    });
    if (positionals.length === 0) return undefined;
    return { files: positionals, isJson: values.json, packageDir: values.package, server: values.server };
  } catch {
    return undefined;
  }
}

function openValidator({ packageDir }: Asked): Validator | undefined {
  try {
    return createDefaultValidator({ packageDir });
  } catch (error) {
    if (packageDir === undefined) throw error;
    console.error(`${packageDir}: holds no profiles. Name the folder "package" of the unpacked ndhm.in package.`);
    return undefined;
  }
}

async function validateFile(file: string, { isJson, server }: Asked, validator: Validator): Promise<number> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    console.error(`${file}: cannot be read as JSON. Check that the file is there and was written whole.`);
    return UNREADABLE;
  }
  const issues = saysItsProfile(document) ? validator.validateResource(document) : validator.validate(document);
  if (isJson) console.log(JSON.stringify(operationOutcome(issues)));
  else for (const line of linesFor(file, issues)) console.log(line);

  const own = issues.some(({ severity }) => severity === 'error') ? HAS_ERRORS : 0;
  if (server === undefined) return own;
  return Math.max(own, await askServer(file, document, server, isJson));
}

/** A resource that stands alone, like the guide's examples of single resources. */
function saysItsProfile(document: unknown): boolean {
  if (!isRecord(document) || document['resourceType'] === 'Bundle' || !isRecord(document['meta'])) return false;
  return Array.isArray(document['meta']['profile']);
}

function linesFor(file: string, issues: readonly Issue[]): string[] {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  const verdict = issues.length === 0 ? 'ok' : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return [
    `${file}: ${verdict}`,
    ...issues.map(({ severity, path, rule, message }) => `  ${severity}  ${path}  ${message} [${rule}]`),
  ];
}

/** The server sees the whole document: use one that may. */
async function askServer(file: string, document: unknown, server: string, isJson: boolean): Promise<number> {
  let outcome: OperationOutcome;
  try {
    const client = new Client({ baseUrl: server });
    // Whatever the file holds is the server's to judge.
    const input = document as FhirResource;
    const answer: unknown = await client.operation({ name: 'validate', resourceType: 'Bundle', input });
    const given = outcomeIn(answer);
    if (given === undefined) throw new Error('The answer is no OperationOutcome.');
    outcome = given;
  } catch (error) {
    // Servers may answer an invalid document with 4xx and the OperationOutcome in the body.
    const refused = outcomeIn(isRecord(error) && isRecord(error['response']) ? error['response']['data'] : undefined);
    if (refused === undefined) {
      console.error(`${file}: the server did not validate it. Check the URL, and that it offers $validate.`);
      return UNREADABLE;
    }
    outcome = refused;
  }
  const serious = outcome.issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (isJson) console.log(JSON.stringify(outcome));
  else {
    console.log(
      `${file}: ${new URL(server).host} says ${serious.length === 0 ? 'ok' : count(serious.length, 'error')}`,
    );
    for (const { severity, expression, details, diagnostics } of outcome.issue) {
      console.log(`  ${severity}  ${expression?.join(', ') ?? ''}  ${details?.text ?? diagnostics ?? ''}`);
    }
  }
  return serious.length === 0 ? 0 : HAS_ERRORS;
}

function outcomeIn(answer: unknown): OperationOutcome | undefined {
  if (!isRecord(answer) || answer['resourceType'] !== 'OperationOutcome' || !Array.isArray(answer['issue'])) {
    return undefined;
  }
  // resourceType and issue were just looked at; the rest is only printed.
  return answer as unknown as OperationOutcome;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
