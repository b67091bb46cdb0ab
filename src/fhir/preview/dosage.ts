import type { Dosage, DosageDoseAndRate, Timing, TimingRepeat } from 'fhir/r4.js';
import { day, span } from './dates.js';
import { decimal, durationText, quantityText, rangeText, ratioText } from './quantities.js';
import type { Texts } from './texts.en.js';
import { codesIn, list, said, texts, wordsOf } from './words.js';

/**
 * How to take a medicine, in plain words: `1 tablet, in the morning and at night, for 3 days, after food`.
 * Only from what was structured; the hospital's own text is shown beside it.
 */
export function dosageWords(dosage: Dosage, labels: Texts): string | undefined {
  const repeat = dosage.timing?.repeat;
  const meals = whens(repeat, labels, (code) => MEALS.test(code));
  const parts = [
    ...list(dosage.doseAndRate).map((each) => amount(each, labels)),
    ...often(dosage.timing, labels),
    duration(repeat, labels),
    meals,
    asNeeded(dosage, labels),
    route(dosage, labels),
    wordsOf(dosage.site),
    ...list(dosage.additionalInstruction).map(wordsOf),
    said(dosage.patientInstruction),
    atMost(dosage, labels),
  ];
  const once = texts(parts);
  return once.length === 0 ? undefined : once.join(', ');
}

const MEALS = /^(?:[AP]?C[MDV]?)$/;

function amount(
  { doseQuantity, doseRange, rateQuantity, rateRange, rateRatio }: DosageDoseAndRate,
  labels: Texts,
): string | undefined {
  const dose = quantityText(doseQuantity) ?? rangeText(doseRange, labels);
  const rate = quantityText(rateQuantity) ?? rangeText(rateRange, labels) ?? ratioText(rateRatio);
  return texts([dose, rate]).join(', ');
}

/** Times of the day where they are told, else how often. */
function often(timing: Timing | undefined, labels: Texts): (string | undefined)[] {
  const repeat = timing?.repeat;
  const times = whens(repeat, labels, (code) => !MEALS.test(code));
  const clock = texts(strings(repeat?.timeOfDay).map((time) => time.slice(0, 5)));
  const days = texts(strings(repeat?.dayOfWeek).map((each) => named(labels.dosing.days, each)));
  const isTold = times !== undefined && timesTold(repeat) === (repeat?.frequency ?? timesTold(repeat));
  const counted = isTold || clock.length > 0 ? undefined : frequency(repeat, labels);
  const events = texts(strings(timing?.event).map((each) => day(each)));
  return [
    times,
    clock.length === 0 ? undefined : labels.dosing.at(clock.join(', ')),
    counted,
    days.length === 0 ? undefined : labels.dosing.onDays(days.join(', ')),
    counted === undefined && times === undefined ? wordsOf(timing?.code) : undefined,
    events.length === 0 ? undefined : labels.dosing.onDays(events.join(', ')),
  ];
}

const timesTold = (repeat: TimingRepeat | undefined): number =>
  strings(repeat?.when).filter((code) => !MEALS.test(code)).length;

function whens(repeat: TimingRepeat | undefined, labels: Texts, wanted: (code: string) => boolean): string | undefined {
  const all = texts(
    strings(repeat?.when)
      .filter(wanted)
      .map((code) => named(labels.dosing.when, code) ?? code),
  );
  if (all.length === 0) return undefined;
  return all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')}${labels.dosing.and}${all.at(-1) ?? ''}`;
}

function frequency(repeat: TimingRepeat | undefined, labels: Texts): string | undefined {
  const { count, frequency: often, frequencyMax, period, periodMax, periodUnit } = repeat ?? {};
  const { dosing } = labels;
  if (typeof period !== 'number' || periodUnit === undefined) {
    return typeof count === 'number' ? dosing.total(String(count)) : undefined;
  }
  const times = typeof often === 'number' ? often : 1;
  const most = typeof frequencyMax === 'number' ? frequencyMax : times;
  const total = typeof count === 'number' ? `, ${dosing.total(String(count))}` : '';
  if (period === 1 && periodUnit === 'd' && most === times) {
    return (dosing.timesADay[times] ?? dosing.times(String(times), perPeriod(period, periodUnit, labels))) + total;
  }
  const every = periodMax === undefined ? decimal(period) : `${decimal(period)}–${decimal(periodMax)}`;
  if (times === 1 && most === 1) return dosing.every(lasting(every, periodUnit, labels)) + total;
  return (
    dosing.times(most === times ? String(times) : `${times}–${most}`, perPeriod(period, periodUnit, labels)) + total
  );
}

const perPeriod = (period: number, unit: string, labels: Texts): string =>
  labels.dosing.in(lasting(decimal(period), unit, labels));

function lasting(count: string, unit: string, labels: Texts): string {
  return Object.hasOwn(labels.lasting, unit)
    ? labels.lasting[unit as keyof Texts['lasting']](count)
    : `${count} ${unit}`;
}

function duration(repeat: TimingRepeat | undefined, labels: Texts): string | undefined {
  const bounds = durationText(repeat?.boundsDuration, labels) ?? rangeText(repeat?.boundsRange, labels);
  if (bounds !== undefined) return labels.dosing.lasting(bounds);
  return span(day(repeat?.boundsPeriod?.start), day(repeat?.boundsPeriod?.end));
}

function asNeeded({ asNeededBoolean, asNeededCodeableConcept }: Dosage, labels: Texts): string | undefined {
  const why = wordsOf(asNeededCodeableConcept);
  if (why !== undefined) return labels.dosing.asNeededFor(why);
  return asNeededBoolean === true ? labels.dosing.asNeeded : undefined;
}

/** The words of the hospital only where its text does not have them already. */
function route({ route: way, text }: Dosage, labels: Texts): string | undefined {
  const known = codesIn(way)
    .map((code) => named(labels.dosing.routes, code))
    .find((each) => each !== undefined);
  if (known !== undefined) return known;
  const words = wordsOf(way);
  return words !== undefined && said(text)?.toLowerCase().includes(words.toLowerCase()) === true ? undefined : words;
}

function atMost({ maxDosePerPeriod }: Dosage, labels: Texts): string | undefined {
  const dose = quantityText(maxDosePerPeriod?.numerator);
  const period = durationText(maxDosePerPeriod?.denominator, labels);
  return dose === undefined || period === undefined ? undefined : labels.dosing.atMost(dose, period);
}

const strings = (all: readonly unknown[] | undefined): string[] =>
  Array.isArray(all) ? all.filter((each) => typeof each === 'string') : [];

const named = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
