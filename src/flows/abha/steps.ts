import type { AbhaPurpose } from '../../persistence/entities/abha-session.entity.js';

/** What a step asks of whoever sits at the screen. */
interface Step {
  readonly needs: readonly string[];
  readonly optional?: readonly string[];
}

/** Every step, and what it needs. A page draws itself from these names. */
// prettier-ignore
export const STEPS = {
  'consent':              { needs: ['version', 'language', 'accepted'] },
  'aadhaar':              { needs: ['aadhaar'], optional: ['mobile'] },
  'abha-number':          { needs: ['abhaNumber', 'method'] },
  'abha-address':         { needs: ['abhaAddress'] },
  'card-qr':              { needs: ['qr'] },
  'mobile':               { needs: ['mobile'], optional: ['noneIsHers'] },
  'method':               { needs: ['method'] },
  'otp':                  { needs: ['otp'] },
  'account':              { needs: ['account'] },
  'found':                { needs: ['account', 'method'] },
  'fingerprint':          { needs: ['aadhaar', 'mobile', 'pid'] },
  'iris':                 { needs: ['aadhaar', 'mobile', 'pid'] },
  'face-qr':              { needs: [] },
  'face-status':          { needs: [] },
  'face':                 { needs: ['aadhaar', 'mobile'] },
  'demographics':         { needs: ['aadhaar', 'name', 'gender', 'dateOfBirth', 'stateCode', 'districtCode'], optional: ['mobile', 'address', 'pincode'] },
  'document':             { needs: ['documentNumber', 'firstName', 'gender', 'dateOfBirth', 'frontPhoto', 'backPhoto', 'address', 'state', 'district', 'pincode'], optional: ['middleName', 'lastName'] },
  'communication-mobile': { needs: ['mobile'], optional: ['skip'] },
  'suggestions':          { needs: [] },
  'choose-address':       { needs: ['abhaAddress'], optional: ['useDefault'] },
  'profile':              { needs: [] },
  'done':                 { needs: [] },
  'ended':                { needs: [] },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;

/** They follow by themselves; where the service did not answer, they can be asked for. */
export const AUTOMATIC = ['suggestions', 'profile'] as const satisfies readonly StepName[];
export type AutomaticStep = (typeof AUTOMATIC)[number];

type Transitions = Readonly<Partial<Record<StepName, readonly StepName[]>>>;

/** Once somebody is verified: her account can be changed, each time behind an OTP. */
const VERIFIED = {
  profile: ['done'],
  done: ['otp', 'profile'],
  ended: [],
} as const satisfies Transitions;

/** After an enrolment: the mobile where it is not Aadhaar's, then the address. Somebody who had an ABHA skips both. */
const ENROLLED = {
  'communication-mobile': ['otp', 'suggestions', 'profile'],
  suggestions: ['choose-address', 'profile'],
  'choose-address': ['profile', 'suggestions'],
  ...VERIFIED,
} as const satisfies Transitions;

/** The look before creating, which is also where an enrolment goes whose end is not known. */
const AFTER_OTP = ['profile', 'communication-mobile', 'suggestions', 'aadhaar', 'done'] as const;

/** After an enrolment in one call, whose end may not be known; it then looks by Aadhaar OTP. */
const ENROLLED_AT_ONCE = ['profile', 'communication-mobile', 'suggestions', 'aadhaar'] as const;

interface Way {
  readonly purpose: AbhaPurpose;
  readonly first: StepName;
  readonly steps: Transitions;
}

/** Every way to an ABHA, as the steps that can follow one another; any may also stay where it is, or end. */
// prettier-ignore
export const WAYS = {
  'aadhaar-otp':     { purpose: 'create', first: 'consent', steps: { consent: ['aadhaar'], aadhaar: ['otp'], otp: AFTER_OTP, ...ENROLLED } },
  'fingerprint':     { purpose: 'create', first: 'consent', steps: { consent: ['fingerprint'], fingerprint: [...ENROLLED_AT_ONCE], aadhaar: ['otp', 'fingerprint'], otp: [...AFTER_OTP, 'fingerprint'], ...ENROLLED } },
  'iris':            { purpose: 'create', first: 'consent', steps: { consent: ['iris'], iris: [...ENROLLED_AT_ONCE], aadhaar: ['otp', 'iris'], otp: [...AFTER_OTP, 'iris'], ...ENROLLED } },
  'face':            { purpose: 'create', first: 'consent', steps: { consent: ['face-qr'], 'face-qr': ['face-status'], 'face-status': ['face-qr', 'face'], face: [...ENROLLED_AT_ONCE, 'face-qr'], aadhaar: ['otp', 'face-qr'], otp: [...AFTER_OTP, 'face-qr'], ...ENROLLED } },
  'demographics':    { purpose: 'create', first: 'consent', steps: { consent: ['demographics'], demographics: [...ENROLLED_AT_ONCE], aadhaar: ['otp', 'demographics'], otp: [...AFTER_OTP, 'demographics'], ...ENROLLED } },
  'driving-licence': { purpose: 'create', first: 'consent', steps: { consent: ['mobile'], mobile: ['otp'], otp: ['document', 'mobile'], document: ['done', 'mobile'], done: [], ended: [] } },
  'abha-number':     { purpose: 'verify', first: 'abha-number', steps: { 'abha-number': ['otp'], otp: ['profile', 'abha-number', 'done'], ...VERIFIED } },
  'aadhaar':         { purpose: 'verify', first: 'aadhaar', steps: { aadhaar: ['otp'], otp: ['profile', 'account', 'aadhaar', 'done'], account: ['profile', 'aadhaar'], ...VERIFIED } },
  'mobile':          { purpose: 'verify', first: 'mobile', steps: { mobile: ['otp'], otp: ['account', 'profile', 'mobile', 'done'], account: ['profile', 'mobile'], ...VERIFIED } },
  'abha-address':    { purpose: 'verify', first: 'abha-address', steps: { 'abha-address': ['method'], method: ['otp', 'abha-address'], otp: ['profile', 'method', 'done'], ...VERIFIED } },
  'card-qr':         { purpose: 'verify', first: 'card-qr', steps: { 'card-qr': ['method'], method: ['otp', 'card-qr'], otp: ['profile', 'method', 'done'], ...VERIFIED } },
  'find':            { purpose: 'verify', first: 'mobile', steps: { mobile: ['found'], found: ['otp', 'mobile'], otp: ['profile', 'found', 'mobile', 'done'], ...VERIFIED } },
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as readonly WayName[];

export function mayFollow(way: WayName, step: StepName, next: StepName): boolean {
  const steps: Transitions = WAYS[way].steps;
  return next === step || next === 'ended' || (steps[step]?.includes(next) ?? false);
}

/** What the page has to ask for. The service wants a mobile with every enrolment, and none when somebody logs in. */
export function fieldsOf(
  step: StepName,
  purpose: AbhaPurpose,
): { readonly needs: readonly string[]; readonly optional: readonly string[] } {
  const { needs, optional = [] }: Step = STEPS[step];
  if (step === 'aadhaar')
    return purpose === 'create' ? { needs: [...needs, ...optional], optional: [] } : { needs, optional: [] };
  return { needs, optional };
}

/** What can be asked for at a step besides doing it. `change`: of her account; `logout` ends any session. */
const ALSO = {
  otp: ['resend', 'back'],
  method: ['back'],
  found: ['back'],
  account: ['back'],
  suggestions: ['choose-address'],
  'choose-address': ['suggestions'],
  'face-status': ['face-qr'],
  done: ['change', 'profile'],
} as const satisfies Partial<Record<StepName, readonly string[]>>;

export type ActionName = StepName | 'resend' | 'back' | 'change' | 'logout';

/** What can be asked for at this step. */
export function actionsAt(step: StepName): readonly ActionName[] {
  if (step === 'ended') return [];
  const also: Partial<Record<StepName, readonly ActionName[]>> = ALSO;
  return [...(step === 'done' ? [] : [step]), ...(also[step] ?? []), 'logout'];
}

/** Where a way begins once consent has been given, or where it begins that needs none. */
export function stepAfterConsent(way: WayName): StepName {
  const { first, steps } = WAYS[way];
  const afterConsent: readonly StepName[] = (steps as Transitions).consent ?? [];
  return first === 'consent' ? (afterConsent[0] ?? first) : first;
}
