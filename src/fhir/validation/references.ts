import type { JsonObject } from './json-path.js';

/** The resources of a document, by the names references call them. */
export class DocumentIndex {
  private readonly byUrl = new Map<string, JsonObject>();

  add(fullUrl: string, resource: JsonObject): void {
    this.byUrl.set(fullUrl, resource);
    // Documents made on a server refer to `Patient/17`, whatever stands before it in the fullUrl.
    const { resourceType, id } = resource;
    if (typeof resourceType === 'string' && typeof id === 'string') this.byUrl.set(`${resourceType}/${id}`, resource);
  }

  find(reference: string): JsonObject | undefined {
    const exact = this.byUrl.get(reference);
    if (exact !== undefined || reference.startsWith('urn:')) return exact;
    const plain = reference.split('/_history/', 1)[0] ?? reference;
    return this.byUrl.get(plain) ?? this.byUrl.get(/[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(plain)?.[0] ?? plain);
  }
}
