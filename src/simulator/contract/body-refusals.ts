import type { ErrorObject } from 'ajv';
import type { Contract, Operation } from './contract.js';
import { envelopeRefusal, errorBody, flatRefusal, Refusal } from './refusal.js';

/** Field → the beginning of NHA's message for it (code ABDM-9999). */
const FIELD_MESSAGES: Readonly<Record<string, readonly (readonly [path: RegExp, message: string])[]>> = {
  generateLinkToken: [
    [/^\/abhaNumber$/, 'Invalid ABHA Number'],
    [/^\/abhaAddress$/, 'Invalid ABHA Address'],
    [/^\/gender$/, 'Invalid Gender'],
    [/^\/yearOfBirth$/, 'Invalid Year of birth'],
  ],
  linkCareContexts: [
    [/^\/patient\/\d+\/careContexts$/, 'careContexts attribute'],
    [/^\/patient\/\d+\/hiType$/, 'Invalid HIType'],
  ],
  onDiscover: [
    [/^\/patient\/\d+\/careContexts$/, 'Invalid Care Contexts count, must'],
    [/^\/patient\/\d+\/hiType$/, 'Invalid HIType'],
    [/^\/transactionId$/, 'Invalid Transaction ID'],
  ],
  onLinkInit: [
    [/^\/transactionId$/, 'Invalid Transaction Id'],
    [/^\/response(\/requestId)?$/, 'Invalid request ID'],
    [/^\/link\/referenceNumber$/, 'Invalid reference number'],
    [/^\/link\/authenticationType$/, 'Invalid authentication type'],
    [/^\/link\/meta\/communicationExpiry$/, 'Invalid communication expiry'],
    [/^\/link\/meta\/communicationMedium$/, 'Invalid communication medium'],
    [/^\/link\/meta\/communicationHint$/, 'Invalid communication hint'],
  ],
  onLinkConfirm: [[/^\/patient\/\d+\/careContexts$/, 'Invalid Care Contexts count']],
  onConsentHipNotify: [
    [/^\/response(\/requestId)?$/, 'RequestId cannot be'],
    [/^\/acknowledgement\/status$/, 'Invalid status'],
    [/^\/acknowledgement\/consentId$/, 'Invalid ConsentId'],
  ],
};

/** How NHA refuses a body that does not fit: by field where it has words for the field, else `ABDM-1006`. */
export function refuseBody(contract: Contract, operation: Operation, body: unknown): Refusal {
  const id = operation.operationId;
  if (body === undefined) return noBody(contract, operation);
  const special = id === 'linkCareContexts' ? refuseLink(contract, body) : undefined;
  if (special) return special;
  if (id === 'generateLinkToken' && isRecord(body) && body['abhaNumber'] == null && body['abhaAddress'] == null) {
    return contract.refusal(id, 'ABDM-1125');
  }
  const messages = fieldMessages(id, operation.body?.errors ?? []);
  if (messages.length > 0) {
    const scenarios = messages.map((message) => contract.scenario(id, 'sync', 'ABDM-9999', message));
    return new Refusal(
      400,
      errorBody(
        scenarios[0]?.shape ?? 'array',
        scenarios.map((one) => withNote(id, one)),
      ),
    );
  }
  const notAcceptable = operation.scenarios.find((one) => one.when === 'answer not acceptable');
  if (notAcceptable?.code) return contract.refusal(id, notAcceptable.code);
  if (id === 'createSession') return contract.refusal(id, 'ABDM-1015');
  if (operation.scenarios.some((one) => one.code === 'ABDM-1031' && one.when === 'body invalid')) {
    return contract.refusal(id, 'ABDM-1031');
  }
  return badRequest();
}

function refuseLink(contract: Contract, body: unknown): Refusal | undefined {
  if (!isRecord(body)) return undefined;
  const abhaNumber = body['abhaNumber'];
  if (typeof abhaNumber === 'string' && abhaNumber.includes('-')) return new Refusal(400, undefined);
  const entries: unknown = body['patient'];
  if (!Array.isArray(entries)) return undefined;
  if (entries.length === 0) return contract.refusal('linkCareContexts', 'ABDM-1115');
  // An array, or the field misnamed: the real gateway has been seen to refuse the one and time out on the other.
  const misnamed = entries.some((one) => isRecord(one) && ('hiTypes' in one || Array.isArray(one['hiType'])));
  return misnamed ? contract.refusal('linkCareContexts', 'ABDM-1006') : undefined;
}

function fieldMessages(operationId: string, errors: readonly ErrorObject[]): string[] {
  const rows = FIELD_MESSAGES[operationId] ?? [];
  const paths = errors.map((error) => {
    const missing: unknown = error.keyword === 'required' ? error.params['missingProperty'] : undefined;
    return typeof missing === 'string' ? `${error.instancePath}/${missing}` : error.instancePath;
  });
  return rows.filter(([path]) => paths.some((one) => path.test(one))).map(([, message]) => message);
}

/** on-notify's arrays hold envelopes; the contract says so once, on the first of the three rows. */
function withNote<T extends object>(operationId: string, scenario: T): T & { readonly note?: string } {
  return operationId === 'onConsentHipNotify' ? { ...scenario, note: 'array of {error:{code,message}}' } : scenario;
}

function noBody(contract: Contract, operation: Operation): Refusal {
  const known = operation.scenarios.some((one) => one.code === 'ABDM-1064');
  return known
    ? contract.refusal(operation.operationId, 'ABDM-1064')
    : flatRefusal(400, 'ABDM-1064', 'Request body was missing');
}

export const badRequest = (): Refusal => envelopeRefusal(400, 'ABDM-1006', 'Bad Request, invalid request Body');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
