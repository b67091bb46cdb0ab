import type { AbhaResult, AbhaSessionView, ConsentTextView } from '../../api/abha/abha-sessions.dto.js';
import type { RegistrationAnswer } from '../../api/registrations/registrations.dto.js';
import { ABHA_BASE } from '../../simulator/abha/m1-contract.js';
import type { Abdm } from './abdm.js';
import { ABOUT_HER, aMobile, anAadhaar, anAddress, bare, type Account, type Person } from './abha-people.js';
import type { Hospital } from './hospital.js';
import { CannotGoOn, needed, type Notes, type Theatre } from './scene.js';

export const NEEDS_DESK = 'The HIP’s own desk begins: nobody can sit at it from here.';

type Session = AbhaSessionView;
type Result = AbhaResult;

/** What a step was answered: the session as it is now, or why it did not go on. */
export interface StepAnswer {
  readonly status: number;
  readonly session: Session | undefined;
  readonly problem: Problem | undefined;
}

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly detailHi?: string;
  readonly triesLeft?: number;
  readonly retryInSeconds?: number;
  readonly next?: { readonly step: string };
}

const CREATES = ['aadhaar-otp', 'fingerprint', 'iris', 'face', 'demographics', 'driving-licence'];

/** The registration desk with somebody in front of it: the pages’ calls, her phone, and what the ABHA service knows. */
export class AbhaDesk {
  private constructor(
    readonly abdm: Abdm,
    readonly hospital: Hospital,
  ) {}

  /** Every call to the ABHA service is the scene’s: none of them names anybody in clear. */
  static of(theatre: Theatre, notes: Notes): AbhaDesk {
    notes.about(`${ABHA_BASE}/`);
    return new AbhaDesk(theatre.abdm, needed(theatre.hospital, NEEDS_DESK));
  }

  /** Without an ABHA. Nobody twice. */
  person(changes: object = {}): Promise<Person> {
    return this.madeKnown({ accounts: [], ...changes });
  }

  /** With one ABHA, or those of `changes`. */
  async holder(changes: object = {}): Promise<Person & { readonly account: Account }> {
    const person = await this.madeKnown({ accounts: [{ abhaAddress: anAddress() }], ...changes });
    return { ...person, account: needed(person.accounts[0], 'The simulator made no account') };
  }

  async open(way: string): Promise<Session> {
    const purpose = CREATES.includes(way) ? 'create' : 'verify';
    const body = { purpose, way, channel: 'desk', operator: OPERATOR };
    const answer = await this.hospital.ask('POST', 'abha/sessions', body);
    if (answer.status !== 201) throw new CannotGoOn(`A session by ${way} was answered ${answer.status}`);
    return (await answer.json()) as Session;
  }

  async consentText(language: string): Promise<ConsentTextView> {
    const answer = await this.hospital.ask('GET', `abha/consent-text?lang=${language}`);
    if (!answer.ok) throw new CannotGoOn(`The consent text was answered ${answer.status}`);
    return (await answer.json()) as ConsentTextView;
  }

  /** Opened and agreed to: the step after the consent is due. */
  async consented(way: string, language = 'en'): Promise<Session> {
    const session = await this.open(way);
    const { version } = await this.consentText(language);
    return this.goes(session, 'consent', { version, language, accepted: true });
  }

  async asks({ id }: { readonly id: string }, step: string, body: object = {}): Promise<StepAnswer> {
    const answer = await this.hospital.ask('POST', `abha/sessions/${id}/${step}`, body);
    const read = await answer.json();
    return answer.status === 200
      ? { status: 200, session: read as Session, problem: undefined }
      : { status: answer.status, session: undefined, problem: read as Problem };
  }

  /** @throws CannotGoOn when the step does not go on */
  async goes(session: { readonly id: string }, step: string, body: object = {}): Promise<Session> {
    const { status, session: next, problem } = await this.asks(session, step, body);
    return needed(next, `The step ${step} was answered ${status} ${problem?.code ?? ''}`);
  }

  async session({ id }: { readonly id: string }): Promise<Session> {
    return (await (await this.hospital.ask('GET', `abha/sessions/${id}`)).json()) as Session;
  }

  /** Card, QR or photo. */
  async file(
    { id }: { readonly id: string },
    what: 'card' | 'card-file' | 'qr' | 'photo',
  ): Promise<{ status: number; contentType: string; bytes: Buffer }> {
    const answer = await this.hospital.ask('GET', `abha/sessions/${id}/${what}`);
    const contentType = answer.headers.get('content-type') ?? '';
    return { status: answer.status, contentType, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  async registers(body: object): Promise<{ readonly status: number; readonly answer: RegistrationAnswer }> {
    const answer = await this.hospital.ask('POST', 'registrations', body);
    return { status: answer.status, answer: (await answer.json()) as RegistrationAnswer };
  }

  /** The newest code on her phone, or in her post. */
  async code(destination: string): Promise<string> {
    const received = await this.codes(destination);
    return needed(received.at(-1), 'No code came to her phone');
  }

  async codes(destination: string): Promise<readonly string[]> {
    const path = `abha/otps?mobile=${encodeURIComponent(destination)}`;
    return (await this.abdm.call<{ otp: string }[]>('GET', path)).map(({ otp }) => otp);
  }

  async wrongCode(destination: string): Promise<string> {
    return (await this.code(destination)) === '135792' ? '246813' : '135792';
  }

  /** ABHAs as the service holds them. */
  async accountsOn(mobile: string): Promise<readonly Account[]> {
    return (await this.abdm.call<Account[]>('GET', 'abha/people')).filter((one) => one.mobile === mobile);
  }

  async accountOf(result: Result | null): Promise<Account | undefined> {
    const all = await this.abdm.call<Account[]>('GET', 'abha/people');
    return all.find(({ abhaNumber }) => bare(abhaNumber) === bare(result?.abhaNumber ?? ''));
  }

  private async madeKnown(changes: object): Promise<Person> {
    const mobile = aMobile();
    const [made] = await this.abdm.call<(Omit<Person, 'mobile'> & { aadhaarMobile?: string; mobile?: string })[]>(
      'POST',
      'abha/people',
      { ...ABOUT_HER, aadhaar: anAadhaar(), mobile, ...changes },
    );
    const person = needed(made, 'The simulator made nobody');
    return { ...person, mobile: person.aadhaarMobile ?? person.mobile ?? mobile };
  }
}

export const OPERATOR = 'desk-1/clerk-7';
const PICTURE_OR_PDF = ['89504e47', 'ffd8ff', '25504446', '3c737667'];

/** A picture or PDF that says what it is, and is it. */
export const isDrawn = ({ status, contentType, bytes }: Awaited<ReturnType<AbhaDesk['file']>>): boolean =>
  status === 200 &&
  /^(image\/(png|jpeg|svg\+xml)|application\/pdf)/.test(contentType) &&
  PICTURE_OR_PDF.some((beginning) => bytes.toString('hex').startsWith(beginning));
