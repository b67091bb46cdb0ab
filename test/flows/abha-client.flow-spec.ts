import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AbhaService } from '../../src/abdm/abha/abha-service.js';
import type { LoggedIn } from '../../src/abdm/abha/answers.js';
import { TToken, XToken } from '../../src/abdm/abha/tokens.js';
import type { Proof } from '../../src/abdm/abha/ways.js';
import { SecretText } from '../../src/support/secret-text.js';
import { isVerhoeffValid } from '../../src/support/verhoeff.js';
import { aRunningHip, type RunningHip } from '../setup/running-hip.js';

let hip: RunningHip;
let abha: AbhaService;

beforeAll(async () => {
  hip = await aRunningHip({ ABHA_BENEFIT_NAME: 'healthid api', ABDM_TIMEOUT_MS: '30000' });
  abha = hip.adapter.app.get(AbhaService, { strict: false });
  await hip.abdm('POST', '/simulator/abha/settings', { resendSeconds: 0, sendsPerTransaction: 100, keyBits: 2048 });
});
afterAll(() => hip.stop());

/** Whatever was refused: never because a request was not as the contract says. */
afterEach(async () => {
  expect(await violations()).toEqual([]);
});

/** What the simulator objected to since it was asked last. */
async function violations(): Promise<readonly string[]> {
  const all: { rule: string }[] = await hip.abdm('GET', '/simulator/violations');
  await hip.abdm('DELETE', '/simulator/violations');
  return all.map(({ rule }) => rule);
}

const secret = (text: string) => new SecretText(text);

let people = 0;
interface Somebody {
  readonly aadhaar: string;
  readonly mobile: string;
  readonly accounts: readonly { readonly abhaNumber: string; readonly abhaAddress: string }[];
}

/** An invented person, unlike every other. */
async function somebody(with_: Record<string, unknown> = {}): Promise<Somebody> {
  const n = String(++people).padStart(3, '0');
  const aadhaar = Array.from({ length: 10 }, (_, digit) => `33000000${n}${digit}`).find(isVerhoeffValid) ?? '';
  const [one] = await hip.abdm('POST', '/simulator/abha/people', {
    aadhaar,
    name: 'Asha Devi',
    gender: 'F',
    dateOfBirth: '1990-02-05',
    mobile: `9000001${n}`,
    address: '12 Example Road',
    stateCode: '27',
    stateName: 'MAHARASHTRA',
    districtCode: '487',
    districtName: 'NASHIK',
    pinCode: '422003',
    ...with_,
  });
  return one as Somebody;
}

const holder = (with_: Record<string, unknown> = {}) =>
  somebody({ accounts: [{ abhaAddress: `asha.devi${people + 1}` }], ...with_ });

/** What the phone received last. */
async function otpAt(mobile: string): Promise<SecretText> {
  const received: { otp: string }[] = await hip.abdm(
    'GET',
    `/simulator/abha/otps?mobile=${encodeURIComponent(mobile)}`,
  );
  return secret(received.at(-1)?.otp ?? 'none');
}

const proofAt = async (mobile: string): Promise<Proof> => ({ with: 'otp', otp: await otpAt(mobile) });
const wrong = (otp: SecretText) => secret(otp.reveal() === '111111' ? '222222' : '111111');

let captures = 0;
const pid = (what = 'matches') =>
  secret(Buffer.from(`<PidData n="${String(++captures)}">${what}</PidData>`).toString('base64'));

function tokenOf(login: LoggedIn): XToken {
  if (login.kind !== 'final') throw new Error('An account is still to be chosen');
  return login.tokens.token;
}

async function loggedIn(person: Somebody): Promise<XToken> {
  const { txnId } = await abha.login.request('abha-number.mobile-otp', secret(person.accounts[0]?.abhaNumber ?? ''));
  return tokenOf(await abha.login.verify('abha-number.mobile-otp', txnId, await proofAt(person.mobile)));
}

/** Sends and proves a face capture the way a phone does. */
async function face(): Promise<string> {
  const { txnId } = await abha.enrolment.startFaceCapture();
  expect(await abha.enrolment.faceCapture(txnId)).toBe('waiting');
  await hip.abdm('POST', '/simulator/abha/face', { txnId, state: 'VERIFIED' });
  expect(await abha.enrolment.faceCapture(txnId)).toBe('scanned');
  await hip.abdm('POST', '/simulator/abha/face', { txnId, state: 'COMPLETE' });
  expect(await abha.enrolment.faceCapture(txnId)).toBe('complete');
  return txnId;
}

describe('Making an ABHA at the ABHA service', () => {
  it('goes by Aadhaar OTP, a suggested address and the card', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId, message } = await abha.enrolment.sendAadhaarOtp(secret(aadhaar));
    expect(message).toContain(mobile.slice(-4));
    const enrolled = await abha.enrolment.byAadhaarOtp({ txnId, otp: await otpAt(mobile), mobile });
    expect(enrolled).toMatchObject({
      isNew: true,
      profile: { name: 'Asha Devi', birth: { year: 1990, month: 2, day: 5 } },
    });
    expect(enrolled.profile.mobile).toBeDefined();
    const addresses = await abha.enrolment.suggestedAddresses(enrolled.txnId ?? '');
    expect(addresses.length).toBeGreaterThanOrEqual(3);
    const address = await abha.enrolment.chooseAddress(enrolled.txnId ?? '', addresses[0] ?? '');
    expect(address).toBe(`${addresses[0] ?? ''}@sbx`);
    const token = enrolled.tokens?.token ?? new XToken('');
    expect(await abha.account.profile(token)).toMatchObject({
      abhaNumber: enrolled.profile.abhaNumber,
      abhaAddress: address,
    });
    expect((await abha.account.card(token)).contentType).toBe('image/png');
  });

  it('wants a mobile that UIDAI does not know proved by its own OTP, and takes an e-mail address', async () => {
    const { aadhaar, mobile: atUidai } = await somebody();
    const { txnId } = await abha.enrolment.sendAadhaarOtp(secret(aadhaar));
    const mobile = '9000009901';
    const enrolled = await abha.enrolment.byAadhaarOtp({ txnId, otp: await otpAt(atUidai), mobile });
    expect(enrolled.profile.mobile).toBeUndefined();
    const sent = await abha.enrolment.sendMobileOtp(txnId, secret(mobile));
    const otp = await otpAt(mobile);
    await expect(abha.enrolment.confirmOtp('mobile', sent.txnId, wrong(otp))).rejects.toMatchObject({
      kind: 'wrong-otp',
    });
    await abha.enrolment.confirmOtp('mobile', sent.txnId, otp);
    const mail = await abha.enrolment.sendEmailOtp(txnId, secret('asha1@example.org'));
    await abha.enrolment.confirmOtp('email', mail.txnId, await otpAt('asha1@example.org'));
    expect((await abha.account.profile(enrolled.tokens?.token ?? new XToken(''))).mobile).toContain('9901');
  });

  it('finds who has one already', async () => {
    const person = await holder();
    const { txnId } = await abha.enrolment.sendAadhaarOtp(secret(person.aadhaar));
    const enrolled = await abha.enrolment.byAadhaarOtp({
      txnId,
      otp: await otpAt(person.mobile),
      mobile: person.mobile,
    });
    expect(enrolled).toMatchObject({ isNew: false, profile: { abhaNumber: person.accounts[0]?.abhaNumber } });
  });

  it('sends another OTP in the same transaction, and tells wrong from locked', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = await abha.enrolment.sendAadhaarOtp(secret(aadhaar));
    const again = await abha.enrolment.sendAadhaarOtp(secret(aadhaar), txnId);
    const otp = await otpAt(mobile);
    const enrol = (tried: SecretText) => abha.enrolment.byAadhaarOtp({ txnId: again.txnId, otp: tried, mobile });
    for (let tries = 0; tries < 5; tries++) {
      await expect(enrol(wrong(otp))).rejects.toMatchObject({ kind: 'wrong-otp', uidaiCode: '400' });
    }
    await expect(enrol(otp)).rejects.toMatchObject({ kind: 'otp-locked', code: 'ABDM-1100', retryAfterSeconds: 1800 });
  });

  it('goes by fingerprint, iris and face, and tells why they do not do', async () => {
    const [one, other, third] = [await somebody(), await somebody(), await somebody()];
    const byFinger = (aadhaar: string, block: SecretText) =>
      abha.enrolment.byFingerprint({ aadhaar: secret(aadhaar), pid: block, mobile: one.mobile });
    await expect(byFinger(one.aadhaar, pid('does-not-match'))).rejects.toMatchObject({ kind: 'biometric-mismatch' });
    await expect(byFinger(one.aadhaar, pid('stale'))).rejects.toMatchObject({ kind: 'biometric-stale' });
    expect(await byFinger(one.aadhaar, pid())).toMatchObject({ isNew: true });
    expect(
      await abha.enrolment.byIris({ aadhaar: secret(other.aadhaar), pid: pid(), mobile: other.mobile }),
    ).toMatchObject({ isNew: true });
    const txnId = await face();
    expect(await abha.enrolment.byFace({ txnId, aadhaar: secret(third.aadhaar), mobile: third.mobile })).toMatchObject({
      isNew: true,
    });
  });

  it('goes by demographics for a benefit programme, which must be as on Aadhaar', async () => {
    const { aadhaar, mobile } = await somebody();
    const known = {
      aadhaar: secret(aadhaar),
      name: 'Asha Devi',
      dateOfBirth: '05-02-1990',
      gender: 'F',
      stateCode: '27',
      districtCode: '487',
      mobile,
    } as const;
    await expect(abha.enrolment.byDemographics({ ...known, name: 'Usha Devi' })).rejects.toMatchObject({
      kind: 'demographics-mismatch',
    });
    const enrolled = await abha.enrolment.byDemographics(known);
    expect(enrolled).toMatchObject({
      isNew: true,
      profile: { name: 'Asha Devi', abhaAddress: expect.stringMatching(/@sbx$/) },
    });
  });

  it('of a child goes by its parent, and its profile can be changed once', async () => {
    const parent = await loggedIn(await holder());
    const child = {
      name: 'Ravi Devi',
      gender: 'M',
      dayOfBirth: '28',
      monthOfBirth: '02',
      yearOfBirth: '2022',
    } as const;
    const { profile } = await abha.enrolment.ofChild(parent, child);
    const abhaNumber = profile.abhaNumber ?? '';
    expect(await abha.account.children(parent)).toMatchObject([
      { abhaNumber, name: 'Ravi Devi', birth: { year: 2022, month: 2, day: 28 } },
    ]);
    expect(await abha.account.changeChild(parent, { abhaNumber, name: 'Rajiv Devi' })).toMatchObject({
      name: 'Rajiv Devi',
    });
    await expect(abha.account.changeChild(parent, { abhaNumber, name: 'Ravi Devi' })).rejects.toMatchObject({
      kind: 'child-changed-once',
    });
  });

  it('goes by driving licence to a provisional number', async () => {
    const mobile = '9000009902';
    const { txnId } = await abha.enrolment.sendLicenceOtp(secret(mobile));
    await abha.enrolment.confirmOtp('driving-licence', txnId, await otpAt(mobile));
    const photo = (await abha.account.profile(await loggedIn(await withPhoto()))).photo ?? '';
    const licence = {
      txnId,
      firstName: 'Asha',
      lastName: 'Devi',
      dob: '1990-02-05',
      gender: 'F',
      frontSidePhoto: photo,
      backSidePhoto: photo,
      address: '12 Example Road',
      state: 'Maharashtra',
      district: 'Nashik',
      pinCode: '422003',
    } as const;
    await expect(abha.enrolment.byDrivingLicence({ ...licence, documentId: 'NONE' })).rejects.toMatchObject({
      kind: 'document-mismatch',
    });
    const enrolled = await abha.enrolment.byDrivingLicence({ ...licence, documentId: 'MH0000000000001' });
    expect(enrolled).toMatchObject({
      state: 'PROVISIONAL',
      profile: { name: 'Asha Devi', birth: { year: 1990, month: 2, day: 5 } },
    });
  });
});

/** One of the simulator's own people, who has a photo. */
async function withPhoto(): Promise<Somebody> {
  const [one] = await hip.abdm('POST', '/simulator/abha/personas', { names: ['one-abha'] });
  return one as Somebody;
}

describe('Verifying an ABHA at the ABHA service', () => {
  it('goes by number and either OTP', async () => {
    const person = await holder();
    const number = secret(person.accounts[0]?.abhaNumber ?? '');
    for (const way of ['abha-number.mobile-otp', 'abha-number.aadhaar-otp'] as const) {
      const { txnId } = await abha.login.request(way, number);
      const otp = await otpAt(person.mobile);
      await expect(abha.login.verify(way, txnId, { with: 'otp', otp: wrong(otp) })).rejects.toMatchObject({
        kind: 'wrong-otp',
      });
      const login = await abha.login.verify(way, txnId, { with: 'otp', otp });
      expect(login).toMatchObject({ kind: 'final', accounts: [{ abhaNumber: number.reveal(), name: 'Asha Devi' }] });
    }
  });

  it('goes by Aadhaar number, and says when there is no ABHA', async () => {
    const person = await holder();
    const { txnId } = await abha.login.request('aadhaar.otp', secret(person.aadhaar));
    expect((await abha.login.verify('aadhaar.otp', txnId, await proofAt(person.mobile))).kind).toBe('final');
    const nobody = await somebody();
    await expect(abha.login.request('aadhaar.otp', secret(nobody.aadhaar))).rejects.toMatchObject({
      kind: 'no-abha',
      code: 'ABDM-1114',
    });
    await expect(abha.login.request('mobile.otp', secret('9000009999'))).rejects.toMatchObject({
      kind: 'no-abha',
      code: 'ABDM-1115',
    });
  });

  it('goes by mobile to one of several accounts', async () => {
    const person = await holder({
      accounts: [{ abhaAddress: 'asha.family' }, { abhaAddress: 'mother.family', name: 'Kamala Devi' }],
    });
    const { txnId } = await abha.login.request('mobile.otp', secret(person.mobile));
    const login = await abha.login.verify('mobile.otp', txnId, await proofAt(person.mobile));
    if (login.kind !== 'choose') throw new Error('One of two was chosen for her');
    expect(login.accounts.map(({ name }) => name)).toEqual(['Asha Devi', 'Kamala Devi']);
    await expect(abha.account.profile(new XToken(login.token.reveal()))).rejects.toMatchObject({ kind: 'user-token' });
    const number = login.accounts[1]?.abhaNumber ?? '';
    const { token } = await abha.login.chooseAccount(login.token, login.txnId, number);
    expect(await abha.account.profile(token)).toMatchObject({ abhaNumber: number, name: 'Kamala Devi' });
    await expect(abha.login.chooseAccount(new TToken(token.reveal()), login.txnId, number)).rejects.toMatchObject({
      kind: 'user-token',
    });
    expect(await violations()).toEqual(['user-token-wrong-kind', 'user-token-wrong-kind']);
  });

  it('goes by fingerprint, iris and face', async () => {
    const person = await holder();
    const number = secret(person.accounts[0]?.abhaNumber ?? '');
    for (const device of ['fingerprint', 'iris', 'face'] as const) {
      const { txnId } = await abha.login.request(`abha-number.${device}`, number);
      const proof = { with: device, pid: pid() } as const;
      expect((await abha.login.verify(`abha-number.${device}`, txnId, proof)).kind).toBe('final');
    }
    for (const device of ['fingerprint', 'iris'] as const) {
      expect((await abha.login.byCapture(device, secret(person.aadhaar), pid())).kind).toBe('final');
    }
    expect((await abha.login.byFace(secret(person.aadhaar), await face())).kind).toBe('final');
  });

  it('finds a forgotten number by mobile, and verifies it by its place in the list', async () => {
    const person = await holder();
    for (const way of ['found.mobile-otp', 'found.aadhaar-otp'] as const) {
      const { txnId, abhas } = await abha.find.byMobile(secret(person.mobile));
      expect(abhas).toHaveLength(1);
      expect(abhas[0]?.maskedAbhaNumber).not.toBe(person.accounts[0]?.abhaNumber);
      const sent = await abha.login.requestForFound(way, txnId, secret(abhas[0]?.index ?? ''));
      expect((await abha.login.verify(way, sent.txnId, await proofAt(person.mobile))).kind).toBe('final');
    }
    await expect(abha.find.byMobile(secret('9000009998'))).rejects.toMatchObject({ kind: 'no-abha' });
  });

  it('goes by address, whose token opens its own pages only', async () => {
    const person = await holder();
    const address = person.accounts[0]?.abhaAddress ?? '';
    expect((await abha.addressLogin.search(address.toUpperCase())).authMethods).toContain('MOBILE_OTP');
    for (const way of ['abha-address.mobile-otp', 'abha-address.aadhaar-otp'] as const) {
      const { txnId } = await abha.addressLogin.request(way, secret(address));
      const otp = await otpAt(person.mobile);
      await expect(abha.addressLogin.verify(way, txnId, { with: 'otp', otp: wrong(otp) })).rejects.toMatchObject({
        kind: 'wrong-otp',
      });
      const { tokens, accounts } = await abha.addressLogin.verify(way, txnId, { with: 'otp', otp });
      expect(accounts).toMatchObject([{ abhaAddress: address }]);
      expect(await abha.addressAccount.profile(tokens.token)).toMatchObject({
        abhaAddress: address,
        name: 'Asha Devi',
      });
      expect((await abha.addressAccount.card(tokens.token)).contentType).toBe('image/png');
      expect((await abha.addressAccount.qrCode(tokens.token)).bytes.length).toBeGreaterThan(100);
      const elsewhere = new XToken(tokens.token.reveal());
      await expect(abha.account.profile(elsewhere)).rejects.toMatchObject({ kind: 'user-token' });
      expect(await violations()).toEqual(['user-token-wrong-kind']);
    }
    for (const device of ['fingerprint', 'iris', 'face'] as const) {
      const { txnId } = await abha.addressLogin.request(`abha-address.${device}`, secret(address));
      await abha.addressLogin.verify(`abha-address.${device}`, txnId, { with: device, pid: pid() });
    }
    await expect(abha.addressLogin.search('nobody.here@sbx')).rejects.toMatchObject({
      kind: 'no-abha',
      code: 'ABDM-1211',
    });
  });

  it('is told that an ABHA is de-activated, and brings it back', async () => {
    const person = await holder({ accounts: [{ abhaAddress: 'asha.asleep', status: 'DEACTIVATED' }] });
    const number = secret(person.accounts[0]?.abhaNumber ?? '');
    await expect(abha.login.request('abha-number.mobile-otp', number)).rejects.toMatchObject({ kind: 'deactivated' });
    await expect(abha.addressLogin.request('abha-address.mobile-otp', secret('asha.asleep@sbx'))).rejects.toMatchObject(
      { kind: 'deactivated' },
    );
    const { txnId } = await abha.login.requestReactivation('mobile-otp', number);
    await abha.login.reactivate('mobile-otp', txnId, await otpAt(person.mobile));
    expect(await loggedIn(person)).toBeInstanceOf(XToken);
  });
});

describe('The account at the ABHA service', () => {
  it('shows itself as card and QR, renews its session, and ends it', async () => {
    const person = await holder();
    const { txnId } = await abha.login.request('aadhaar.otp', secret(person.aadhaar));
    const login = await abha.login.verify('aadhaar.otp', txnId, await proofAt(person.mobile));
    if (login.kind !== 'final' || login.tokens.refreshToken === undefined) throw new Error('No refresh token');
    const { token } = await abha.account.refresh(login.tokens.refreshToken);
    for (const file of [
      await abha.account.card(token),
      await abha.account.qrCode(token),
      await abha.account.downloadCard(token),
    ]) {
      expect(file.contentType).toBe('image/png');
    }
    await abha.account.logout(token);
    await expect(abha.account.profile(token)).rejects.toMatchObject({ kind: 'user-token' });
    await expect(abha.account.card(token)).rejects.toMatchObject({ kind: 'user-token' });
  });

  it('changes mobile, e-mail, photo and KYC', async () => {
    const person = await holder();
    const token = await loggedIn(person);
    const number = secret(person.accounts[0]?.abhaNumber ?? '');
    const changes = [
      ['mobile', secret('9000009903'), '9000009903'],
      ['email', secret('asha2@example.org'), 'asha2@example.org'],
      ['re-kyc', number, person.mobile],
    ] as const;
    for (const [change, value, at] of changes) {
      const { txnId } = await abha.account.requestOtp(token, change, value);
      await abha.account.verify(token, change, { txnId, otp: await otpAt(at) });
    }
    expect((await abha.account.profile(token)).mobile).toContain('9903');
    await expect(abha.account.requestOtp(token, 'mobile', secret('9000009903'))).rejects.toMatchObject({
      kind: 'mobile-same',
    });
    const photo = (await abha.account.profile(await loggedIn(await withPhoto()))).photo ?? '';
    expect((await abha.account.changePhoto(token, photo)).photo).toBe(photo);
    await expect(abha.account.changePhoto(token, 'QUJD')).rejects.toMatchObject({
      kind: 'field-refused',
      field: 'ProfilePhoto',
    });
  });

  it('is de-activated and deleted with a reason, unless a benefit hangs on it', async () => {
    for (const change of ['de-activate.mobile', 'de-activate.aadhaar', 'delete.mobile', 'delete.aadhaar'] as const) {
      const person = await holder();
      const token = await loggedIn(person);
      const { txnId } = await abha.account.requestOtp(token, change, secret(person.accounts[0]?.abhaNumber ?? ''));
      await abha.account.verify(token, change, {
        txnId,
        otp: await otpAt(person.mobile),
        reasons: ['Not needed any more'],
      });
      await expect(loggedIn(person)).rejects.toMatchObject({ kind: expect.stringMatching(/deactivated|no-abha/) });
    }
    const bound = await holder({ accounts: [{ abhaAddress: 'asha.bound', hasBenefit: true }] });
    const token = await loggedIn(bound);
    const { txnId } = await abha.account.requestOtp(
      token,
      'delete.mobile',
      secret(bound.accounts[0]?.abhaNumber ?? ''),
    );
    const ended = abha.account.verify(token, 'delete.mobile', {
      txnId,
      otp: await otpAt(bound.mobile),
      reasons: ['x'],
    });
    await expect(ended).rejects.toMatchObject({ kind: 'benefit-linked' });
  });
});

describe('The ABHA service in trouble', () => {
  it('with another key is understood at the next call', async () => {
    const person = await holder();
    await hip.abdm('POST', '/simulator/abha/keys/rotate');
    hip.clock.move(60_000);
    expect(await loggedIn(person)).toBeInstanceOf(XToken);
    await hip.abdm('DELETE', '/simulator/violations');
  });

  it('says things in six ways, which mean the same', async () => {
    const person = await holder();
    const number = secret(person.accounts[0]?.abhaNumber ?? '');
    const refusedBy = async (fault: Record<string, unknown>) => {
      await hip.abdm('POST', '/simulator/abha/faults', { operationId: 'loginRequestOtp', times: 1, ...fault });
      return abha.login.request('abha-number.mobile-otp', number);
    };
    for (const shape of ['wrapped', 'flat', 'array']) {
      await expect(
        refusedBy({ shape, code: 'ABDM-1114: ', message: 'User not found.', status: 404 }),
      ).rejects.toMatchObject({ kind: 'no-abha', code: 'ABDM-1114' });
    }
    await expect(
      refusedBy({ shape: 'fields', field: 'otpSystem', message: 'Invalid OTP System' }),
    ).rejects.toMatchObject({ kind: 'our-request' });
    await expect(refusedBy({ shape: 'message', message: 'Invalid X-token' })).rejects.toMatchObject({
      kind: 'user-token',
    });
    await expect(refusedBy({ status: 503 })).rejects.toMatchObject({ kind: 'temporary', retryable: true });
    await expect(refusedBy({ dropConnection: true })).rejects.toMatchObject({ kind: 'temporary' });
    // An empty 401 is the gateway's: its token is renewed, and the call goes through.
    expect(await refusedBy({ isEmpty: true })).toMatchObject({ txnId: expect.any(String) });
  });

  it('has Aadhaar numbers, OTPs and tokens in no line of the log', async () => {
    const person = await holder();
    const { txnId } = await abha.login.request('aadhaar.otp', secret(person.aadhaar));
    const otp = await otpAt(person.mobile);
    const token = tokenOf(await abha.login.verify('aadhaar.otp', txnId, { with: 'otp', otp }));
    for (const text of [person.aadhaar, otp.reveal(), token.reveal()]) expect(hip.logged()).not.toContain(text);
  });
});
