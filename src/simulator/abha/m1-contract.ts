import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { Contract, type Operation, pointer } from '../contract/contract.js';

/** Below this the ABHA service hangs on the simulator's own address. */
export const ABHA_BASE = '/abha/api';

type Schema = Readonly<Record<string, unknown>>;

/** One row of `x-use-cases`, as its schema tells it: which scope, hint and system go together. */
interface UseCase {
  readonly name: string;
  readonly schema: Schema;
}

export interface Example {
  readonly status: number;
  readonly value: unknown;
}

interface OperationYaml {
  readonly operationId: string;
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, ContentYaml>> }>>;
}
interface ContentYaml {
  readonly schema?: Schema;
  readonly examples?: Readonly<Record<string, ExampleYaml>>;
}
interface ExampleYaml {
  readonly value?: unknown;
  readonly $ref?: string;
}
interface DocumentYaml {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationYaml>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, ExampleYaml>>;
  };
}

const FILE = 'm1.yaml';
/** Looked at in this order: a body whose scope is known but whose hint is not is told of the hint. */
const TELLTALES = ['scope', 'loginHint', 'otpSystem', 'authMethods'] as const;

export type Judgement =
  { readonly useCase: string } | { readonly field: string; readonly errors: readonly ErrorObject[] };

/**
 * contract/m1.yaml: what each ABHA call must look like, which jobs a path has, and NHA's words for each refusal.
 * Kept apart from the other contracts, because it repeats two calls of theirs and hangs below a base path.
 */
class M1Contract {
  private readonly contract = new Contract([FILE]);
  private readonly document: DocumentYaml;
  private readonly yaml = new Map<string, OperationYaml>();

  constructor() {
    this.document = parse(readFileSync(new URL(`../contract/${FILE}`, import.meta.url), 'utf8')) as DocumentYaml;
    for (const methods of Object.values(this.document.paths)) {
      for (const one of Object.values(methods)) if (one.operationId) this.yaml.set(one.operationId, one);
    }
  }

  /** @param route as Fastify spells it, e.g. `/abha/api/v3/profile/account` */
  operationAt(method: string, route: string): Operation | undefined {
    return route.startsWith(`${ABHA_BASE}/`)
      ? this.contract.operationAt(method, route.slice(ABHA_BASE.length))
      : undefined;
  }

  operation(operationId: string): Operation {
    return this.contract.operation(operationId);
  }

  /** A refusal of this operation by its example's name; of another one, where this lists none. */
  example(operationId: string, name: string): Example {
    const own = this.examplesOf(this.yaml.get(operationId)).get(name);
    if (own) return own;
    for (const one of this.yaml.values()) {
      const example = this.examplesOf(one).get(name);
      if (example) return example;
    }
    throw new Error(`m1.yaml has no example "${name}".`);
  }

  /** The refusal that blames this field, if the operation has words for it. */
  exampleFor(operationId: string, field: string): Example | undefined {
    const all = this.examplesOf(this.yaml.get(operationId));
    const named = all.get(field);
    // Arrays of codes do not name the field; their examples do.
    if (Array.isArray(named?.value)) return named;
    return [...all.values()].find(({ value }) => {
      const keys = Object.keys(value as object).filter((key) => key !== 'timestamp');
      return keys.length === 1 && keys[0]?.toLowerCase() === field.toLowerCase();
    });
  }

  /** What an answer with this status must look like; undefined where that is not published. */
  answer({ method, path }: Operation, status: number): ValidateFunction | undefined {
    const place = `${FILE}#/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`;
    return this.contract.schemaAt(`${place}/content/${pointer('application/json')}/schema`);
  }

  /** Which job of the operation this body asks for, or the first field that speaks against all of them. */
  judge(operation: Operation, body: unknown): Judgement {
    let left = this.useCases(operation.operationId);
    for (const field of TELLTALES) {
      const value = telltale(body, field);
      const agreeing = left.filter(({ schema }) => allows(telltale(schema, field, 'properties'), value));
      if (agreeing.length === 0) return { field, errors: this.errors(left[0], body) };
      left = agreeing;
    }
    const fitting = left.find((one) => this.errors(one, body).length === 0);
    if (fitting) return { useCase: fitting.name };
    const errors = this.errors(left[0], body);
    return { field: fieldOf(errors[0]), errors };
  }

  private useCases(operationId: string): readonly UseCase[] {
    const schema = this.yaml.get(operationId)?.requestBody?.content['application/json'].schema;
    if (!schema) return [];
    const several = schema['oneOf'] as readonly { readonly $ref?: string }[] | undefined;
    const named = (several ?? []).flatMap(({ $ref }) => ($ref ? [$ref.split('/').at(-1) ?? ''] : []));
    if (named.length === 0) return [{ name: operationId, schema: this.resolved(schema) }];
    return named.map((name) => ({ name, schema: this.resolved({ $ref: name }) }));
  }

  private resolved(schema: Schema): Schema {
    const ref = schema['$ref'];
    return typeof ref === 'string' ? (this.document.components.schemas[ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  }

  private errors(useCase: UseCase | undefined, body: unknown): readonly ErrorObject[] {
    if (!useCase) return [];
    const isNamed = useCase.name in this.document.components.schemas;
    const fits = isNamed
      ? this.contract.schemaAt(`${FILE}#/components/schemas/${useCase.name}`)
      : this.operation(useCase.name).body;
    return !fits || fits(body) ? [] : [...(fits.errors ?? [])];
  }

  private examplesOf(yaml: OperationYaml | undefined): ReadonlyMap<string, Example> {
    const found = new Map<string, Example>();
    for (const [status, response] of Object.entries(yaml?.responses ?? {})) {
      for (const [name, example] of Object.entries(response.content?.['application/json']?.examples ?? {})) {
        const value = example.$ref
          ? this.document.components.examples[example.$ref.split('/').at(-1) ?? '']?.value
          : example.value;
        if (!found.has(name)) found.set(name, { status: Number(status), value });
      }
    }
    return found;
  }
}

let read: M1Contract | undefined;
export type { M1Contract };

/** Read by the first ABHA call of the process: simulators that nobody asks for ABHA start without it. */
export function theM1Contract(): M1Contract {
  return (read ??= new M1Contract());
}

/** A field of a body, or its schema; `authMethods` lies one deeper, in `authData`. */
function telltale(of: unknown, field: string, between?: string): unknown {
  const inside = (value: unknown, key: string): unknown => {
    const record = isRecord(value) ? (between === undefined ? value : value[between]) : undefined;
    return isRecord(record) ? record[key] : undefined;
  };
  return field === 'authMethods' ? inside(inside(of, 'authData'), field) : inside(of, field);
}

function allows(schema: unknown, value: unknown): boolean {
  if (!isRecord(schema)) return true;
  if ('const' in schema) return JSON.stringify(schema['const']) === JSON.stringify(value);
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if (Array.isArray(schema['oneOf'])) return schema['oneOf'].some((one) => allows(one, value));
  return true;
}

/** The field a first error is about: the last name in its path. */
function fieldOf(error: ErrorObject | undefined): string {
  const missing: unknown = error?.params['missingProperty'];
  if (error?.keyword === 'required' && typeof missing === 'string') return missing;
  const names = (error?.instancePath ?? '').split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
  return names.at(-1) ?? 'message';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
