export { createDefaultValidator } from './default-validator.js';
export type { Issue } from './issue.js';
export { operationOutcome } from './operation-outcome.js';
export type { Validator } from './validator.js';
