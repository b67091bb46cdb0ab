import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import { errorBody, Refusal, type Shape } from './refusal.js';

/** One `x-error-scenarios` row: how NHA refuses in this case. */
export interface Scenario {
  /** `phr`: what the person's app is told. */
  readonly at?: 'sync' | 'callback' | 'phr';
  readonly when: string;
  readonly status?: number;
  readonly shape?: Shape;
  readonly code?: string;
  readonly message?: string;
  readonly note?: string;
}

export interface HeaderRule {
  readonly name: string;
  readonly required: boolean;
  readonly fits: ValidateFunction;
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderRule[];
  readonly needsSession: boolean;
  readonly body: ValidateFunction | undefined;
  readonly examples: readonly unknown[];
  readonly scenarios: readonly Scenario[];
}

/** What ABDM posts to the adapter; `path` hangs below the registered bridge URL. */
export interface Callback {
  readonly operationId: string;
  readonly path: string;
  readonly body: ValidateFunction;
  readonly examples: readonly unknown[];
}

interface OperationYaml {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly ParameterYaml[];
  readonly requestBody?: { readonly content: { readonly 'application/json': ContentYaml } };
  readonly 'x-error-scenarios'?: readonly Scenario[];
  readonly 'x-callback-path'?: string;
}
interface ParameterYaml {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
}
interface ContentYaml {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface DocumentYaml {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationYaml>>>>;
  readonly webhooks?: Readonly<Record<string, Readonly<Record<string, OperationYaml>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, ParameterYaml>> };
}

const FILES = ['gateway.yaml', 'm2.yaml', 'scan-and-share.yaml', 'assumed.yaml'] as const;
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/**
 * The OpenAPI files, compiled: what each call must look like, and how NHA says no.
 * Compiling takes some hundred milliseconds, so use {@link theContract}.
 */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  private readonly operations = new Map<string, Operation>();
  private readonly byRoute = new Map<string, Operation>();
  private readonly callbacks = new Map<string, Callback>();

  constructor(files: readonly string[] = FILES) {
    ajvFormats.default(this.ajv);
    for (const file of files) {
      const document = parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as DocumentYaml;
      this.ajv.addSchema(document, file);
      this.addPaths(file, document);
      this.addWebhooks(file, document);
    }
  }

  operation(operationId: string): Operation {
    return found(this.operations.get(operationId), operationId);
  }

  /** Any schema of the files, e.g. `m1.yaml#/components/schemas/Consent`. */
  schemaAt(pointer: string): ValidateFunction | undefined {
    return this.ajv.getSchema(pointer);
  }

  /** @param route as Fastify spells it, e.g. `/…/request/status/:transactionId` */
  operationAt(method: string, route: string): Operation | undefined {
    return this.byRoute.get(routeKey(method, route));
  }

  callback(operationId: string): Callback {
    return found(this.callbacks.get(operationId), operationId);
  }

  allOperations(): readonly Operation[] {
    return [...this.operations.values()];
  }

  allCallbacks(): readonly Callback[] {
    return [...this.callbacks.values()];
  }

  /**
   * The synchronous refusal of this operation with this code, spelled and shaped as the contract has it.
   * `message`: its beginning, where one code has several.
   */
  refusal(operationId: string, code: string, message = ''): Refusal {
    const scenario = this.scenario(operationId, 'sync', code, message);
    return new Refusal(scenario.status ?? 400, errorBody(scenario.shape ?? 'envelope', [scenario]));
  }

  /** The error object of a callback answering this operation. */
  callbackError(operationId: string, code: string): { readonly code: string; readonly message: string } {
    const scenario = this.scenario(operationId, 'callback', code, '');
    return { code: scenario.code ?? code, message: scenario.message ?? '' };
  }

  scenario(operationId: string, at: 'sync' | 'callback' | 'phr', code: string, message: string): Scenario {
    const scenario = this.operation(operationId).scenarios.find(
      (one) =>
        (one.at ?? 'sync') === at && one.code?.replace(/:?\s*$/, '') === code && one.message?.startsWith(message),
    );
    return found(scenario, `${operationId}: ${code} ${message}`);
  }

  private addPaths(file: string, document: DocumentYaml): void {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, yaml] of Object.entries(methods)) {
        if (!METHODS.has(method)) continue;
        const at = `${file}#/paths/${pointer(path)}/${method}`;
        const operation: Operation = {
          operationId: yaml.operationId,
          method: method.toUpperCase(),
          path,
          headers: (yaml.parameters ?? []).flatMap((one, i) => this.headerRule(file, document, one, at, i)),
          needsSession: yaml.security?.length !== 0,
          body: yaml.requestBody && this.compileBody(at),
          examples: examplesOf(yaml),
          scenarios: yaml['x-error-scenarios'] ?? [],
        };
        this.operations.set(operation.operationId, operation);
        this.byRoute.set(routeKey(method, path), operation);
      }
    }
  }

  private addWebhooks(file: string, document: DocumentYaml): void {
    for (const [name, methods] of Object.entries(document.webhooks ?? {})) {
      const yaml = methods['post'];
      const path = yaml?.['x-callback-path'];
      if (!yaml || !path) continue;
      const body = this.compileBody(`${file}#/webhooks/${name}/post`);
      this.callbacks.set(yaml.operationId, { operationId: yaml.operationId, path, body, examples: examplesOf(yaml) });
    }
  }

  private headerRule(
    file: string,
    document: DocumentYaml,
    yaml: ParameterYaml,
    at: string,
    index: number,
  ): HeaderRule[] {
    const shared = yaml.$ref?.split('/').at(-1);
    const parameter = shared ? document.components.parameters[shared] : yaml;
    if (!parameter?.name || parameter.in !== 'header') return [];
    const schema = shared ? `${file}#/components/parameters/${shared}/schema` : `${at}/parameters/${index}/schema`;
    const fits = this.ajv.compile({ $ref: schema });
    return [{ name: parameter.name.toLowerCase(), required: parameter.required === true, fits }];
  }

  private compileBody(at: string): ValidateFunction {
    return this.ajv.compile({ $ref: `${at}/requestBody/content/${pointer('application/json')}/schema` });
  }
}

let compiled: Contract | undefined;

/** Compiled once per process: several simulators share it. */
export function theContract(): Contract {
  return (compiled ??= new Contract());
}

function examplesOf(yaml: OperationYaml): unknown[] {
  const content = yaml.requestBody?.content['application/json'];
  if (!content) return [];
  if (content.example !== undefined) return [content.example];
  return Object.values(content.examples ?? {}).map((one) => one.value);
}

/** `{transaction-id}` and `:transactionId` are the same place. */
function routeKey(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/\{[^}]+\}|:[^/]+/g, '*')}`;
}

export function pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The contract has no "${name}". Look it up in src/simulator/contract/.`);
  return value;
}
