import type { DiagnosticReport, ImagingStudy, Specimen } from 'fhir/r4.js';
import { attached } from '../attachment.js';
import { day, moment, span } from '../dates.js';
import { markup, joined } from '../html.js';
import type { Content } from '../html.js';
import { facts, item, line, small } from '../pieces.js';
import { statusMark } from '../status.js';
import type { Texts } from '../texts.en.js';
import type { Renderer, View } from '../view.js';
import { coded, list, said, texts, wordsOf, wordsOfAll } from '../words.js';
import { notes } from './condition.js';
import { observations } from './observation.js';

/** A report of the laboratory or of imaging: its results as a table, what they mean, who stands for them. */
export const diagnosticReport: Renderer<DiagnosticReport> = (resource, view) => {
  const { texts: labels } = view;
  const results = list(resource.result).map((reference) => ({ reference, found: view.find(reference) }));
  const enclosed = results.flatMap(({ found }) => (found?.resourceType === 'Observation' ? [found] : []));
  const others = results.filter(({ found }) => found?.resourceType !== 'Observation');
  return item(
    joined([coded(resource.code), statusMark(resource.status, labels)], ' '),
    observations(enclosed, view) ?? (enclosed.length > 0 ? line(small(labels.shownAbove)) : undefined),
    ...others.map(({ reference }) => view.show(reference)),
    conclusion(resource, enclosed.length > 0, labels),
    facts(origin(resource, view)),
    ...list(resource.specimen).map((reference) => view.show(reference)),
    ...list(resource.imagingStudy).map((reference) => view.show(reference)),
    ...list(resource.media).map(({ link, comment }) => markup`${view.show(link)}${line(said(comment))}`),
    ...list(resource.presentedForm).map((form) => attached(form, wordsOf(resource.code), labels)),
  );
};

/** How our laboratory reports conclude where nobody concluded anything: with the results once more. */
const RESULTS_AGAIN = 'Results as reported: ';

function conclusion(
  { conclusion: concluded, conclusionCode }: DiagnosticReport,
  hasResults: boolean,
  { conclusion: label }: Texts,
): Content {
  const words = said(concluded);
  const isAgain = hasResults && words?.startsWith(RESULTS_AGAIN) === true;
  const codes = list(conclusionCode).filter((code) => wordsOf(code) !== words);
  return facts([[label, joined([isAgain ? undefined : words, ...codes.map((code) => coded(code))], ' · ')]]);
}

function origin(resource: DiagnosticReport, view: View): (readonly [string, Content])[] {
  const { texts: labels } = view;
  const people = texts(list(resource.resultsInterpreter).map((reference) => view.name(reference)));
  const makers = texts(list(resource.performer).map((reference) => view.nameBesides(reference)));
  const orders = texts(list(resource.basedOn).map((reference) => view.name(reference)));
  const taken =
    moment(resource.effectiveDateTime) ??
    span(moment(resource.effectivePeriod?.start), moment(resource.effectivePeriod?.end));
  const samplesTaken = list(resource.specimen).map((reference) => {
    const sample = view.find(reference);
    return sample?.resourceType === 'Specimen' ? collected(sample) : undefined;
  });
  return [
    [labels.reportNumber, joined(texts(list(resource.identifier).map(({ value }) => value)), ', ')],
    [labels.category, wordsOfAll(resource.category)],
    [
      labels.ordered,
      joined(
        orders.filter((order) => order !== wordsOf(resource.code)),
        ', ',
      ),
    ],
    [labels.on, samplesTaken.includes(taken) ? undefined : taken],
    [labels.reported, moment(resource.issued)],
    [labels.authorisedBy, joined(people, ', ')],
    [
      labels.laboratory,
      joined(
        makers.filter((maker) => !people.includes(maker)),
        ', ',
      ),
    ],
  ];
}

const collected = ({ collection }: Specimen): string | undefined =>
  moment(collection?.collectedDateTime) ?? moment(collection?.collectedPeriod?.start);

export const specimen: Renderer<Specimen> = (resource, { texts: labels }) =>
  facts([
    [labels.specimen, coded(resource.type)],
    [labels.collected, collected(resource)],
    [labels.bodySite, wordsOf(resource.collection?.bodySite)],
    [labels.received, moment(resource.receivedTime)],
    [labels.note, notes(resource.note, labels)],
  ]);

export const imagingStudy: Renderer<ImagingStudy> = (resource, { texts: labels }) => {
  const modality = list(resource.modality).map(({ display, code }) => said(display) ?? said(code));
  const series = list(resource.series).map((each) => said(each.description) ?? said(each.bodySite?.display));
  return facts([
    [
      labels.images,
      joined(texts([resource.description, wordsOfAll(resource.procedureCode), ...modality, ...series]), ', '),
    ],
    [labels.on, day(resource.started)],
    [labels.count, said(resource.numberOfInstances)],
    [labels.note, notes(resource.note, labels)],
  ]);
};
