import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { ApiModule } from '../../src/api/api.module.js';
import { aRunningHip, type RunningHip } from '../setup/running-hip.js';

/** What Nest keeps of a handler's arguments: `4:…` are queries. */
const QUERY_ARGUMENT = /^4:/;

interface Query {
  readonly path: string;
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
}

/** Every class a query of the API is read into, with the path it belongs to: from the program, not from a list. */
function queries(): readonly Query[] {
  const controllers: (abstract new () => object)[] = Reflect.getMetadata('controllers', ApiModule);
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((method) => {
      const handlers = controller.prototype as Record<string, object>;
      const given = Reflect.getMetadata('__routeArguments__', controller, method) as
        Record<string, { index: number }> | undefined;
      const types = Reflect.getMetadata('design:paramtypes', controller.prototype, method) as (typeof controller)[];
      const path = [controller, handlers[method] ?? {}].map((each) => Reflect.getMetadata('path', each) as string);
      return Object.entries(given ?? {})
        .filter(([key]) => QUERY_ARGUMENT.test(key))
        .map(([, { index }]) => ({
          path: `/${path.join('/')}`
            .replace(/\/+$/, '')
            .replaceAll(/\/+/g, '/')
            .replaceAll(/:(\w+)/g, '{$1}'),
          fields: fieldsOf(types[index]),
        }));
    }),
  );
}

function fieldsOf(type: (abstract new () => object) | undefined): Query['fields'] {
  if (type === undefined) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const optional = new Set(rules.filter(({ name }) => name === 'isOptional').map(({ propertyName }) => propertyName));
  return [...new Set(rules.map(({ propertyName }) => propertyName))].map((name) => ({
    name,
    required: !optional.has(name),
  }));
}

describe('The description of the API', () => {
  let hip: RunningHip;
  let paths: Record<string, Record<string, any>>;
  beforeAll(async () => {
    hip = await aRunningHip();
    ({ paths } = (await (await fetch(`${hip.url}/docs-json`)).json()) as any);
  });
  afterAll(() => hip.stop());

  it('lists every field of every query, optional where it is', () => {
    const found = queries();
    expect(found.length).toBeGreaterThanOrEqual(7);
    for (const { path, fields } of found) {
      const listed = (paths[path]?.['get'].parameters as any[]).filter((one) => one.in === 'query');
      const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1);
      expect({ path, fields: listed.map(({ name, required }) => ({ name, required })).sort(byName) }).toEqual({
        path,
        fields: [...fields].sort(byName),
      });
    }
  });

  it('says of every path with an id that there may be nothing', () => {
    for (const [path, methods] of Object.entries(paths).filter(([each]) => /^\/api\/v1\/.*\{id\}/.test(each))) {
      for (const [method, { responses }] of Object.entries(methods)) {
        expect({ path, method, codes: Object.keys(responses) }).toEqual({
          path,
          method,
          codes: expect.arrayContaining(['404']),
        });
      }
    }
  });
});
