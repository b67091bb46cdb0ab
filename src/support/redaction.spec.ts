import { describe, expect, it } from '@jest/globals';
import { redact } from './redaction.js';

const SIGNED = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJpbnZlbnRlZCJ9.c2lnbmF0dXJl';
const KEY = 'qL7vR2bX9mT4kZ8wJ3nY6cF1hD5sG0pA+uE/iOyBxVQ=';
const PEM = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIA\n-----END PRIVATE KEY-----';
const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const DIGITS_ID = 'abcdef12-3456-7890-1234-987654321098';

/** The text that must not come out, in the sentence it came in. */
const HIDDEN_IN_TEXT: readonly (readonly [what: string, text: string, secret: string])[] = [
  ['an ABHA number with dashes', 'no patient for 91-1234-5678-9012', '1234'],
  ['an ABHA number in digits', 'no patient for 91123456789012.', '9112345'],
  ['an ABHA number with spaces', '91 1234 5678 9012', '1234'],
  ['an Aadhaar with spaces', 'aadhaar 2345 6789 0123 refused', '6789'],
  ['an Aadhaar in digits', 'aadhaar 234567890123 refused', '234567890123'],
  ['a mobile', 'SMS to 9999900001 failed', '99999'],
  ['a mobile with +91', 'SMS to +919999900001 failed', '99999'],
  ['a mobile with 91 and a dash', 'SMS to 91-9999900001 failed', '99999'],
  ['a mobile with 0', 'SMS to 09999900001 failed', '99999'],
  ['a mobile in two halves', 'SMS to +91 99999 00001 failed', '99999'],
  ['a sandbox ABHA address', 'asha.devi_1@sbx is linked', 'asha'],
  ['an ABHA address', 'Asha@ABDM is linked', 'Asha'],
  ['an e-mail address', 'to asha@example.org', 'asha'],
  ['a signed token', `token ${SIGNED} expired`, 'eyJ'],
  ['a bearer header', 'Authorization: Bearer opaque-123', 'opaque'],
  ['a basic header', 'Authorization: Basic dXNlcjpwdw==', 'dXNl'],
  ['base64', `key ${KEY}`, 'qL7v'],
  ['base64url', `key ${KEY.replace('+', '-').replace('/', '_').replace('=', '')}`, 'qL7v'],
  ['base64 in a URL', `https://peer.example/push/${encodeURIComponent(KEY)}`, 'qL7v'],
  ['a password in a database URL', 'cannot reach postgres://postgres:pass/w@rd@127.0.0.1:5432/postgres', 'pass'],
  ['a password in another URL', 'cannot reach https://user:hunter2@example.org/x', 'hunter2'],
  ['a private key', `bad key ${PEM}`, 'MC4CA'],
  ['the beginning of a private key', `bad key ${PEM.slice(0, 40)}`, 'MC4CA'],
  ['a name in JSON', 'sent {"visit": 1, "patientName": "Asha Devi", "gender": "F"}', 'Asha'],
  ['a name in JSON in JSON', String.raw`sent {\"name\": \"Asha Devi\"}`, 'Asha'],
  ['a name in FHIR', 'sent {"resourceType":"Patient","name":[{"text":"Asha Devi"}]}', 'Asha'],
  ['a name as Node prints it', "got { visit: 1, patientName: 'Asha Devi' }", 'Asha'],
  ['a name in a query', 'GET /patients?name=Asha+Devi&page=2', 'Asha'],
  ['a Hindi name in a path', 'GET /search/%E0%A4%86%E0%A4%B6%E0%A4%BE', '%86'],
  ['what JSON.parse quotes', `Unexpected token 'A', "{"name":Asha" is not valid JSON`, 'Asha'],
];

const KEPT_IN_TEXT: readonly string[] = [
  `visit ${ID} linked`,
  `GET /api/v1/visits/${ID}/retry took 12.5 ms`,
  `GET /api/v1/visits/${DIGITS_ID}/retry took 12.5 ms`,
  'OPD/25/100000',
  'OPD-2026-000123',
  'BAS-2025-0001001',
  '2026-11-20T10:42:00.123456+05:30',
  '2026-11-20 10:42:00.123Z',
  'migration 1763800000000-add-exchange-log.ts',
  'took 0.9876543210 s',
  '12345 of 111000 sent',
  '/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover',
  'at HipInitiatedLinking.linkTokenArrived (file:///srv/adapter/dist/flows/linking/hip-initiated-linking.flow.js:41:13)',
  'at /srv/adapter/node_modules/@nestjs/core/injector/instance-loader.js:26:31',
  'https://nrces.in/ndhm/fhir/r4/StructureDefinition/DiagnosticReportImagingDCM',
  'connect ECONNREFUSED 127.0.0.1:54321',
  'ABDM-1035',
  '{"exchange":"link-token","about":{"state":"linked","tries":3}}',
  "got { state: 'linked', queueName: 'patients' }",
  'IN2210000101',
];

const HIDDEN_FIELDS: readonly string[] = [
  'name, patientName, PAT_NAME, PAT_NAME_HI, nameHindi, firstname, REL_NAME, patient, father_name, relation',
  'mobile, MOBILE_NO, mobileno, phone, phoneNumber, email, address, ABHA_ADDR, village, pincode, PIN',
  'abhaNumber, abhaAddress, abha_no, ABHANumber, abhaaddress, aadhaar, uhid, UHID, patientId, dob, dateOfBirth, yearOfBirth',
  'token, accessToken, linkToken, link_token, X-AUTH-TOKEN, authorization, Authorization, cookie, secret, clientSecret',
  'key, apiKey, x-api-key, privateKey, sharedKey, keyMaterial, password, otp, nonce, ownNonce, bundle, content, body, payload',
].flatMap((line) => line.split(', '));

describe('redaction', () => {
  it.each(HIDDEN_IN_TEXT)('hides %s in a sentence', (_what, text, secret) => {
    expect(JSON.stringify(redact(text))).not.toContain(secret);
    expect(redact(text)).toContain('[redacted]');
  });

  it.each(KEPT_IN_TEXT)('keeps “%s”', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each(HIDDEN_FIELDS)('hides the field %s', (field) => {
    for (const value of ['short', 42, ['short'], { deeper: 'short' }, new Map([['x', 'short']])]) {
      expect(JSON.stringify(redact({ [field]: value }))).not.toMatch(/short|42/);
    }
  });

  it('keeps what an operator needs', () => {
    const line = {
      exchange: 'link-token',
      requestId: ID,
      patientId: ID,
      job: 'send',
      jobKey: `send:${ID}`,
      queueName: 'patient-queue',
      hfrId: 'IN2210000101',
      careContext: 'OPD/25/100000',
      ms: 12.345,
      at: 1763800000000,
      attempts: 3,
      patients: 5,
      bundleBytes: 20480,
      rssBytes: 6_500_000_000,
      hasUsableLinkToken: true,
      tokenExpiresAt: '2026-11-20T10:42:00Z',
      contentType: 'application/fhir+json',
      password: undefined,
      status: 202,
    };
    expect(redact(line)).toEqual(line);
  });

  it('hides numbers that can be an ABHA number, an Aadhaar or a mobile, and no others', () => {
    expect(redact([91123456789012, 234567890123, 9999900001, 9999900001n])).toEqual(Array(4).fill('[redacted]'));
    expect(redact([1763800000000, 1763800000, 111000, -3, 0.5])).toEqual([1763800000000, 1763800000, 111000, -3, 0.5]);
  });

  it('shows of an error its name, code, sentence, stack and causes, and nothing hung on it', () => {
    const cause = Object.assign(new Error('refused for asha@sbx'), { code: 'ECONNREFUSED', config: { data: 'Asha' } });
    const error = new TypeError('could not send to 9999900001', { cause });
    const shown = redact({ error });
    expect(shown).toMatchObject({
      error: {
        name: 'TypeError',
        message: 'could not send to [redacted]',
        cause: { code: 'ECONNREFUSED', message: 'refused for [redacted]' },
      },
    });
    expect(JSON.stringify(shown)).not.toMatch(/asha|99999/i);
    expect(JSON.stringify(shown)).toContain('redaction.spec');
  });

  it('takes cycles, depths, getters that throw, maps, sets and bytes', () => {
    const circle: Record<string, unknown> = { id: 1 };
    circle['self'] = circle;
    expect(redact(circle)).toEqual({ id: 1, self: '[circular]' });
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50; level++) deep = { deep };
    expect(JSON.stringify(redact(deep))).toContain('[deep]');
    const trap = Object.defineProperty({}, 'x', { enumerable: true, get: () => JSON.parse('{') as unknown });
    expect(redact(trap)).toBe('[unreadable]');
    expect(
      redact(
        new Map<string, unknown>([
          ['otp', 1],
          ['asha@sbx', 2],
        ]),
      ),
    ).toEqual({ otp: '[redacted]', '[redacted]': 2 });
    expect(redact(new Set(['OPD/25/1', 'asha@sbx']))).toEqual(['OPD/25/1', '[redacted]']);
    expect(redact([Buffer.from('Asha'), new Uint8Array(3)])).toEqual(['[4 bytes]', '[3 bytes]']);
    expect(redact(new Date('2026-11-20T10:42:00Z'))).toBe('2026-11-20T10:42:00.000Z');
    expect(redact([null, undefined, Symbol('x'), () => 1])).toEqual([null, undefined, '[symbol]', '[function]']);
  });

  it('cuts long texts, and leaves no half of a number at the cut', () => {
    for (let before = 2000; before < 2200; before++) {
      const cut = redact(
        `${'word '.repeat(before / 5)}${'x'.repeat(before % 5)} 9999900001 ${'y '.repeat(500)}`,
      ) as string;
      expect(cut.length).toBeLessThan(2070);
      expect(cut).not.toContain('9999');
    }
    expect((redact('9999900001 '.repeat(1000)) as string).replaceAll('[redacted]', '')).not.toContain('9');
  });

  it('shows at most a hundred of many', () => {
    expect(redact(Array(250).fill(1))).toHaveLength(101);
  });

  it('is quick also on texts made to be slow', () => {
    const before = performance.now();
    for (const text of [
      'a'.repeat(1e6),
      'aA'.repeat(1e6),
      '"'.repeat(1e5),
      '1 '.repeat(1e5),
      'a.a@'.repeat(1e5),
      '?a'.repeat(1e5),
    ])
      redact(text);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
