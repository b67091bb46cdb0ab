import { TOKEN_KINDS } from '../gateway/callback-tokens.js';
import { closed, count, flag, open, text, times } from './schema-parts.js';

/** JSON schemas of the control API's bodies. */
const delayRange = { type: 'array', items: { type: 'number', minimum: 0 }, minItems: 2, maxItems: 2 };
const texts = { type: 'array', items: text };
const dateRange = closed({ from: text, to: text }, ['from', 'to']);

export const FACILITY = closed({ id: text, name: text, clientId: text }, ['id', 'name', 'clientId']);

export const CLIENT = closed({ clientId: text, clientSecret: text, bridgeUrl: { type: 'string', format: 'uri' } }, [
  'clientId',
  'clientSecret',
]);

const PATIENT = closed(
  {
    abhaAddress: { type: 'string', pattern: '^[^@]+@(sbx|abdm)$' },
    abhaNumber: { type: 'string', pattern: '^[0-9-]{14,17}$' },
    name: text,
    gender: { enum: ['M', 'F', 'O', 'D', 'T', 'U'] },
    yearOfBirth: { type: 'integer' },
    monthOfBirth: { type: 'integer', minimum: 1, maximum: 12 },
    dayOfBirth: { type: 'integer', minimum: 1, maximum: 31 },
    address: closed({ line: text, district: text, state: text, pincode: text }, []),
    mobile: text,
    isDeactivated: flag,
  },
  ['abhaAddress', 'abhaNumber', 'name', 'gender', 'yearOfBirth'],
);
export const PATIENTS = { anyOf: [PATIENT, { type: 'array', items: PATIENT }] };

export const PULL = closed({ hipId: text, dateRange }, []);

export const CONSENT = closed(
  {
    abhaAddress: text,
    hipId: text,
    hiuId: text,
    careContexts: {
      type: 'array',
      items: {
        anyOf: [
          text,
          closed({ patientReference: text, careContextReference: text }, ['patientReference', 'careContextReference']),
        ],
      },
    },
    hiTypes: texts,
    dateRange,
    dataEraseAt: text,
    frequency: closed({ unit: text, value: count, repeats: count }, ['unit', 'value', 'repeats']),
    purpose: text,
    silent: flag,
    addressedTo: text,
    artefactHipId: text,
    withoutHiu: flag,
    overrides: open,
    signature: text,
  },
  ['abhaAddress', 'hipId'],
);

export const NOTICE = closed(
  { status: { enum: ['GRANTED', 'REVOKED', 'EXPIRED'] }, repeat: flag, times, addressedTo: text },
  [],
);

const pushAnswer = closed(
  {
    status: count,
    delayMs: count,
    times,
    page: count,
    dropConnection: flag,
    loseAnswer: flag,
    hang: flag,
    redirectTo: text,
  },
  [],
);

export const CONSENT_REQUEST = closed(
  {
    dateRange,
    dataPushUrl: text,
    hiuId: text,
    consentId: text,
    addressedTo: text,
    spki: flag,
    force: flag,
    pushAnswers: { type: 'array', items: pushAnswer },
  },
  [],
);

export const FAULT = closed(
  {
    operationId: text,
    path: text,
    status: { type: 'integer', minimum: 200, maximum: 599 },
    body: true,
    delayMs: count,
    times: { type: 'integer', minimum: 1 },
    dropConnection: flag,
    loseAnswer: flag,
    silent: flag,
    duplicateCallback: flag,
  },
  [],
);

export const SETTINGS = closed(
  {
    callbackDelayMs: delayRange,
    redeliverAfterMs: { type: 'array', items: count, maxItems: 10 },
    callbackTimeoutMs: count,
    slowCallbackMs: count,
    notifyTooSoonMs: count,
    dedupeWindowMs: count,
    tokensPerDay: count,
    sessionSeconds: count,
    autoPull: flag,
    autoPullDelayMs: delayRange,
    consentAnswerMs: count,
    transferMs: count,
    revocationGraceMs: count,
    issuer: { type: 'string' },
    openRegistration: flag,
    discoveryMs: count,
    shareAnswerMs: count,
    tokenScope: { enum: ['counter', 'facility'] },
    clockAheadMs: count,
    patientStatusPath: { type: 'string', pattern: '^/' },
    smsError: { enum: ['ABDM-1004', 'ABDM-1008', null] },
    smsFlat: flag,
    pushAnswer: { anyOf: [{ type: 'null' }, pushAnswer] },
  },
  [],
);

export const CALLBACK = closed(
  {
    clientId: text,
    url: { type: 'string', format: 'uri' },
    path: { type: 'string', pattern: '^/' },
    body: true,
    hipId: { type: 'string' },
    requestId: { type: 'string' },
    timestamp: { type: 'string' },
    token: { enum: [...TOKEN_KINDS] },
    times: { type: 'integer', minimum: 1, maximum: 1000 },
  },
  ['path'],
);
