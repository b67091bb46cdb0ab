import type { CodeableConcept, Observation, ObservationComponent } from 'fhir/r4.js';
import { day, span } from '../dates.js';
import { markup, joined } from '../html.js';
import type { Content, Html } from '../html.js';
import { line, small, table } from '../pieces.js';
import type { Row } from '../pieces.js';
import { referenceRangeText } from '../quantities.js';
import { statusMark } from '../status.js';
import { phrase } from '../phrase.js';
import type { View } from '../view.js';
import { codesIn, codesOf, list, texts, wordsOf } from '../words.js';
import { interpretationMarks } from './interpretation.js';
import { bloodPressure, remarks, valueText } from './observation-value.js';

/** Findings and results in one table; those already shown are left out. */
export function observations(all: readonly Observation[], view: View): Html | undefined {
  const { finding, result, usualRange, marked, on } = view.texts;
  const days = texts(all.map(dayOf)).filter((each) => each !== view.day);
  const [only] = days.length === 1 ? days : [];
  const rows = all.flatMap((each) => rowsOf(each, view, only ?? view.day));
  // Two columns explain themselves; a range or a mark wants its heading.
  const isPlain = rows.every((row) => 'group' in row || row.cells.slice(2).every((cell) => cell === undefined));
  const shown = table(isPlain ? undefined : [finding, result, usualRange, marked], rows);
  return shown && markup`${only === undefined ? undefined : line(small(`${on} ${only}`))}${shown}`;
}

/** @param knownDay not told again */
function rowsOf(resource: Observation, view: View, knownDay: string | undefined): Row[] {
  if (!view.take(resource)) return [];
  const within = view.from(resource);
  const members = list(resource.hasMember).map((reference) => ({ reference, found: within.find(reference) }));
  const enclosed = members.flatMap(({ found }) => (found?.resourceType === 'Observation' ? [found] : []));
  const absent = members.flatMap(({ reference, found }) => (found === undefined ? (within.name(reference) ?? []) : []));
  const pressure = bloodPressure(resource);
  const components = pressure?.others ?? list(resource.component);
  const own = ownRow(resource, view, { knownDay, pressure, isPanel: components.length > 0 || members.length > 0 });
  return [
    own,
    ...components.map((each) => componentRow(each, view)),
    ...absent.map((name): Row => ({ cells: [name, small(view.texts.notEnclosed), undefined, undefined] })),
    ...enclosed.flatMap((member) => rowsOf(member, within, dayOf(resource) ?? knownDay)),
  ];
}

function ownRow(
  resource: Observation,
  view: View,
  of: {
    readonly knownDay: string | undefined;
    readonly pressure: ReturnType<typeof bloodPressure>;
    readonly isPanel: boolean;
  },
): Row {
  const { texts: labels } = view;
  const value = of.pressure?.text ?? valueText(resource, labels);
  const remark = remarks(resource, value, labels);
  const head = headOf(resource.code, view, [statusMark(resource.status, labels), about(resource, view, of.knownDay)]);
  const marks = interpretationMarks([...list(resource.interpretation), ...(of.pressure?.marks ?? [])], labels);
  if (value === undefined && of.isPanel) return { group: joined([head, remark, marks], ' ') };
  const shown = joined([value ?? small(labels.noResult), remark], ' ');
  return { cells: [head, shown, referenceRangeText(resource.referenceRange, labels), marks] };
}

function componentRow(component: ObservationComponent, view: View): Row {
  const { texts: labels } = view;
  const value = valueText(component, labels) ?? small(wordsOf(component.dataAbsentReason) ?? labels.noResult);
  const marks = interpretationMarks(list(component.interpretation), labels);
  return {
    cells: [headOf(component.code, view, []), value, referenceRangeText(component.referenceRange, labels), marks],
  };
}

function headOf(code: CodeableConcept | undefined, view: View, more: readonly Content[]): Html {
  return markup`${joined([labelOf(code, view), ...more, codesOf(code)], ' ')}`;
}

/** A laboratory's `NA` is no placeholder. */
const SODIUM = /^\s*na\s*$/i;

/** In the reader's language where we know the code; else as the sender calls it. */
function labelOf(code: CodeableConcept | undefined, { texts: labels }: View): string {
  const known = codesIn(code).find((each) => Object.hasOwn(labels.vitalSigns, each));
  if (known !== undefined) return labels.vitalSigns[known] ?? known;
  const words = wordsOf(code) ?? (SODIUM.test(code?.text ?? '') ? 'Na' : undefined);
  return phrase(labels, words) ?? labels.result;
}

/** Where and how it was measured; when, if that is not told elsewhere. */
function about(resource: Observation, { texts: labels }: View, knownDay: string | undefined): Html | undefined {
  const site = wordsOf(resource.bodySite);
  const days = dayOf(resource);
  const parts = [
    site === undefined ? undefined : `${labels.bodySite}: ${site}`,
    wordsOf(resource.method),
    days === knownDay ? undefined : days,
  ];
  return small(joined(parts, ' · '));
}

function dayOf({ effectiveDateTime, effectivePeriod, effectiveInstant }: Observation): string | undefined {
  return (
    day(effectiveDateTime) ?? day(effectiveInstant) ?? span(day(effectivePeriod?.start), day(effectivePeriod?.end))
  );
}
