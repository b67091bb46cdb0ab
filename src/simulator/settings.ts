/** From–to in milliseconds; each wait is drawn evenly from it. */
export type DelayRange = readonly [number, number];

/** How the simulator's HIU answers pushes instead of taking them; several wishes: first the delay, then the rest. */
export interface PushAnswer {
  readonly status?: number | undefined;
  readonly delayMs?: number | undefined;
  /** How many pushes; default: until changed. */
  readonly times?: number | undefined;
  /** Only this pageNumber. */
  readonly page?: number | undefined;
  /** Cut the connection, the page unread. */
  readonly dropConnection?: boolean | undefined;
  /** Take the page, then cut the connection instead of answering. */
  readonly loseAnswer?: boolean | undefined;
  /** Never answer. */
  readonly hang?: boolean | undefined;
  /** 302 (or `status`) with this Location. `/hiu/elsewhere` is a place where nobody should come. */
  readonly redirectTo?: string | undefined;
}

export interface SimulatorOptions {
  /** 0 = any free port. */
  readonly port?: number;
  readonly host?: string;
  /** How ABDM is reached by the adapter, when that is not the listening address. */
  readonly publicUrl?: string;
  /** `iss` of callback tokens; default `<url>/realms/central-registry`. */
  readonly issuer?: string;
  readonly cmId?: 'sbx' | 'abdm';
  /** An unknown client id is registered by its first session, with the secret it brings. */
  readonly openRegistration?: boolean;
  readonly callbackDelayMs?: DelayRange;
  /**
   * A callback that was not taken (no answer, or none with 2xx) comes again after each of these waits, with its REQUEST-ID
   * and its token. The real gateway comes again after about 16 minutes. [] = never. Control calls that tell of a delivery do
   * not wait for a try that is further off than callbackTimeoutMs.
   */
  readonly redeliverAfterMs?: readonly number[];
  readonly callbackTimeoutMs?: number;
  /** Callbacks answered slower than this are a violation. */
  readonly slowCallbackMs?: number;
  /** After linking, context notify is refused for so long. */
  readonly notifyTooSoonMs?: number;
  /** generate-token: the same request again inside this window is refused. */
  readonly dedupeWindowMs?: number;
  /** generate-token: more a day than this, per address and facility, blocks. */
  readonly tokensPerDay?: number;
  readonly sessionSeconds?: number;
  /** The patient's app pulls after a successful context notify. */
  readonly autoPull?: boolean;
  readonly autoPullDelayMs?: DelayRange;
  /** consent on-notify must come within. */
  readonly consentAnswerMs?: number;
  /** Push and notify must come within, from the request. */
  readonly transferMs?: number;
  /** A push that was already on its way when the adapter heard of the revocation is forgiven for so long. */
  readonly revocationGraceMs?: number;
  /** on-discover must come within; then the patient's app stops waiting. */
  readonly discoveryMs?: number;
  /** on-share must come within, from the person's tap. */
  readonly shareAnswerMs?: number;
  /** Within what one number may be given once a day. A number per department is unique per counter too. */
  readonly tokenScope?: 'counter' | 'facility';
  /** So much is the adapter's clock ahead, where a test has moved it: the day and validity of tokens go by it. */
  readonly clockAheadMs?: number;
  /** Where a HIP is told that an ABHA address was deactivated. Not published for V3: see contract/assumed.yaml. */
  readonly patientStatusPath?: string;
  /** What the adapter signs messages to the hospital's SMS gateway with; without it the simulator takes none. */
  readonly smsGatewaySecret?: string;
}

const MINUTE = 60_000;

const DEFAULTS = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: '',
  issuer: '',
  cmId: 'sbx' as 'sbx' | 'abdm',
  openRegistration: false,
  callbackDelayMs: [200, 2000] as DelayRange,
  redeliverAfterMs: [2000, 2000, 16 * MINUTE] as readonly number[],
  callbackTimeoutMs: 10_000,
  slowCallbackMs: 5000,
  notifyTooSoonMs: 5000,
  dedupeWindowMs: 69_000,
  tokensPerDay: 3,
  sessionSeconds: 1200,
  autoPull: true,
  autoPullDelayMs: [5000, 10_000] as DelayRange,
  consentAnswerMs: MINUTE,
  transferMs: 20 * MINUTE,
  revocationGraceMs: 500,
  discoveryMs: 10_000,
  shareAnswerMs: 30_000,
  tokenScope: 'counter' as 'counter' | 'facility',
  clockAheadMs: 0,
  patientStatusPath: '/api/v3/patients/status/notify',
  /** sms/on-notify tells of this trouble instead of success. */
  smsError: undefined as 'ABDM-1004' | 'ABDM-1008' | undefined,
  /** sms/on-notify as the M2 document prints it (`status`, `resp`) instead of as the newest specification does. */
  smsFlat: false,
  pushAnswer: undefined as PushAnswer | undefined,
};

export type SettingValues = typeof DEFAULTS;

/** What can be turned while the simulator runs (`POST /simulator/settings`). */
export class Settings {
  private values: SettingValues;
  /** Not among the values: those are shown to whoever asks. */
  readonly smsGatewaySecret: string | undefined;

  constructor({ smsGatewaySecret, ...options }: SimulatorOptions) {
    this.values = { ...DEFAULTS, ...options };
    this.smsGatewaySecret = smsGatewaySecret;
  }

  get current(): Readonly<SettingValues> {
    return this.values;
  }

  change(changes: Partial<SettingValues>): void {
    this.values = { ...this.values, ...changes };
  }

  get issuer(): string {
    return this.values.issuer || `${this.values.publicUrl}/realms/central-registry`;
  }
}

export function drawn([from, to]: DelayRange): number {
  return from + Math.random() * Math.max(0, to - from);
}
