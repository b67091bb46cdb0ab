import type { Appointment, ServiceRequest } from 'fhir/r4.js';
import { day, moment, span } from '../dates.js';
import { joined } from '../html.js';
import { facts, item, mark } from '../pieces.js';
import { statusMark } from '../status.js';
import { phrase } from '../phrase.js';
import type { Renderer } from '../view.js';
import { coded, list, said, texts, wordsOf, wordsOfAll } from '../words.js';
import { notes } from './condition.js';

/** A test asked for, or a referral. */
export const serviceRequest: Renderer<ServiceRequest> = (resource, view) => {
  const { texts: labels } = view;
  const words = wordsOf(resource.code) ?? '';
  // A referral often names the other hospital in its words already.
  const to = texts(list(resource.performer).map((reference) => view.name(reference))).filter(
    (name) => !words.includes(name),
  );
  const reasons = [wordsOfAll(resource.reasonCode), ...list(resource.reasonReference).map((each) => view.name(each))];
  const due =
    day(resource.occurrenceDateTime) ??
    span(day(resource.occurrencePeriod?.start), day(resource.occurrencePeriod?.end));
  return item(
    joined([coded(resource.code, labels), statusMark(resource.status, labels)], ' '),
    facts([
      [labels.category, wordsOfAll(resource.category)],
      [labels.sendTo, joined(to, ', ')],
      [labels.reason, joined(texts(reasons), ', ')],
      [labels.bodySite, wordsOfAll(resource.bodySite)],
      [labels.on, due],
      [labels.note, notes(resource.note, labels)],
      [labels.instruction, said(resource.patientInstruction)],
    ]),
  );
};

/** How our own follow-ups are described: the day stands before it already. */
const OUR_FOLLOW_UP = /^Next visit: (.*) \(\d{4}-\d{2}-\d{2}\)$/s;

/** When the patient is to come: the hour only where one was booked, since a proposed visit knows its day alone. */
export const appointment: Renderer<Appointment> = (resource, view) => {
  const { texts: labels } = view;
  const isBooked = resource.status !== 'proposed';
  const when = isBooked ? moment(resource.start) : day(resource.start);
  const asked = list(resource.requestedPeriod).map(({ start, end }) => span(day(start), day(end)));
  const what = texts([phrase(labels, wordsOf(resource.appointmentType)), wordsOfAll(resource.serviceType)]).join(', ');
  const why = [wordsOfAll(resource.reasonCode), ...list(resource.reasonReference).map((each) => view.name(each))];
  const ours = OUR_FOLLOW_UP.exec(said(resource.description) ?? '')?.[1];
  return item(
    joined([mark(when ?? joined(texts(asked), ', ')), what, statusMark(resource.status, labels)], ' '),
    facts([
      [labels.asWritten, ours],
      [labels.note, joined(texts([ours === undefined ? resource.description : undefined, resource.comment]), ' · ')],
      [labels.instruction, said(resource.patientInstruction)],
      [labels.reason, joined(texts(why), ', ')],
    ]),
  );
};
