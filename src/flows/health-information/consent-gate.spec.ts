import { describe, expect, it } from '@jest/globals';
import { covers, frequencyWindow, refusalOf, type GateConsent, type GateRequest } from './consent-gate.js';
import { gateConsent } from './gate-consent.js';

const NOW = new Date('2026-06-15T12:00:00.000Z');
const at = (text: string): Date => new Date(text);

const aConsent = (changes: Partial<GateConsent> = {}): GateConsent => ({
  status: 'GRANTED',
  expiresAt: at('2026-12-31T00:00:00Z'),
  facilityId: 'facility-a',
  hiuId: 'HIU-1',
  patientHash: Buffer.alloc(32),
  careContexts: new Set(['OPD/1', 'OPD/2']),
  hiTypes: new Set(['OPConsultation', 'Prescription']),
  from: at('2025-01-01T00:00:00Z'),
  to: at('2026-01-01T00:00:00Z'),
  frequency: { unit: 'HOUR', value: 1, repeats: 0 },
  ...changes,
});

const aRequest = (changes: Partial<GateRequest> = {}): GateRequest => ({
  facilityId: 'facility-a',
  hiuId: 'HIU-1',
  from: at('2025-03-01T00:00:00Z'),
  to: at('2025-09-01T00:00:00Z'),
  acceptedBefore: 0,
  ...changes,
});

const monthly = { unit: 'MONTH', value: 1, repeats: 3 } as const;

describe('The consent gate', () => {
  it.each<[string, Partial<GateConsent>, Partial<GateRequest>, string | undefined]>([
    ['lets pass what the consent covers', {}, {}, undefined],
    ['refuses under a revoked consent', { status: 'REVOKED' }, {}, 'consent-revoked'],
    ['refuses under an expired consent', { status: 'EXPIRED' }, {}, 'consent-expired'],
    [
      'refuses past the end, though nobody told of it',
      { expiresAt: at('2026-06-15T11:59:59.999Z') },
      {},
      'consent-expired',
    ],
    ['refuses at the very moment of the end', { expiresAt: NOW }, {}, 'consent-expired'],
    ['lets pass a millisecond before the end', { expiresAt: at('2026-06-15T12:00:00.001Z') }, {}, undefined],
    ['names the revocation before the end', { status: 'REVOKED', expiresAt: at('2020-01-01') }, {}, 'consent-revoked'],
    ['refuses another facility', {}, { facilityId: 'facility-b' }, 'consent-of-another-hip'],
    [
      'tells another facility nothing more',
      { status: 'REVOKED' },
      { facilityId: 'facility-b' },
      'consent-of-another-hip',
    ],
    ['refuses another HIU', {}, { hiuId: 'HIU-2' }, 'consent-unknown'],
    ['lets pass a caller that does not say which HIU it is', {}, { hiuId: undefined }, undefined],
    ['lets pass any HIU when the artefact names none', { hiuId: undefined }, { hiuId: 'HIU-2' }, undefined],
    [
      'lets pass exactly the range granted',
      {},
      { from: at('2025-01-01T00:00:00Z'), to: at('2026-01-01T00:00:00Z') },
      undefined,
    ],
    ['lets pass a single moment', {}, { from: at('2025-05-05T00:00:00Z'), to: at('2025-05-05T00:00:00Z') }, undefined],
    ['refuses a range that starts earlier', {}, { from: at('2024-12-31T23:59:59.999Z') }, 'outside-date-range'],
    ['refuses a range that ends later', {}, { to: at('2026-01-01T00:00:00.001Z') }, 'outside-date-range'],
    ['refuses a range wider on both sides', {}, { from: at('2000-01-01'), to: at('2030-01-01') }, 'outside-date-range'],
    ['refuses a range that lies elsewhere', {}, { from: at('2010-01-01'), to: at('2011-01-01') }, 'outside-date-range'],
    ['refuses an inverted range', {}, { from: at('2025-09-01'), to: at('2025-03-01') }, 'outside-date-range'],
    ['refuses a start that is no date', {}, { from: at('yesterday') }, 'outside-date-range'],
    ['refuses an end that is no date', {}, { to: at('') }, 'outside-date-range'],
    ['refuses when the artefact’s own range is no date', { from: at('x') }, {}, 'outside-date-range'],
    ['counts nothing when repeats is 0', {}, { acceptedBefore: 1_000_000 }, undefined],
    ['lets pass the last request allowed', { frequency: monthly }, { acceptedBefore: 2 }, undefined],
    ['refuses the request after the last one allowed', { frequency: monthly }, { acceptedBefore: 3 }, 'too-often'],
  ])('%s', (_name, consent, request, refusal) => {
    expect(refusalOf(aConsent(consent), aRequest(request), NOW)).toBe(refusal);
  });

  it('refuses when the consent is not known', () => {
    expect(refusalOf(undefined, aRequest(), NOW)).toBe('consent-unknown');
  });

  it.each([
    ['HOUR', 1, 1],
    ['HOUR', 6, 6],
    ['DAY', 1, 24],
    ['WEEK', 2, 336],
    ['MONTH', 1, 730],
    ['YEAR', 1, 8766],
    ['DAY', 0, 24],
    ['DAY', -3, 24],
  ] as const)('counts requests per %s × %i over %i hours back', (unit, value, hours) => {
    expect(frequencyWindow({ unit, value, repeats: 1 })).toBe(hours * 3_600_000);
  });

  it('counts over a hundred years at most, so that the moment back then is still a date', () => {
    const window = frequencyWindow({ unit: 'YEAR', value: Number.MAX_SAFE_INTEGER, repeats: 1 });
    expect(new Date(NOW.getTime() - window).getUTCFullYear()).toBe(1926);
  });
});

describe('A record at the gate', () => {
  const item = { careContext: 'OPD/1', hiType: 'Prescription', visitAt: at('2025-06-01T04:11:00Z') };
  const range = { from: at('2025-03-01T00:00:00Z'), to: at('2025-09-01T00:00:00Z') };

  it.each([
    ['may go when care context, type and day fit', {}, true],
    ['stays when its care context is not named', { careContext: 'OPD/3' }, false],
    ['stays when its type is not named', { hiType: 'DiagnosticReport' }, false],
    ['stays when the visit was before what is asked for', { visitAt: at('2025-02-28T23:59:59.999Z') }, false],
    ['stays when the visit was after what is asked for', { visitAt: at('2025-09-01T00:00:00.001Z') }, false],
    ['may go at the first moment asked for', { visitAt: range.from }, true],
    ['may go at the last moment asked for', { visitAt: range.to }, true],
    ['stays when its day is not known', { visitAt: at('never') }, false],
  ])('%s', (_name, changes, goes) => {
    expect(covers(aConsent(), range, { ...item, ...changes })).toBe(goes);
  });
});

describe('A stored artefact at the gate', () => {
  const stored = {
    id: 'c',
    facilityId: 'facility-a',
    expiresAt: at('2026-12-31'),
    patientHash: Buffer.alloc(32),
    isPatientGone: false,
    status: 'GRANTED',
  } as const;
  const detail = {
    careContexts: [{ patientReference: 'P', careContextReference: 'OPD/1' }],
    hiTypes: ['OPConsultation'],
    hiu: { id: 'HIU-1' },
    permission: {
      dateRange: { from: '2025-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000123Z' },
      frequency: { unit: 'DAY', value: 2 },
    },
  };

  it('is read with its contexts, types, range and HIU; no repeats means as often as wanted', () => {
    const consent = gateConsent({ ...stored, detail });
    expect(consent).toMatchObject({ hiuId: 'HIU-1', frequency: { unit: 'DAY', value: 2, repeats: 0 } });
    expect([...consent.careContexts, ...consent.hiTypes]).toEqual(['OPD/1', 'OPConsultation']);
    expect(refusalOf(consent, aRequest(), NOW)).toBeUndefined();
  });

  it.each([-5, -1, 0.5, NaN])('that allows %s requests, which is no number of times, allows one', (repeats) => {
    const permission = { ...detail.permission, frequency: { ...detail.permission.frequency, repeats } };
    const consent = gateConsent({ ...stored, detail: { ...detail, permission } });
    expect(refusalOf(consent, aRequest({ acceptedBefore: 0 }), NOW)).toBeUndefined();
    expect(refusalOf(consent, aRequest({ acceptedBefore: 1 }), NOW)).toBe('too-often');
  });

  it.each([null, undefined])('that names no HIU (%s) may be asked by any', (hiu) => {
    const consent = gateConsent({ ...stored, detail: { ...detail, hiu } });
    expect(refusalOf(consent, aRequest({ hiuId: 'HIU-9' }), NOW)).toBeUndefined();
  });

  it('of a patient who has left ABDM counts as revoked, whatever it says', () => {
    const consent = gateConsent({ ...stored, isPatientGone: true, detail });
    expect(refusalOf(consent, aRequest(), NOW)).toBe('consent-revoked');
  });

  it('whose detail is erased covers nothing', () => {
    const consent = gateConsent({ ...stored, status: 'REVOKED', expiresAt: undefined, detail: undefined });
    expect(refusalOf(consent, aRequest(), NOW)).toBe('consent-revoked');
    expect(refusalOf({ ...consent, status: 'GRANTED', expiresAt: at('2030-01-01') }, aRequest(), NOW)).toBe(
      'outside-date-range',
    );
    expect(consent.careContexts.size + consent.hiTypes.size).toBe(0);
  });
});
