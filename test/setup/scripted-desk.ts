import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { theM1Contract } from '../../src/simulator/abha/m1-contract.js';
import { problems } from '../../src/simulator/gateway/contract-door.js';
import { type RunningSimulator, startSimulator } from '../../src/simulator/simulator.js';
import { type Answer, ScriptedAdapter } from '../../src/simulator/testing/scripted-adapter.js';

const BASE = '/abha/api';
type Wish = Readonly<Record<string, unknown>>;

/** An answer of the ABHA service: its body is read freely, as the tests look at many shapes. */
export interface AbhaAnswer extends Answer {
  readonly body: any;
}

/** The least a registration desk can be, for the tests of the ABHA service. */
export class ScriptedDesk {
  private publicKey = '';

  private constructor(
    readonly abdm: RunningSimulator,
    readonly adapter: ScriptedAdapter,
  ) {}

  static async start(): Promise<ScriptedDesk> {
    const abdm = await startSimulator();
    const adapter = new ScriptedAdapter(abdm.url, 'IN0000000001');
    await adapter.control('POST', 'clients', { clientId: 'SBX_1', clientSecret: 'secret' });
    await adapter.openSession('SBX_1', 'secret');
    return ScriptedDesk.of(abdm, adapter);
  }

  /** The desk of a facility whose adapter is at work already. */
  static async of(abdm: RunningSimulator, adapter: ScriptedAdapter): Promise<ScriptedDesk> {
    const desk = new ScriptedDesk(abdm, adapter);
    await desk.set({ keyBits: 2048 });
    return desk;
  }

  stop(): Promise<void> {
    return this.abdm.close();
  }

  set(settings: Wish): Promise<Answer> {
    return this.control('POST', 'settings', settings);
  }

  control(method: string, path: string, body?: unknown): Promise<AbhaAnswer> {
    return this.adapter.control(method, `abha/${path}`, body);
  }

  async brokenRules(): Promise<string[]> {
    const { body } = await this.adapter.control('GET', 'violations');
    await this.adapter.control('DELETE', 'violations');
    return (body as { rule: string }[]).map((one) => one.rule);
  }

  /** An invented person of the ready-made list. */
  async persona(name: string): Promise<any> {
    return (await this.control('POST', 'personas', { names: [name] })).body[0];
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<AbhaAnswer> {
    const answer = await this.adapter.call(method, `${BASE}${path}`, body, { 'x-hip-id': '', ...headers });
    const operation = theM1Contract().operationAt(method, `${BASE}${path}`);
    const fits = operation && theM1Contract().answer(operation, answer.status);
    if (answer.body === undefined || !fits || fits(answer.body)) return answer;
    throw new Error(`${answer.status} of ${path} is not as the contract has it: ${problems(fits.errors)}`);
  }

  /** What every call carries. */
  headers(): Record<string, string> {
    return this.adapter.headers();
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<AbhaAnswer> {
    return this.call('POST', path, body, headers);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<AbhaAnswer> {
    return this.call('GET', path, undefined, headers);
  }

  /** As the certificate says. */
  async encrypted(plain: string, oaepHash: 'sha1' | 'sha256' = 'sha1'): Promise<string> {
    const key = createPublicKey({ key: Buffer.from(await this.key(), 'base64'), format: 'der', type: 'spki' });
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return publicEncrypt({ key, padding, oaepHash }, Buffer.from(plain)).toString('base64');
  }

  async pkcs1(plain: string): Promise<string> {
    const key = createPublicKey({ key: Buffer.from(await this.key(), 'base64'), format: 'der', type: 'spki' });
    return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain)).toString('base64');
  }

  /** As after a rotation. */
  forgetKey(): void {
    this.publicKey = '';
  }

  /** The last OTP that came to this phone. */
  async otp(mobile: string): Promise<string> {
    const { body } = await this.control('GET', `otps?mobile=${encodeURIComponent(mobile)}`);
    return body.at(-1).otp;
  }

  async wrongOtp(mobile: string): Promise<string> {
    return (await this.otp(mobile)) === '000000' ? '111111' : '000000';
  }

  /** `scope` says the job; hint and system go with it. */
  async ask(path: string, scope: string[], loginHint: string, plain: string, more: Wish = {}): Promise<AbhaAnswer> {
    const otpSystem = scope.includes('mobile-verify') || scope.includes('email-verify') ? 'abdm' : 'aadhaar';
    return this.post(path, { scope, loginHint, loginId: await this.encrypted(plain), otpSystem, ...more });
  }

  async enrolOtp(aadhaar: string, more: Wish = {}): Promise<AbhaAnswer> {
    return this.ask('/v3/enrollment/request/otp', ['abha-enrol'], 'aadhaar', aadhaar, more);
  }

  async enrol(txnId: string, otp: string, mobile: string): Promise<AbhaAnswer> {
    const otpValue = await this.encrypted(otp);
    const authData = { authMethods: ['otp'], otp: { txnId, otpValue, mobile } };
    return this.post('/v3/enrollment/enrol/byAadhaar', { authData, consent: CONSENT });
  }

  /** The whole way from an Aadhaar number to an ABHA. */
  async enrolled(aadhaar: string, aadhaarMobile: string, mobile = aadhaarMobile): Promise<AbhaAnswer> {
    const { body } = await this.enrolOtp(aadhaar);
    return this.enrol(body.txnId, await this.otp(aadhaarMobile), mobile);
  }

  async verify(path: string, scope: string[], txnId: string, otp: string, more: Wish = {}): Promise<AbhaAnswer> {
    const authData = { authMethods: ['otp'], otp: { txnId, otpValue: await this.encrypted(otp) } };
    return this.post(path, { scope, authData, ...more });
  }

  login(by: 'abha-number' | 'mobile' | 'aadhaar', verifiedBy: string, plain: string): Promise<AbhaAnswer> {
    return this.ask('/v3/profile/login/request/otp', ['abha-login', verifiedBy], by, plain);
  }

  answer(verifiedBy: string, txnId: string, otp: string): Promise<AbhaAnswer> {
    return this.verify('/v3/profile/login/verify', ['abha-login', verifiedBy], txnId, otp);
  }

  /** The final token of somebody's ABHA number, by the OTP to her mobile. */
  async xToken(abhaNumber: string, mobile: string): Promise<string> {
    const { body } = await this.login('abha-number', 'mobile-verify', abhaNumber);
    return (await this.answer('mobile-verify', body.txnId, await this.otp(mobile))).body.token;
  }

  private async key(): Promise<string> {
    if (this.publicKey === '') this.publicKey = (await this.get('/v3/profile/public/certificate')).body.publicKey;
    return this.publicKey;
  }
}

export const CONSENT = { code: 'abha-enrollment', version: '1.4' };

/** `{'x-token': …}` for somebody's token. */
export const x = (token: string) => ({ 'x-token': `Bearer ${token}` });
