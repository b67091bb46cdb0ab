import type { Immunization, ImmunizationRecommendation, ImmunizationRecommendationRecommendation } from 'fhir/r4.js';
import { day } from '../dates.js';
import { joined } from '../html.js';
import { facts, item } from '../pieces.js';
import { quantityText } from '../quantities.js';
import { statusMark } from '../status.js';
import type { Texts } from '../texts.en.js';
import type { Renderer } from '../view.js';
import { coded, list, said, texts, wordsOf, wordsOfAll } from '../words.js';
import { notes } from './condition.js';

export const immunization: Renderer<Immunization> = (resource, view) => {
  const { texts: labels } = view;
  const protocols = list(resource.protocolApplied);
  const by = list(resource.performer).map(({ actor }) => view.nameBesides(actor));
  return item(
    joined([coded(resource.vaccineCode), statusMark(resource.status, labels)], ' '),
    facts([
      ...protocols.map((protocol) => [labels.dose, doseText(protocol, labels)] as const),
      [
        resource.status === 'not-done' ? labels.on : labels.givenOn,
        day(resource.occurrenceDateTime) ?? said(resource.occurrenceString),
      ],
      [labels.batch, said(resource.lotNumber)],
      [labels.expires, day(resource.expirationDate)],
      [labels.bodySite, wordsOf(resource.site)],
      [labels.route, wordsOf(resource.route)],
      [labels.quantity, quantityText(resource.doseQuantity)],
      [labels.maker, view.name(resource.manufacturer)],
      [labels.protects, wordsOfAll(protocols.flatMap(({ targetDisease }) => list(targetDisease)))],
      [labels.by, joined(texts(by), ', ')],
      [labels.reason, wordsOf(resource.statusReason) ?? wordsOfAll(resource.reasonCode)],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

/** Which vaccine is due, and when. */
export const immunizationRecommendation: Renderer<ImmunizationRecommendation> = (resource, { texts: labels }) => {
  const all = list(resource.recommendation).map((each) =>
    item(
      joined(
        list(each.vaccineCode).map((code) => coded(code, labels)),
        ', ',
      ),
      facts([
        ...list(each.dateCriterion).map(
          (criterion) => [dueLabel(wordsOf(criterion.code), labels), day(criterion.value)] as const,
        ),
        [labels.dose, doseText(each, labels)],
        [labels.protects, wordsOf(each.targetDisease)],
        [labels.note, joined(texts([each.series, each.description]), ' · ')],
        [labels.reason, wordsOfAll(each.forecastReason)],
      ]),
    ),
  );
  return joined(all, '');
};

/** `Date vaccine due` is the usual criterion; another one (earliest, overdue) is told by its own words. */
function dueLabel(criterion: string | undefined, labels: Texts): string {
  return criterion === undefined || /\bdue\b/i.test(criterion) ? labels.nextDue : criterion;
}

type Doses = Pick<
  ImmunizationRecommendationRecommendation,
  'doseNumberPositiveInt' | 'doseNumberString' | 'seriesDosesPositiveInt' | 'seriesDosesString'
>;

function doseText(of: Doses, labels: Texts): string | undefined {
  const number = said(of.doseNumberPositiveInt) ?? said(of.doseNumberString);
  const series = said(of.seriesDosesPositiveInt) ?? said(of.seriesDosesString);
  return number === undefined || series === undefined ? number : labels.doseOf(number, series);
}
