import type { Immunization, ImmunizationRecommendation } from 'fhir/r4.js';
import type { ImmunizationGiven, Visit } from '../../ports/visit.js';
import { doseText } from '../resources/dose-number.js';
import { DAY_OF_VISIT, NOT_GIVEN, immunization } from '../resources/immunization.js';
import { immunizationRecommendation } from '../resources/immunization-recommendation.js';
import { concept } from '../terminology/coding.js';
import { IMMUNIZATION_RECORD, IMMUNIZATION_SECTION } from '../validation/profiles/immunization-record.js';
import { section } from './document-bundle.js';
import { dayText } from './narrative.js';
import type { Line, Told } from './narrative.js';
import type { RecordBuilder } from './record-draft.js';
import { toldApart } from './told-apart.js';
import type { VisitFrame } from './visit-frame.js';

/**
 * NRCeS ImmunizationRecord: all vaccines of one visit, and when the patient is to come for the next. Exactly one
 * section, whose entries carry their type.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/ImmunizationRecord
 */
export const immunizationRecord: RecordBuilder = (visit, frame) => {
  if (visit.immunizations.length === 0) return [];
  return [
    {
      part: '',
      profile: IMMUNIZATION_RECORD.url,
      type: concept(IMMUNIZATION_RECORD.elements.type.coding.exactly, 'Immunization record'),
      title: 'Immunization record',
      at: visit.registeredAt,
      sections: [
        section(IMMUNIZATION_SECTION.code, { en: 'Vaccines given', hi: 'लगाए गए टीके' }, vaccines(visit, frame)),
      ],
    },
  ];
};

function vaccines(visit: Visit, frame: VisitFrame): Told<Immunization | ImmunizationRecommendation> {
  const { parts, idOf, terminology } = frame;
  const given = toldApart(visit.immunizations, ({ vaccine }) => vaccine).map(({ item, key }) => ({
    from: item,
    resource: immunization(idOf('vaccine', ...key), item, parts, terminology),
  }));
  const due = given.flatMap(({ from: { vaccine, nextDueOn }, resource }) =>
    nextDueOn === undefined ? [] : [{ after: resource, vaccine, dueOn: nextDueOn }],
  );
  const next = due.length === 0 ? [] : [immunizationRecommendation(idOf('vaccines-due'), due, parts)];
  return {
    resources: [...given.map(({ resource }) => resource), ...next],
    lines: given.map(({ from, resource }) => line(from, resource)),
  };
}

function line(from: ImmunizationGiven, { status, occurrenceDateTime }: Immunization): Line {
  const day = { text: dayText(occurrenceDateTime ?? '') };
  const isGiven = status !== 'not-done';
  return {
    text: isGiven ? from.vaccine : `${from.vaccine}: ${NOT_GIVEN}`,
    ...(!isGiven && { hindi: 'नहीं दिया गया' }),
    details: [
      isGiven
        ? [
            { en: 'Given on', hi: 'कब लगा' },
            from.givenOn === undefined
              ? { text: `${day.text} (${DAY_OF_VISIT})`, hindi: 'भेंट का दिन: अस्पताल की तारीख पढ़ी नहीं जा सकी' }
              : day,
          ]
        : [{ en: 'Date', hi: 'दिनांक' }, from.givenOn === undefined ? undefined : day],
      [{ en: 'Dose', hi: 'खुराक' }, said(doseText(from))],
      [{ en: 'Batch', hi: 'बैच' }, said(from.batch)],
      [{ en: 'Where', hi: 'कहाँ लगा' }, said(from.site)],
      [
        { en: 'Next vaccination due', hi: 'अगला टीका कब' },
        from.nextDueOn === undefined ? undefined : { text: dayText(from.nextDueOn) },
      ],
    ],
  };
}

const said = (text: string | undefined): Line | undefined => (text === undefined ? undefined : { text });
