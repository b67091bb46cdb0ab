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
  readonly entry?: readonly { readonly resource?: { readonly meta?: { readonly profile?: readonly string[] } } }[];
}

/** The hiType of a document bundle, by the profile of its Composition; undefined when it does not tell. */
export function hiTypeOf(plaintext: string): string | undefined {
  try {
    const document = JSON.parse(plaintext) as Document | null;
    const profile = document?.entry?.[0]?.resource?.meta?.profile?.[0];
    return PROFILES[profile?.split('|')[0]?.split('/').at(-1) ?? ''];
  } catch {
    return undefined;
  }
}
