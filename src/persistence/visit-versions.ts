/** Under which label a part of a visit version is sealed: it opens only in its own row. */
export const sealedVisitLabel = (part: 'row' | 'visit' | 'remarks', visitId: string, rowVersion: number): string =>
  `visit_version.sealed_${part}:${visitId}:${rowVersion}`;
