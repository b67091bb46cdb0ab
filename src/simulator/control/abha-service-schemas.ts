import { closed, count, flag, text } from './schema-parts.js';

/** JSON schemas of the control API of the ABHA service. */
const mobile = { type: 'string', pattern: '^[6-9]\\d{9}$' };
const gender = { enum: ['M', 'F', 'O'] };
const dateOfBirth = { type: 'string', pattern: '^\\d{4}(-\\d{2}){0,2}$' };
const abhaAddress = { type: 'string', pattern: '^[A-Za-z0-9._]{4,}(@(sbx|abdm))?$' };
const abhaNumber = { type: 'string', pattern: '^(none|[0-9-]{14,17})$' };

const ACCOUNT = closed(
  {
    abhaNumber,
    abhaAddress,
    name: text,
    gender,
    dateOfBirth,
    mobile,
    email: text,
    status: { enum: ['ACTIVE', 'DEACTIVATED', 'DELETED'] },
    isChild: flag,
    hasBenefit: flag,
  },
  [],
);

const PERSON = closed(
  {
    aadhaar: text,
    name: text,
    gender,
    dateOfBirth,
    aadhaarMobile: { anyOf: [mobile, { type: 'null' }] },
    mobile,
    address: text,
    stateCode: text,
    stateName: text,
    districtCode: text,
    districtName: text,
    pinCode: text,
    photo: { type: ['string', 'null'] },
    accounts: { type: 'array', items: ACCOUNT },
  },
  ['name', 'gender', 'dateOfBirth'],
);
export const PEOPLE = { anyOf: [PERSON, { type: 'array', items: PERSON }] };

export const NAMES = closed({ names: { type: 'array', items: text } }, []);
export const FACE = closed({ txnId: text, state: { enum: ['PENDING', 'VERIFIED', 'FAILED', 'COMPLETE'] } }, [
  'txnId',
  'state',
]);
export const CLOCK = closed({ forwardSeconds: { type: 'integer', minimum: 0 } }, ['forwardSeconds']);

export const ABHA_FAULT = closed(
  {
    operationId: text,
    times: { type: 'integer', minimum: 1 },
    delayMs: count,
    status: { type: 'integer', minimum: 100, maximum: 599 },
    code: text,
    message: { type: 'string' },
    shape: { enum: ['wrapped', 'flat', 'array', 'fields', 'message'] },
    field: text,
    isEmpty: flag,
    loseAnswer: flag,
    dropConnection: flag,
  },
  ['operationId'],
);

export const ABHA_SETTINGS = closed(
  {
    resendSeconds: count,
    sendsPerTransaction: count,
    triesPerTransaction: count,
    transactionSeconds: count,
    lockSeconds: count,
    transferTokenSeconds: count,
    userTokenSeconds: count,
    refreshTokenSeconds: count,
    accountsPerMobile: count,
    addressesPerAccount: count,
    childrenPerParent: count,
    accountsPerClient: count,
    benefitNames: { type: 'array', items: text },
    wrongAadhaarOtpAtLogin: { enum: ['failed', 'refused'] },
    trailingColon: flag,
    keyBits: { enum: [2048, 4096] },
    clockDriftSeconds: count,
  },
  [],
);
