import type { Immunization, ImmunizationRecommendation } from 'fhir/r4.js';
import { concept, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { DATE_VACCINE_DUE, VACCINE_DUE } from '../terminology/vaccine-due.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** The day on which the hospital wants the patient back after a vaccine. */
export interface NextVaccination {
  readonly after: Immunization;
  /** In the hospital's words. */
  readonly vaccine: string;
  readonly dueOn: string;
}

/**
 * All next due days of a visit. Which vaccine is due the hospital does not say: after BCG, of which there is one dose
 * only, it is another one. So the words say what it comes after, and no code makes an app remind of the wrong vaccine.
 */
export function immunizationRecommendation(
  id: string,
  due: readonly NextVaccination[],
  of: VisitParts,
): ImmunizationRecommendation {
  return {
    resourceType: 'ImmunizationRecommendation',
    id,
    meta: { profile: [PROFILES.immunizationRecommendation] },
    patient: ref(of.patient),
    date: of.at,
    recommendation: due.map(({ after, vaccine, dueOn }) => ({
      vaccineCode: [words(`Next vaccination after ${vaccine}`)],
      forecastStatus: concept(VACCINE_DUE),
      dateCriterion: [{ code: concept(DATE_VACCINE_DUE), value: dueOn }],
      supportingImmunization: [ref(after)],
    })),
  };
}
