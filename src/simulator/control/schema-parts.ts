/** Pieces of JSON schema the control API's bodies are made of. */
export const text = { type: 'string', minLength: 1 };
export const count = { type: 'integer', minimum: 0 };
export const flag = { type: 'boolean' };
/** How often something is sent. */
export const times = { type: 'integer', minimum: 1, maximum: 1000 };
/** Any fields: what a test puts in the place of what ABDM would send. */
export const open = { type: 'object' };

export function closed(properties: Record<string, unknown>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false };
}
