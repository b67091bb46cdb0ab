import type { NamedContext } from './discoveries.js';

/** One `patient[]` entry of on-discover and on-confirm. */
export interface PatientEntry {
  readonly referenceNumber: string;
  readonly display: string;
  readonly careContexts: readonly { readonly referenceNumber: string; readonly display: string }[];
  readonly hiType: string;
  readonly count: number;
}

export const isMiscounted = (entries: readonly PatientEntry[] = []): boolean =>
  entries.some((one) => one.count !== one.careContexts.length);

export function contextsIn(entries: readonly PatientEntry[]): NamedContext[] {
  return entries.flatMap(({ referenceNumber, careContexts, hiType }) =>
    careContexts.map((one) => ({
      patientReference: referenceNumber,
      careContextReference: one.referenceNumber,
      hiType,
      display: one.display,
    })),
  );
}

/** As init sends them: one entry per patient reference and hiType, without displays. */
export function entriesOf(contexts: readonly NamedContext[]): object[] {
  const groups = new Map<string, NamedContext[]>();
  for (const one of contexts) {
    const key = JSON.stringify([one.patientReference, one.hiType]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({
    referenceNumber: group[0]?.patientReference,
    careContexts: group.map((one) => ({ referenceNumber: one.careContextReference })),
    hiType: group[0]?.hiType,
    count: group.length,
  }));
}

export const isSameContext = (one: NamedContext, other: NamedContext): boolean =>
  one.patientReference === other.patientReference &&
  one.careContextReference === other.careContextReference &&
  one.hiType === other.hiType;
