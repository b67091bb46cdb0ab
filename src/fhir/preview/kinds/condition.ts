import type { AllergyIntolerance, Annotation, Condition } from 'fhir/r4.js';
import { day, span } from '../dates.js';
import { joined } from '../html.js';
import type { Content } from '../html.js';
import { phrase } from '../phrase.js';
import { facts, item, small } from '../pieces.js';
import { quantityText, rangeText } from '../quantities.js';
import { statusMark } from '../status.js';
import type { Texts } from '../texts.en.js';
import type { Renderer } from '../view.js';
import { coded, codesIn, codesOf, list, said, same, texts, wordsOf, wordsOfAll } from '../words.js';

/** SNOMED CT, No known allergy. */
const NO_KNOWN_ALLERGY = '716186003';

export const condition: Renderer<Condition> = (resource, { texts: labels }) =>
  item(
    joined([coded(resource.code), clinicalMarks(resource, labels)], ' '),
    facts([
      [labels.severity, wordsOf(resource.severity)],
      [labels.bodySite, wordsOfAll(resource.bodySite)],
      [labels.since, onset(resource, labels)],
      [labels.note, notes(resource.note, labels)],
    ]),
  );

export const allergyIntolerance: Renderer<AllergyIntolerance> = (resource, { texts: labels }) =>
  item(
    joined([allergen(resource, labels), clinicalMarks(resource, labels)], ' '),
    facts([
      [labels.criticality, labels.criticalities[resource.criticality as keyof typeof labels.criticalities]],
      ...list(resource.reaction).map(
        (reaction) =>
          [
            labels.reaction,
            joined([wordsOf(reaction.substance), wordsOfAll(reaction.manifestation), said(reaction.description)], ', '),
          ] as const,
      ),
      [labels.note, notes(resource.note, labels)],
    ]),
  );

/** `NKDA` is told in words a patient reads; what the hospital wrote stands beside it. */
function allergen({ code }: AllergyIntolerance, labels: Texts): Content {
  const isNone = codesIn(code).includes(NO_KNOWN_ALLERGY);
  const written = wordsOf(code);
  if (!isNone || written === undefined) return coded(code);
  const isTold = same(written, labels.noKnownAllergy);
  return joined(
    [labels.noKnownAllergy, isTold ? undefined : small(`${labels.asWritten}: ${written}`), codesOf(code)],
    ' ',
  );
}

/** What was noted beside a resource, each remark once. */
export function notes(annotations: readonly Annotation[] | undefined, labels: Texts): Content {
  return joined(texts(list(annotations).map(({ text }) => phrase(labels, said(text)))), ' · ');
}

function clinicalMarks(
  { clinicalStatus, verificationStatus }: Pick<Condition, 'clinicalStatus' | 'verificationStatus'>,
  labels: Texts,
): Content {
  const codes = [clinicalStatus, verificationStatus].map((concept) => list(concept?.coding)[0]?.code);
  return joined(
    codes.map((code) => statusMark(code, labels)),
    ' ',
  );
}

function onset(from: Condition, labels: Texts): Content {
  return (
    span(day(from.onsetDateTime), day(from.abatementDateTime)) ??
    span(day(from.onsetPeriod?.start), day(from.onsetPeriod?.end)) ??
    quantityText(from.onsetAge) ??
    rangeText(from.onsetRange, labels) ??
    said(from.onsetString)
  );
}
