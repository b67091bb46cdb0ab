import type { DiscoveryService, MetadataScanner } from '@nestjs/core';

export type AnyMethod = (...args: never[]) => Promise<void>;

/** Every provider's methods that a decorator has marked under this symbol, bound to their instance. */
export function* markedMethods<Mark>(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  symbol: symbol,
): Generator<[Mark, AnyMethod]> {
  for (const { instance } of discovery.getProviders() as { instance: unknown }[]) {
    if (typeof instance !== 'object' || instance === null) continue;
    const prototype = Object.getPrototypeOf(instance) as object | null;
    if (prototype === null) continue;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const method = (instance as Record<string, unknown>)[name];
      if (typeof method !== 'function') continue;
      const mark = Reflect.getMetadata(symbol, method) as Mark | undefined;
      if (mark !== undefined) yield [mark, method.bind(instance) as AnyMethod];
    }
  }
}
