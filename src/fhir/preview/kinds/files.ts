import type { Binary, DocumentReference, Media } from 'fhir/r4.js';
import { attached } from '../attachment.js';
import { day } from '../dates.js';
import { markup, isShown, joined } from '../html.js';
import { facts, line } from '../pieces.js';
import { statusMark } from '../status.js';
import type { Renderer } from '../view.js';
import { list, maybe, said, wordsOf } from '../words.js';
import { notes } from './condition.js';

export const documentReference: Renderer<DocumentReference> = (resource, view) => {
  const { texts: labels } = view;
  const type = wordsOf(resource.type);
  const files = list(resource.content).map(({ attachment }) => attached(maybe(attachment), type, labels));
  const titles = list(resource.content).map(({ attachment }) => said(maybe(attachment)?.title));
  const written = day(resource.date);
  const about = facts([
    [labels.category, titles.every((title) => title === undefined || title === type) ? undefined : type],
    [labels.note, said(resource.description)],
    [labels.on, written === view.day ? undefined : written],
  ]);
  const marks = line(joined([statusMark(resource.status, labels), statusMark(resource.docStatus, labels)], ' '));
  const parts = [...files, marks, about].filter(isShown);
  return parts.length === 0 ? undefined : markup`${parts}`;
};

export const media: Renderer<Media> = (resource, view) => {
  const { texts: labels } = view;
  const name = wordsOf(resource.modality) ?? wordsOf(resource.view);
  const about = facts([
    [labels.category, said(maybe(resource.content)?.title) === undefined ? undefined : name],
    [labels.bodySite, wordsOf(resource.bodySite)],
    [labels.on, day(resource.createdDateTime) ?? day(resource.createdPeriod?.start)],
    [labels.note, notes(resource.note, labels)],
  ]);
  return markup`${attached(maybe(resource.content), name, labels)}${about}${line(statusMark(resource.status, labels))}`;
};

export const binary: Renderer<Binary> = (resource, { texts: labels }) => attached(resource, undefined, labels);
