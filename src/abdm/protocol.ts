/**
 * Every conversation with ABDM, in one screen. Everything else hangs on these names: the callback door mounts its routes
 * from the rows, the client sends only to them, the exchange log stores them, and the flows' handlers are counted against
 * them at start. Paths and deadlines: ABDM HIE-CM v3 (gateway and Milestone 2 contracts of 16 Sep 2026).
 */
export interface Exchange {
  /** In which role we take part. */
  readonly role: 'HIP' | 'any';
  readonly starts: 'us' | 'abdm';
  /** `us`: the path we call. `abdm`: the path ABDM calls on our bridge URL. */
  readonly request: string;
  /** The other side's answer: a callback to us, or a call of ours. Absent: the HTTP answer is all there is. */
  readonly reply?: string;
  /** `us`: how long the callback may take. `abdm`: within how long we must have answered. */
  readonly waitSeconds?: number;
  /** How long an unreachable gateway is tried again, when that is shorter than three days. */
  readonly triedForSeconds?: number;
  readonly about: string;
}

// prettier-ignore
export const PROTOCOL = {
  // ── Gateway ──
  'session': {
    role: 'any', starts: 'us', about: 'an access token for the client id',
    request: '/api/hiecm/gateway/v3/sessions',
  },
  'certs': {
    role: 'any', starts: 'us', about: 'the keys that sign callbacks (GET)',
    request: '/api/hiecm/gateway/v3/certs',
  },
  'bridge-url': {
    role: 'any', starts: 'us', about: 'where ABDM finds us (PATCH)',
    request: '/api/hiecm/gateway/v3/bridge/url',
  },
  // ── HIP-initiated linking ──
  'link-token': {
    role: 'HIP', starts: 'us', waitSeconds: 300, about: 'a token to link a patient’s visits, good for six months',
    request: '/api/hiecm/v3/token/generate-token',
    reply:   '/api/v3/hip/token/on-generate-token',
  },
  'care-context.link': {
    role: 'HIP', starts: 'us', waitSeconds: 300, about: 'a visit appears in the patient’s app',
    request: '/api/hiecm/hip/v3/link/carecontext',
    reply:   '/api/v3/link/on_carecontext',                       // underscore: so it is spelled
  },
  'care-context.notify': {
    role: 'HIP', starts: 'us', waitSeconds: 300, about: 'a linked visit has new records',
    request: '/api/hiecm/hip/v3/link/context/notify',
    reply:   '/api/v3/links/context/on-notify',
  },
  'sms.notify': {
    role: 'HIP', starts: 'us', waitSeconds: 300, triedForSeconds: 21_600, about: 'ABDM sends a mobile a link to the patient’s app',
    request: '/api/hiecm/hip/v3/link/patient/links/sms/notify2',
    reply:   '/api/v3/patients/sms/on-notify',
  },
  'patient.status': {                                             // not published for V3: see messages/patient-status.ts
    role: 'HIP', starts: 'abdm', waitSeconds: 300, triedForSeconds: 3600, about: 'an ABHA address is deactivated, or in use again',
    request: '/api/v3/patients/status/notify',
    reply:   '/api/hiecm/hip/v3/link/patient/links/hip/on-deactivate',
  },
  // ── User-initiated linking ──
  'care-context.discover': {
    role: 'HIP', starts: 'abdm', waitSeconds: 10, triedForSeconds: 60, about: 'a patient looks for her visits here',
    request: '/api/v3/hip/patient/care-context/discover',
    reply:   '/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover',
  },
  'care-context.link-init': {
    role: 'HIP', starts: 'abdm', waitSeconds: 10, triedForSeconds: 60, about: 'she has chosen some; we send her a code',
    request: '/api/v3/hip/link/care-context/init',
    reply:   '/api/hiecm/user-initiated-linking/v3/link/care-context/on-init',
  },
  'care-context.link-confirm': {
    role: 'HIP', starts: 'abdm', waitSeconds: 10, about: 'she typed the code; the chosen visits are linked',
    request: '/api/v3/hip/link/care-context/confirm',
    reply:   '/api/hiecm/user-initiated-linking/v3/link/care-context/on-confirm',
  },
  // ── Scan and share ──
  'patient.share': {
    role: 'HIP', starts: 'abdm', waitSeconds: 30, triedForSeconds: 60, about: 'a patient scanned a counter’s code; she gets a token',
    request: '/api/v3/hip/patient/share',
    reply:   '/api/hiecm/patient-share/v3/on-share',
  },
  'running-token.status': {                                       // its deadline is not published: taken to be that of a share
    role: 'HIP', starts: 'abdm', waitSeconds: 30, triedForSeconds: 60, about: 'which token does a counter serve now',
    request: '/api/v3/hip/patient/running-token/status',
    reply:   '/api/hiecm/patient-share/v3/running-token/on-status',
  },
  // ── Consent ──
  'consent.notify': {
    role: 'HIP', starts: 'abdm', waitSeconds: 60, about: 'a patient granted, revoked, or let expire',
    request: '/api/v3/consent/request/hip/notify',
    reply:   '/api/hiecm/consent/v3/request/hip/on-notify',
  },
  // ── Health information ──
  'health-information.request': {
    role: 'HIP', starts: 'abdm', waitSeconds: 1200, triedForSeconds: 1200, about: 'send the records a consent covers',
    request: '/api/v3/hip/health-information/request',
    reply:   '/api/hiecm/data-flow/v3/health-information/hip/on-request',
  },
  'health-information.push': {
    role: 'HIP', starts: 'us', about: 'one page of encrypted records, straight to the asking HIU',
    request: '{dataPushUrl}',
  },
  'health-information.notify': {
    role: 'HIP', starts: 'us', about: 'what of a transfer arrived',
    request: '/api/hiecm/data-flow/v3/health-information/notify',
  },
} as const satisfies Record<string, Exchange>;

export type ExchangeName = keyof typeof PROTOCOL;
type Rows = typeof PROTOCOL;

/** Ours, answered by a callback. */
export type AskedByUs = {
  [N in ExchangeName]: Rows[N] extends { starts: 'us'; reply: string } ? N : never;
}[ExchangeName];
/** Theirs, answered by a call of ours. */
export type AskedByAbdm = { [N in ExchangeName]: Rows[N] extends { starts: 'abdm' } ? N : never }[ExchangeName];
/** Ours, sent through the outbox: the gateway's own services and the push have no REQUEST-ID to be answered under. */
export type SentByUs = AskedByUs | 'health-information.notify';

export const EXCHANGE_NAMES = Object.keys(PROTOCOL) as readonly ExchangeName[];

export const isAskedByUs = (name: ExchangeName): name is AskedByUs =>
  PROTOCOL[name].starts === 'us' && 'reply' in PROTOCOL[name];

export const isAskedByAbdm = (name: ExchangeName): name is AskedByAbdm => PROTOCOL[name].starts === 'abdm';

/** Path of the callback → its exchange: replies to us, and what ABDM starts. */
export const CALLBACKS: ReadonlyMap<string, AskedByUs | AskedByAbdm> = new Map(
  EXCHANGE_NAMES.flatMap((name): [string, AskedByUs | AskedByAbdm][] => {
    if (isAskedByUs(name)) return [[PROTOCOL[name].reply, name]];
    if (isAskedByAbdm(name)) return [[PROTOCOL[name].request, name]];
    return [];
  }),
);

/** The path an outgoing message goes to. */
export const outgoingPath = (name: SentByUs | AskedByAbdm): string =>
  isAskedByAbdm(name) ? PROTOCOL[name].reply : PROTOCOL[name].request;
