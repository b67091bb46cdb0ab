import type { Immunization } from 'fhir/r4.js';
import type { ImmunizationGiven } from '../../ports/visit.js';
import { concept, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { Terminology } from '../terminology/terminology.js';
import { doseNumber } from './dose-number.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * A vaccine that was given. One that the hospital dates on another day than the visit was written down here, but not
 * given here: it names neither who gave it nor the visit.
 */
export function immunization(
  id: string,
  from: ImmunizationGiven,
  of: VisitParts,
  terminology: Terminology,
): Immunization {
  const today = of.at.slice(0, 10);
  const wasGivenHere = from.givenOn === undefined || from.givenOn === today;
  const dose = doseNumber(from);
  const vaccine = terminology.find('vaccine', from.vaccine);
  return {
    resourceType: 'Immunization',
    id,
    meta: { profile: [PROFILES.immunization] },
    status: 'completed',
    vaccineCode: vaccine === undefined ? words(from.vaccine) : concept(vaccine, from.vaccine),
    patient: ref(of.patient),
    ...(wasGivenHere && { encounter: ref(of.encounter), performer: [{ actor: ref(of.author) }] }),
    occurrenceDateTime: from.givenOn ?? today,
    note: from.givenOn === undefined ? [{ text: DAY_OF_VISIT }] : [],
    lotNumber: from.batch,
    site: from.site === undefined ? undefined : siteOf(from.site, terminology),
    protocolApplied: dose === undefined ? [] : [dose],
  };
}

/** Said wherever the visit's day stands in for the one the hospital did not write. */
export const DAY_OF_VISIT = 'The hospital wrote no date; this is the day of the visit';

function siteOf(text: string, terminology: Terminology): Immunization['site'] {
  const site = terminology.find('body-site', text);
  return site === undefined ? words(text) : concept(site, text);
}
