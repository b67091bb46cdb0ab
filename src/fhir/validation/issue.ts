import { RULES } from './rules.js';
import type { RuleName } from './rules.js';

/** One thing wrong with a document. Names elements and resource types, never values, so it may be shown anywhere. */
export interface Issue {
  readonly severity: 'error' | 'warning';
  /** FHIRPath of the element, e.g. `Bundle.entry[3].resource.gender`. */
  readonly path: string;
  readonly rule: RuleName;
  /** One sentence a clerk understands. */
  readonly message: string;
  readonly messageHindi: string;
}

/** Where a rule speaks and about what; all of it goes into the sentences. */
export interface Finding {
  readonly path: string;
  /** e.g. `Patient`; `Bundle` for the document itself. */
  readonly resourceType: string;
  readonly element: string;
  /** What would be right: a format, a code from our own tables, a resource type. Never what came. */
  readonly expected?: string;
}

export function issue(rule: RuleName, finding: Finding): Issue {
  const { severity, en, hi } = RULES[rule];
  const resource = resourceName(finding.resourceType);
  return {
    severity,
    path: finding.path,
    rule,
    message: fill(en, finding, resource.en),
    messageHindi: fill(hi, finding, resource.hi),
  };
}

function fill(sentence: string, { element, expected }: Finding, resource: string): string {
  return sentence
    .replaceAll('{resource}', resource)
    .replaceAll('{element}', element)
    .replaceAll('{expected}', expected ?? '');
}

/** A type we have no word for is named as FHIR does; anything that is no type name at all is not repeated. */
function resourceName(type: string): { readonly en: string; readonly hi: string } {
  const known = Object.hasOwn(RESOURCE_NAMES, type) ? RESOURCE_NAMES[type] : undefined;
  if (known !== undefined) return known;
  return /^[A-Za-z]{1,40}$/.test(type) ? { en: type, hi: type } : { en: 'resource', hi: 'रिसोर्स' };
}

/** What a clerk calls them. */
const RESOURCE_NAMES: Readonly<Record<string, { readonly en: string; readonly hi: string }>> = {
  Bundle: { en: 'document', hi: 'दस्तावेज़' },
  Composition: { en: 'record heading', hi: 'रिकॉर्ड शीर्षक' },
  Patient: { en: 'patient', hi: 'रोगी' },
  Practitioner: { en: 'doctor', hi: 'चिकित्सक' },
  PractitionerRole: { en: 'doctor’s role', hi: 'चिकित्सक की भूमिका' },
  Organization: { en: 'hospital', hi: 'अस्पताल' },
  Encounter: { en: 'visit', hi: 'भेंट' },
  Condition: { en: 'complaint or diagnosis', hi: 'शिकायत या निदान' },
  AllergyIntolerance: { en: 'allergy', hi: 'एलर्जी' },
  Observation: { en: 'measurement or remark', hi: 'माप या टिप्पणी' },
  MedicationRequest: { en: 'medicine', hi: 'दवा' },
  Appointment: { en: 'next visit', hi: 'अगली भेंट' },
  ServiceRequest: { en: 'referral or order', hi: 'रेफर या जाँच आदेश' },
  DocumentReference: { en: 'scanned document', hi: 'स्कैन दस्तावेज़' },
  Binary: { en: 'attached file', hi: 'संलग्न फ़ाइल' },
};
