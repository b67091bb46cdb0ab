import type { FhirResource, Reference } from 'fhir/r4.js';

/** How a resource is called inside its document, as `fullUrl` and in references. */
export function urn(id: string | undefined): string {
  if (id === undefined) throw new Error('A resource in a document needs an id. Give it one where it is built.');
  return `urn:uuid:${id}`;
}

/**
 * Points at a resource of the same document. `type` is always sent: PrescriptionRecord and other one-section records
 * slice their entries by it.
 */
export function ref(resource: FhirResource, display?: string): Reference {
  return { reference: urn(resource.id), type: resource.resourceType, ...(display !== undefined && { display }) };
}
