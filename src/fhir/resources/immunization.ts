import type { Immunization } from 'fhir/r4.js';
import type { ImmunizationGiven } from '../../ports/visit.js';
import { concept, words } from '../terminology/coding.js';
import { isNotDone } from '../terminology/not-done.js';
import { PROFILES } from '../terminology/profiles.js';
import { DATA_ABSENT_EXTENSION } from '../terminology/systems.js';
import type { Terminology } from '../terminology/terminology.js';
import { doseNumber } from './dose-number.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * A vaccine that was given, or was not: then the words stay without a code, and nobody gave it. One that the hospital dates on another day than the visit was written down here, but not
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
  const isGiven = !isNotDone(from.vaccine);
  const dose = doseNumber(from);
  const vaccine = isGiven ? terminology.find('vaccine', from.vaccine) : undefined;
  return {
    resourceType: 'Immunization',
    id,
    meta: { profile: [PROFILES.immunization] },
    status: isGiven ? 'completed' : 'not-done',
    vaccineCode: vaccine === undefined ? words(from.vaccine) : concept(vaccine, from.vaccine),
    patient: ref(of.patient),
    ...(wasGivenHere && { encounter: ref(of.encounter) }),
    ...(wasGivenHere && isGiven && { performer: [{ actor: ref(of.author) }] }),
    ...(isGiven || from.givenOn !== undefined ? { occurrenceDateTime: from.givenOn ?? today } : NO_DAY),
    note: [
      ...(isGiven ? [] : [{ text: NOT_GIVEN }]),
      ...(isGiven && from.givenOn === undefined ? [{ text: DAY_OF_VISIT }] : []),
    ],
    lotNumber: from.batch,
    site: from.site === undefined ? undefined : siteOf(from.site, terminology),
    protocolApplied: dose === undefined ? [] : [dose],
  };
}

/** Said wherever the visit's day stands in for the one the hospital did not write. */
export const DAY_OF_VISIT = 'The day of the visit: the hospital gave no date that could be read';
export const NOT_GIVEN = 'not given';

/** R4 and NRCeS want a day; for what was not given there is none to send. */
const NO_DAY = { _occurrenceDateTime: { extension: [{ url: DATA_ABSENT_EXTENSION, valueCode: 'not-applicable' }] } };

function siteOf(text: string, terminology: Terminology): Immunization['site'] {
  const site = terminology.find('body-site', text);
  return site === undefined ? words(text) : concept(site, text);
}
