/** NRCeS document profile (last part of its URL) → hiType. */
const PROFILES: Readonly<Record<string, string>> = {
  OPConsultRecord: 'OPConsultation',
  PrescriptionRecord: 'Prescription',
  DiagnosticReportRecord: 'DiagnosticReport',
  DischargeSummaryRecord: 'DischargeSummary',
  ImmunizationRecord: 'ImmunizationRecord',
  HealthDocumentRecord: 'HealthDocumentRecord',
  WellnessRecord: 'WellnessRecord',
  InvoiceRecord: 'Invoice',
};

interface Document {
  readonly entry?: readonly {
    readonly resource?: { readonly meta?: { readonly profile?: readonly string[] }; readonly date?: unknown };
  }[];
}

/** What a document bundle tells of itself: the hiType by its Composition's profile, and the Composition's date. */
export function toldBy(plaintext: string): { readonly hiType: string | undefined; readonly date: number | undefined } {
  const composition = documentIn(plaintext)?.entry?.[0]?.resource;
  const profile = composition?.meta?.profile?.[0];
  const date = typeof composition?.date === 'string' ? Date.parse(composition.date) : Number.NaN;
  return {
    hiType: PROFILES[profile?.split('|')[0]?.split('/').at(-1) ?? ''],
    date: Number.isNaN(date) ? undefined : date,
  };
}

function documentIn(plaintext: string): Document | null | undefined {
  try {
    return JSON.parse(plaintext) as Document | null;
  } catch {
    return undefined;
  }
}
