import type { CarePlan, FamilyMemberHistory, Procedure } from 'fhir/r4.js';
import { day, span } from '../dates.js';
import { markup, joined } from '../html.js';
import type { Content } from '../html.js';
import { phrase } from '../phrase.js';
import { facts, item, line } from '../pieces.js';
import { quantityText, rangeText } from '../quantities.js';
import { statusMark } from '../status.js';
import type { Renderer, View } from '../view.js';
import { coded, list, said, texts, wordsOf, wordsOfAll } from '../words.js';
import { notes } from './condition.js';

export const procedure: Renderer<Procedure> = (resource, view) => {
  const { texts: labels } = view;
  const done =
    day(resource.performedDateTime) ??
    span(day(resource.performedPeriod?.start), day(resource.performedPeriod?.end)) ??
    said(resource.performedString);
  const reasons = [wordsOfAll(resource.reasonCode), ...list(resource.reasonReference).map((each) => view.name(each))];
  return item(
    joined([coded(resource.code), statusMark(resource.status, labels)], ' '),
    facts([
      [labels.on, done],
      [labels.by, joined(texts(list(resource.performer).map(({ actor }) => view.name(actor))), ', ')],
      [labels.bodySite, wordsOfAll(resource.bodySite)],
      [labels.reason, joined(texts(reasons), ', ')],
      [labels.outcome, wordsOf(resource.outcome)],
      [labels.complication, wordsOfAll(resource.complication)],
      [labels.followUp, wordsOfAll(resource.followUp)],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

export const carePlan: Renderer<CarePlan> = (resource, view) => {
  const { texts: labels } = view;
  const title = phrase(labels, said(resource.title) ?? wordsOfAll(resource.category));
  const [description, kind] = [said(resource.description), wordsOfAll(resource.category)];
  return item(
    joined([title, statusMark(resource.status, labels)], ' '),
    description === title ? undefined : line(description),
    facts([
      [labels.category, kind === title ? undefined : kind],
      [labels.on, span(day(resource.period?.start), day(resource.period?.end))],
      [labels.goal, joined(texts(list(resource.goal).map((each) => view.name(each))), ', ')],
      [labels.reason, joined(texts(list(resource.addresses).map((each) => view.name(each))), ', ')],
      [labels.note, notes(resource.note, labels)],
    ]),
    ...activities(resource, view),
  );
};

function activities({ activity }: CarePlan, view: View): Content[] {
  return list(activity).flatMap(({ detail, reference, outcomeReference, outcomeCodeableConcept, progress }) => [
    line(joined([wordsOf(detail?.code), said(detail?.description), said(detail?.scheduledString)], ' · ')),
    view.show(reference),
    ...list(outcomeReference).map((each) => view.show(each)),
    line(wordsOfAll(outcomeCodeableConcept)),
    line(notes(progress, view.texts)),
  ]);
}

export const familyMemberHistory: Renderer<FamilyMemberHistory> = (resource, { texts: labels }) => {
  const conditions = list(resource.condition).map((each) => {
    const age = quantityText(each.onsetAge) ?? rangeText(each.onsetRange, labels) ?? said(each.onsetString);
    return item(
      coded(each.code),
      facts([
        [labels.atAge, age],
        [labels.outcome, wordsOf(each.outcome)],
        [labels.died, each.contributedToDeath === true ? labels.yes : undefined],
        [labels.note, notes(each.note, labels)],
      ]),
    );
  });
  const who = texts([phrase(labels, wordsOf(resource.relationship)), resource.name]).join(', ');
  // `partial` says that there may be more relatives, not that this is unfinished.
  const status = resource.status === 'partial' ? undefined : statusMark(resource.status, labels);
  return item(
    joined([who, status], ' '),
    conditions.length === 0 ? undefined : markup`${conditions}`,
    facts([[labels.note, notes(resource.note, labels)]]),
  );
};
