import { describe, expect, it } from '@jest/globals';
import { theContract } from './contract.js';

const contract = theContract();
const withBodies = contract.allOperations().filter((one) => one.body && one.examples.length > 0);
const examples = withBodies.flatMap((one) => one.examples.map((body, i) => [one.operationId, i, body] as const));
const callbacks = contract
  .allCallbacks()
  .flatMap((one) => one.examples.map((b, i) => [one.operationId, i, b] as const));

describe('the contract', () => {
  it.each(examples)('takes the published example of %s (%i)', (operationId, _i, body) => {
    const fits = contract.operation(operationId).body!;
    expect([fits(body), fits.errors]).toEqual([true, null]);
  });

  it.each(callbacks)('takes the published callback %s (%i)', (operationId, _i, body) => {
    const fits = contract.callback(operationId).body;
    expect([fits(body), fits.errors]).toEqual([true, null]);
  });

  // The bridge's own calls, and the apps', which we read generously.
  const open = new Set(['upsertBridgeService', 'linkFacilityToBridge', 'phrShare', 'phrRunningTokenStatus']);
  const closed = examples.filter(([id]) => !open.has(id));
  it.each(closed)('refuses %s (%i) with a stray field, and without any of its fields', (operationId, _i, body) => {
    const fits = contract.operation(operationId).body!;
    expect(fits({ ...(body as object), stray: 1 })).toBe(false);
    expect(fits({})).toBe(false);
    expect(fits([])).toBe(false);
  });

  const mutations: [string, string, (body: any) => void][] = [
    ['generateLinkToken', 'a name in another script', (b) => (b.name = 'नाम')],
    ['generateLinkToken', 'a dashed ABHA number', (b) => (b.abhaNumber = '11-1111-1111-1111')],
    ['generateLinkToken', 'a year in quotes', (b) => (b.yearOfBirth = '1985')],
    ['generateLinkToken', 'an address of another domain', (b) => (b.abhaAddress = 'test.patient@ndhm')],
    ['linkCareContexts', 'hiType as an array', (b) => (b.patient[0].hiType = ['OPConsultation'])],
    [
      'linkCareContexts',
      'hiTypes for hiType',
      (b) => ((b.patient[0].hiTypes = 'Prescription'), delete b.patient[0].hiType),
    ],
    [
      'linkCareContexts',
      '21 care contexts',
      (b) => (b.patient[0].careContexts = Array(21).fill(b.patient[0].careContexts[0])),
    ],
    ['linkCareContexts', 'an ampersand in the display', (b) => (b.patient[0].display = 'A & B')],
    ['notifyCareContextUpdate', 'a date without milliseconds', (b) => (b.notification.date = '2026-09-16T10:12:48Z')],
    ['onConsentHipNotify', 'acknowledgement as an array', (b) => (b.acknowledgement = [b.acknowledgement])],
    [
      'onHealthInformationRequest',
      'an answer and an error at once',
      (b) => (b.error = { code: 'ABDM-1063', message: 'x' }),
    ],
    ['pushHealthInformation', 'an empty checksum', (b) => (b.entries[0].checksum = '')],
    [
      'notifyHealthInformation',
      'an unknown hiStatus',
      (b) => (b.notification.statusNotification.statusResponses[0].hiStatus = 'FAILED'),
    ],
  ];
  it.each(mutations)('refuses %s with %s', (operationId, _what, mutate) => {
    const operation = contract.operation(operationId);
    const body = structuredClone(operation.examples[0]);
    mutate(body);
    expect(operation.body!(body)).toBe(false);
  });

  it('is not slowed down by hostile text', () => {
    const token = contract.operation('generateLinkToken');
    const long = 'a '.repeat(50_000);
    const started = performance.now();
    for (const field of ['name', 'abhaAddress', 'gender']) {
      expect(token.body!({ ...(token.examples[0] as object), [field]: `${long}!` })).toBe(false);
    }
    const hipId = token.headers.find((one) => one.name === 'x-hip-id')!;
    expect(hipId.fits(`${long}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('knows how NHA refuses', () => {
    expect(contract.refusal('linkCareContexts', 'ABDM-1066').body).toEqual({
      code: 'ABDM-1066: ',
      message: 'Invalid JWT token',
    });
    expect(contract.callbackError('generateLinkToken', 'ABDM-1207').code).toBe('ABDM-1207: ');
    expect(() => contract.refusal('linkCareContexts', 'ABDM-0000')).toThrow(/no "linkCareContexts/);
  });
});
