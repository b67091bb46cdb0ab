import type { Abdm, AbhaHolder, AppEntry, CareContext, Grant } from './abdm.js';
import type { Hospital, VisitView } from './hospital.js';
import { CannotGoOn, needed, PrerequisiteMissing, type GivenPatient, type Notes, type Theatre } from './scene.js';
import { aPatient, aVisitOf, HI_TYPES, type Row } from './visits.js';

/** Somebody with linked records, whom a consent can be about. */
export interface Subject {
  readonly holder: AbhaHolder;
  readonly careContexts: readonly CareContext[];
  readonly hiTypes: readonly string[];
}

const ON_THEIR_WAY = ['received', 'linking'];

/** Closes a visit and waits until nothing is under way for it. */
export async function closed(
  { abdm }: Pick<Theatre, 'abdm'>,
  hospital: Hospital,
  row: Row,
): Promise<VisitView & { id: string }> {
  const id = await hospital.closes(row);
  const visit = await abdm.eventually(
    () => hospital.visit(id),
    ({ state }) => !ON_THEIR_WAY.includes(state),
  );
  return { ...visit, id };
}

/** A new patient with one linked visit; of another HIP, the patient that was given. */
export async function aLinkedSubject(
  theatre: Theatre,
  notes: Notes,
  rowOf: (holder: AbhaHolder, hfrId: string) => Row = (holder, hfrId) => aVisitOf(holder, hfrId, 'with ABHA'),
): Promise<Subject> {
  const { abdm, hospital, given } = theatre;
  if (hospital === undefined) {
    const patient = needed(given, 'No patient was given');
    notes.about(patient.holder.abhaAddress);
    return { holder: patient.holder, careContexts: await linkedOf(abdm, patient), hiTypes: HI_TYPES };
  }
  const holder = aPatient();
  notes.about(holder.abhaAddress);
  await abdm.knows(holder);
  const row = rowOf(holder, hospital.hfrId);
  const visit = await closed(theatre, hospital, row);
  const entries = await abdm.entriesOf(holder.abhaAddress);
  if (entries.length === 0) throw new CannotGoOn(`The visit was not linked: it is ${visit.state}`);
  return { holder, careContexts: entries.map(referencesOf), hiTypes: visit.records.map(({ hiType }) => hiType) };
}

/** What a consent can be about: ABDM lets her grant nothing that is not linked. */
async function linkedOf(abdm: Abdm, { holder, careContexts }: GivenPatient): Promise<readonly CareContext[]> {
  const linked = (await abdm.linkedHere(holder.abhaAddress)).map(referencesOf);
  if (linked.length === 0 && careContexts.length === 0)
    throw new PrerequisiteMissing('No care context of the patient was given (--care-context), and none is linked.');
  if (!careContexts.every((one) => isAmong(linked, one)))
    throw new PrerequisiteMissing(
      'ABDM (here the simulator) does not know the given --care-context as linked: the HIP has to link that visit first.',
    );
  return careContexts.length > 0 ? careContexts : linked;
}

/** A consent over all she has. */
export const grantOf = ({ holder, careContexts, hiTypes }: Subject): Grant => ({
  abhaAddress: holder.abhaAddress,
  careContexts,
  hiTypes,
});

/** Grants one, narrowed by `wishes`, and waits for what the HIP answers: `OK`, a code, or undefined. */
export async function granted(
  { abdm }: Pick<Theatre, 'abdm'>,
  notes: Notes,
  subject: Subject,
  wishes: Partial<Omit<Grant, 'abhaAddress' | 'careContexts' | 'silent'>> = {},
): Promise<{ readonly consentId: string; readonly outcome: string | undefined }> {
  const consentId = await abdm.grant({ ...grantOf(subject), ...wishes });
  notes.about(consentId);
  return { consentId, outcome: await abdm.acknowledged(consentId, 'GRANTED') };
}

const referencesOf = ({ patientReference, careContextReference }: AppEntry): CareContext => ({
  patientReference,
  careContextReference,
});

export const isAmong = (all: readonly CareContext[], one: CareContext): boolean =>
  all.some(
    ({ patientReference, careContextReference }) =>
      patientReference === one.patientReference && careContextReference === one.careContextReference,
  );

/** What an entry holds. Another HIP may send what is no document, and no JSON. */
export interface Received {
  readonly document: unknown;
  readonly isDocument: boolean;
  /** By the last part of its Composition's profile. */
  readonly hiType: string;
}

export function documentIn(plaintext: string): Received {
  const bundle = parsed(plaintext);
  const profile = bundle?.entry?.[0]?.resource?.meta?.profile?.[0]?.split('|')[0]?.split('/').at(-1) ?? '';
  const hiType = HI_TYPES.find((one) => [one, `${one}Record`, SHORTER[one]].includes(profile)) ?? 'unknown type';
  return { document: bundle, isDocument: bundle?.resourceType === 'Bundle' && bundle.type === 'document', hiType };
}

interface Bundle {
  readonly resourceType?: string;
  readonly type?: string;
  readonly entry?: readonly { readonly resource?: { readonly meta?: { readonly profile?: readonly string[] } } }[];
}

function parsed(plaintext: string): Bundle | null | undefined {
  try {
    return JSON.parse(plaintext) as Bundle | null;
  } catch {
    return undefined;
  }
}

/** Where the profile is not the type with or without `Record`. */
const SHORTER: Partial<Record<(typeof HI_TYPES)[number], string>> = { OPConsultation: 'OPConsultRecord' };
