import { coding, loinc } from './coding.js';
import { CODE_SYSTEMS } from './systems.js';

/** Source: R4 immunization-recommendation-status, and the guide's ImmunizationRecommendation example. */
export const VACCINE_DUE = coding(CODE_SYSTEMS.immunizationDue, 'due', 'Due');
export const DATE_VACCINE_DUE = loinc('30980-7', 'Date vaccine due');
