import { closed, open, text, times } from './schema-parts.js';

/** JSON schemas of what the patient does. */
const identifier = closed({ type: text, value: { type: 'string' } }, ['type', 'value']);

export const DISCOVER = closed(
  { hipId: text, mobile: text, unverified: { type: 'array', items: identifier }, overrides: open, times },
  ['hipId'],
);

const context = closed({ patientReference: text, careContextReference: text, hiType: text }, [
  'patientReference',
  'careContextReference',
]);

export const INIT = closed(
  { careContexts: { type: 'array', items: { anyOf: [text, context] } }, overrides: open, hipId: text, times },
  [],
);

const token = { anyOf: [{ type: 'string' }, { type: 'integer' }] };
export const CONFIRM = closed({ token, linkRefNumber: text, hipId: text, times }, ['token']);

export const STATUS = closed(
  { status: { enum: ['DEACTIVATED', 'DELETED'] }, hipIds: { type: 'array', items: text } },
  [],
);

export const SMS = closed({ mobile: text, text: closed({ en: text, hi: text }, ['en', 'hi']), expiresAt: text }, [
  'mobile',
  'text',
  'expiresAt',
]);
