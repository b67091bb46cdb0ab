import type { Encounter } from 'fhir/r4.js';
import { moment } from '../dates.js';
import { joined } from '../html.js';
import type { Content } from '../html.js';
import { facts, item } from '../pieces.js';
import { statusMark } from '../status.js';
import type { Renderer, View } from '../view.js';
import { list, maybe, said, texts, wordsOf, wordsOfAll } from '../words.js';

/** A visit, or a stay with its ward, its days and how it ended. */
export function encounterFacts(resource: Encounter, view: View): (readonly [string, Content])[] {
  const { texts: labels } = view;
  const kind = said(maybe(resource.class)?.code);
  const isStay = kind !== undefined && Object.hasOwn(labels.stayKinds, kind);
  const wards = list(resource.location).map(({ location }) => view.name(location));
  const diagnoses = list(resource.diagnosis).map(({ condition, use }) => {
    const name = view.name(condition);
    const role = wordsOf(use);
    return name === undefined || role === undefined ? name : `${name} (${role})`;
  });
  const start = moment(resource.period?.start);
  return [
    [
      isStay ? labels.admissionNumber : labels.visitNumber,
      joined(texts(list(resource.identifier).map(({ value }) => value)), ', '),
    ],
    [isStay ? labels.wardOrDepartment : labels.department, wordsOf(resource.serviceType)],
    [labels.visitType, wordsOfAll(resource.type)],
    [labels.stay, isStay ? labels.stayKinds[kind as keyof View['texts']['stayKinds']] : undefined],
    [isStay ? labels.admitted : labels.visitedOn, start === view.moment ? undefined : start],
    [labels.discharged, isStay ? moment(resource.period?.end) : undefined],
    [labels.ward, joined(texts(wards), ', ')],
    [
      labels.reason,
      joined(
        texts([wordsOfAll(resource.reasonCode), ...list(resource.reasonReference).map((each) => view.name(each))]),
        ', ',
      ),
    ],
    [labels.diagnosis, joined(texts(diagnoses), ', ')],
    [labels.outcome, wordsOf(resource.hospitalization?.dischargeDisposition)],
    [labels.sendTo, view.name(resource.hospitalization?.destination)],
    [labels.status, statusMark(resource.status, labels)],
  ];
}

export const encounter: Renderer<Encounter> = (resource, view) =>
  item(view.texts.kinds['Encounter'], facts(encounterFacts(resource, view)));
