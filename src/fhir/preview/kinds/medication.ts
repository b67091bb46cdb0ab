import type {
  CodeableConcept,
  Dosage,
  Medication,
  MedicationRequest,
  MedicationStatement,
  Reference,
} from 'fhir/r4.js';
import { dosageWords } from '../dosage.js';
import { day, span } from '../dates.js';
import { markup, joined } from '../html.js';
import type { Content, Html } from '../html.js';
import { phrase } from '../phrase.js';
import { facts, item, line, mark, small } from '../pieces.js';
import { durationText, quantityText, ratioText } from '../quantities.js';
import { statusMark } from '../status.js';
import type { Texts } from '../texts.en.js';
import type { Renderer, View } from '../view.js';
import { coded, list, said, same, texts, wordsOf, wordsOfAll } from '../words.js';
import { notes } from './condition.js';

export const medicationRequest: Renderer<MedicationRequest> = (resource, view) => {
  const { texts: labels } = view;
  const warning = resource.doNotPerform === true ? mark(labels.doNotTake, 'alarm') : undefined;
  return item(
    joined([drug(resource, view), warning, statusMark(resource.status, labels)], ' '),
    ...list(resource.dosageInstruction).map((dosage) => howToTake(dosage, labels)),
    facts([
      [labels.reason, reasons(resource, view)],
      [
        labels.quantity,
        quantityText(resource.dispenseRequest?.quantity) ??
          durationText(resource.dispenseRequest?.expectedSupplyDuration, labels),
      ],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

export const medicationStatement: Renderer<MedicationStatement> = (resource, view) => {
  const { texts: labels } = view;
  const taken =
    day(resource.effectiveDateTime) ??
    span(day(resource.effectivePeriod?.start), day(resource.effectivePeriod?.end)) ??
    day(resource.dateAsserted);
  return item(
    joined([drug(resource, view), statusMark(resource.status, labels)], ' '),
    ...list(resource.dosage).map((dosage) => howToTake(dosage, labels)),
    facts([
      [labels.taken, taken === view.day ? undefined : taken],
      [labels.reason, reasons(resource, view)],
      [labels.note, notes(resource.note, labels)],
    ]),
  );
};

export const medication: Renderer<Medication> = (resource, { texts: labels }) =>
  item(
    coded(resource.code),
    facts([
      [labels.category, wordsOf(resource.form)],
      [labels.quantity, ratioText(resource.amount)],
      [labels.batch, said(resource.batch?.lotNumber)],
      [labels.expires, day(resource.batch?.expirationDate)],
    ]),
  );

function drug(
  from: {
    readonly medicationCodeableConcept?: CodeableConcept | undefined;
    readonly medicationReference?: Reference | undefined;
  },
  view: View,
): Content {
  const name = view.name(from.medicationReference);
  const found = view.find(from.medicationReference);
  const code = found?.resourceType === 'Medication' ? found.code : from.medicationCodeableConcept;
  return coded(code) ?? name ?? view.texts.kinds['Medication'];
}

/** In plain words where the dosage was understood, and always what the hospital wrote. */
function howToTake(dosage: Dosage, labels: Texts): Html | undefined {
  const plain = dosageWords(dosage, labels);
  const written = phrase(labels, said(dosage.text));
  if (plain === undefined) return line(written);
  const isTwice = written === undefined || same(written, plain);
  return markup`<p class="how">${plain}</p>${isTwice ? undefined : line(small(`${labels.asWritten}: ${written}`))}`;
}

function reasons(
  { reasonCode, reasonReference }: Pick<MedicationRequest, 'reasonCode' | 'reasonReference'>,
  view: View,
): Content {
  const named = list(reasonReference).map((reference) => view.name(reference));
  return joined(texts([wordsOfAll(reasonCode), ...named]), ', ');
}
