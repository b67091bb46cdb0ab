import { randomUUID } from 'node:crypto';
import { encryptEntry, plaintextChecksum } from '../../crypto/health-information-encryption.js';
import { type RunningSimulator, startSimulator, type SimulatorOptions } from '../simulator.js';
import { type Answer, type ReceivedCallback, ScriptedAdapter } from './scripted-adapter.js';

export const HIP = 'IN0000000001';

export const CALLS = {
  generateToken: '/api/hiecm/v3/token/generate-token',
  link: '/api/hiecm/hip/v3/link/carecontext',
  notify: '/api/hiecm/hip/v3/link/context/notify',
  onNotify: '/api/hiecm/consent/v3/request/hip/on-notify',
  onRequest: '/api/hiecm/data-flow/v3/health-information/hip/on-request',
  transferred: '/api/hiecm/data-flow/v3/health-information/notify',
} as const;

export const CALLBACKS = {
  token: '/api/v3/hip/token/on-generate-token',
  linked: '/api/v3/link/on_carecontext',
  notified: '/api/v3/links/context/on-notify',
  consent: '/api/v3/consent/request/hip/notify',
  request: '/api/v3/hip/health-information/request',
} as const;

export interface Person {
  readonly abhaAddress: string;
  readonly abhaNumber: string;
  readonly name: string;
  readonly gender: string;
  readonly yearOfBirth: number;
}

/** A request for health information, as far as the HIP needs it. */
export interface Asked {
  readonly transactionId: string;
  readonly consentId: string;
  readonly reference: string;
  readonly dataPushUrl: string;
  readonly keyMaterial: { readonly dhPublicKey: { readonly keyValue: string }; readonly nonce: string };
  /** The REQUEST-ID of the callback, as it goes into `response`. */
  readonly response: { readonly requestId: string };
}

interface ConsentNotice {
  readonly notification: { readonly consentId: string; readonly consentDetail: { readonly purpose: { code: string } } };
}
interface RequestBody {
  readonly transactionId: string;
  readonly hiRequest: Pick<Asked, 'dataPushUrl' | 'keyMaterial'> & { readonly consent: { readonly id: string } };
}

let people = 0;

/** A simulator with no delays, and one facility's adapter that does as the test says. */
export class ScriptedHip {
  private constructor(
    readonly abdm: RunningSimulator,
    readonly adapter: ScriptedAdapter,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<ScriptedHip> {
    const quick = { callbackDelayMs: [0, 0], redeliverAfterMs: [30, 30], notifyTooSoonMs: 0, autoPull: false } as const;
    const abdm = await startSimulator({ ...quick, revocationGraceMs: 0, ...options });
    const adapter = new ScriptedAdapter(abdm.url, HIP);
    const bridgeUrl = await adapter.start();
    await adapter.control('POST', 'clients', { clientId: 'SBX_1', clientSecret: 'secret', bridgeUrl });
    await adapter.control('POST', 'facilities', { id: HIP, name: 'Test Hospital', clientId: 'SBX_1' });
    await adapter.openSession('SBX_1', 'secret');
    return new ScriptedHip(abdm, adapter);
  }

  async stop(): Promise<void> {
    await this.adapter.stop();
    await this.abdm.close();
  }

  /** The rules broken since the last look. */
  async brokenRules(): Promise<string[]> {
    const { body } = await this.adapter.control('GET', 'violations');
    await this.adapter.control('DELETE', 'violations');
    return (body as { rule: string }[]).map((one) => one.rule);
  }

  async aPatient(): Promise<Person> {
    people += 1;
    const abhaNumber = String(91_000_000_000_000 + people);
    const rest = { name: 'Asha Devi', gender: 'F', yearOfBirth: 1980 };
    const patient = { abhaAddress: `patient.${people}@sbx`, abhaNumber, ...rest };
    await this.adapter.control('POST', 'patients', patient);
    return patient;
  }

  async aLinkedVisit(): Promise<{ patient: Person; linkToken: string; reference: string }> {
    const patient = await this.aPatient();
    const reference = `OPD-${randomUUID()}`;
    await this.adapter.call('POST', CALLS.generateToken, claimOf(patient));
    const { body } = await this.adapter.callback<{ linkToken: string }>(CALLBACKS.token);
    await this.link(linkBody(patient, reference), body.linkToken);
    await this.adapter.callback(CALLBACKS.linked);
    return { patient, linkToken: body.linkToken, reference };
  }

  link(body: object, linkToken: string): Promise<Answer> {
    return this.adapter.call('POST', CALLS.link, body, { 'x-link-token': linkToken });
  }

  notify(patient: Person, reference: string, hiType: string): Promise<Answer> {
    const careContext = { patientReference: 'UHID-1', careContextReference: reference };
    const notification = {
      patient: { id: patient.abhaAddress },
      careContext,
      hiTypes: [hiType],
      date: new Date().toISOString(),
      hip: { id: HIP },
    };
    return this.adapter.call('POST', CALLS.notify, { notification });
  }

  /** Acknowledges the next consent notice. */
  async acknowledge(): Promise<ConsentNotice['notification']> {
    const notice = await this.adapter.callback<ConsentNotice>(CALLBACKS.consent);
    const { consentId } = notice.body.notification;
    await this.adapter.call('POST', CALLS.onNotify, {
      acknowledgement: { status: 'OK', consentId },
      response: responseTo(notice),
    });
    return notice.body.notification;
  }

  async nextRequest(reference: string): Promise<Asked> {
    const request = await this.adapter.callback<RequestBody>(CALLBACKS.request);
    const { transactionId, hiRequest } = request.body;
    return { ...hiRequest, transactionId, consentId: hiRequest.consent.id, reference, response: responseTo(request) };
  }

  accept({ transactionId, response }: Asked): Promise<Answer> {
    const hiRequest = { transactionId, sessionStatus: 'ACKNOWLEDGED' };
    return this.adapter.call('POST', CALLS.onRequest, { hiRequest, response });
  }

  /** A linked visit whose record was asked for, and the request accepted. */
  async anOpenTransfer(): Promise<Asked> {
    const { patient, reference } = await this.aLinkedVisit();
    const pulling = this.adapter.control('POST', `patients/${patient.abhaAddress}/pull`, {});
    await this.acknowledge();
    const asked = await this.nextRequest(reference);
    await pulling;
    await this.accept(asked);
    return asked;
  }

  push(asked: Asked, page: object): Promise<Answer> {
    return this.adapter.call('POST', asked.dataPushUrl, page);
  }

  close(asked: Asked): Promise<Answer> {
    const description = 'Transferred';
    const statusResponses = [{ careContextReference: asked.reference, hiStatus: 'DELIVERED', description }];
    const notification = {
      consentId: asked.consentId,
      transactionId: asked.transactionId,
      doneAt: new Date().toISOString(),
      notifier: { type: 'HIP', id: HIP },
      statusNotification: { sessionStatus: 'TRANSFERRED', hipId: HIP, statusResponses },
    };
    return this.adapter.call('POST', CALLS.transferred, { notification });
  }

  async transfer(asked: Pick<Asked, 'transactionId'>): Promise<unknown> {
    return (await this.adapter.control('GET', `transfers/${asked.transactionId}`)).body;
  }
}

export const claimOf = ({ abhaAddress, name, gender, yearOfBirth }: Person) => ({
  abhaAddress,
  name,
  gender,
  yearOfBirth,
});

export function linkEntry(reference: string) {
  const careContexts = [{ referenceNumber: reference, display: 'OPD visit on 16-Sep-2026' }];
  return {
    referenceNumber: 'UHID-1',
    display: 'Test Hospital OPD',
    careContexts,
    hiType: 'OPConsultation',
    count: 1,
  };
}

export const linkBody = (patient: Person, reference: string) => ({
  abhaAddress: patient.abhaAddress,
  patient: [linkEntry(reference)],
});

export function aPage(asked: Asked, plaintext = '{"resourceType":"Bundle"}', careContextReference = asked.reference) {
  const { content, ownPublicKey, ownNonce } = encryptEntry({
    plaintext,
    peerPublicKey: asked.keyMaterial.dhPublicKey.keyValue,
    peerNonce: asked.keyMaterial.nonce,
  });
  const dhPublicKey = {
    expiry: new Date().toISOString(),
    parameters: 'Curve25519/32byte random key',
    keyValue: ownPublicKey,
  };
  const checksum = plaintextChecksum(plaintext);
  const entry = { content, media: 'application/fhir+json', checksum, careContextReference };
  return {
    pageNumber: 1,
    pageCount: 1,
    transactionId: asked.transactionId,
    entries: [entry] as [typeof entry],
    keyMaterial: { cryptoAlg: 'ECDH', curve: 'Curve25519', dhPublicKey, nonce: ownNonce },
  };
}

function responseTo(callback: ReceivedCallback<unknown>): { requestId: string } {
  return { requestId: String(callback.headers['request-id']) };
}
