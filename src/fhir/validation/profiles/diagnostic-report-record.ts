import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { COMPOSITION_ELEMENTS } from './composition.js';
import type { ProfileRules, SingleSection } from './profile-rules.js';

const REPORT = { system: CODE_SYSTEMS.snomed, code: '721981007', display: 'Diagnostic studies report' };

const REPORTS = ['DiagnosticReportLab', 'DiagnosticReportImaging'] as const;

/** One report, and at most one document beside it. The section's code says what kind of report it is. */
export const DIAGNOSTIC_REPORT_SECTION = {
  usualCode: REPORT,
  targets: [...REPORTS, 'DocumentReference'],
  entryTypes: { DiagnosticReport: { max: 1, targets: REPORTS }, DocumentReference: { max: 1 } },
} as const satisfies SingleSection;

export const DIAGNOSTIC_REPORT_RECORD = {
  url: PROFILES.diagnosticReportRecord,
  resourceType: 'Composition',
  elements: {
    ...COMPOSITION_ELEMENTS,
    'author.reference': { min: 1 },
    type: { coding: { systems: [CODE_SYSTEMS.snomed], usual: REPORT, required: true, max: 1 } },
    section: { min: 1, max: 1 },
    'section.entry': { min: 1, max: 2 },
  },
  sections: { only: DIAGNOSTIC_REPORT_SECTION },
} as const satisfies ProfileRules;
