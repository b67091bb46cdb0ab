export { createDefaultValidator } from './default-validator.js';
export type { Issue } from './issue.js';
export { operationOutcome } from './operation-outcome.js';
export { createValidator } from './validator.js';
export type { Definitions, Validator } from './validator.js';
