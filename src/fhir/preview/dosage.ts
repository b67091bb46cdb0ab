import type { Dosage, DosageDoseAndRate, Timing, TimingRepeat, Quantity } from 'fhir/r4.js';
import { day, span } from './dates.js';
import { decimal, durationText, numberOf, quantityText, rangeText, ratioText, unitOf } from './quantities.js';
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
    ...route(dosage, labels),
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
  const dose = doseText(doseQuantity, labels) ?? rangeText(doseRange, labels);
  const rate = quantityText(rateQuantity) ?? rangeText(rateRange, labels) ?? ratioText(rateRatio);
  return texts([dose, rate]).join(', ');
}

/** `½ गोली`: half a tablet is broken, not measured. */
function doseText(dose: Quantity | undefined, labels: Texts): string | undefined {
  const count = numberOf(dose);
  const unit = unitOf(dose);
  const form = unit === undefined ? undefined : named(labels.dosing.forms, unit.toLowerCase().replace(/s$/, ''));
  return count === undefined || form === undefined ? quantityText(dose) : form(halves(count));
}

const halves = (count: string): string =>
  count
    .replace(/^0\.5$/, '½')
    .replace(/^0\.25$/, '¼')
    .replace(/^(\d+)\.5$/, '$1½');

/** Times of the day where they are told, else how often. */
function often(timing: Timing | undefined, labels: Texts): (string | undefined)[] {
  const repeat = timing?.repeat;
  const times = whens(repeat, labels, (code) => !MEALS.test(code));
  const clock = texts(strings(repeat?.timeOfDay).map((time) => time.slice(0, 5)));
  const days = texts(strings(repeat?.dayOfWeek).map((each) => named(labels.dosing.days, each)));
  const areTold =
    (times !== undefined && timesTold(repeat) === (repeat?.frequency ?? timesTold(repeat))) || clock.length > 0;
  const counted = frequency(repeat, areTold, labels);
  const events = texts(strings(timing?.event).map((each) => day(each)));
  return [
    times,
    clock.length === 0 ? undefined : labels.dosing.at(clock.join(', ')),
    ...counted,
    days.length === 0 ? undefined : labels.dosing.onDays(days.join(', ')),
    counted.every((each) => each === undefined) && times === undefined ? wordsOf(timing?.code) : undefined,
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

/** How often, and how many times in all. A day's times that are told already (morning, night) are not counted again. */
function frequency(repeat: TimingRepeat | undefined, areTimesTold: boolean, labels: Texts): (string | undefined)[] {
  const count = number(repeat?.count);
  const period = number(repeat?.period);
  const unit = said(repeat?.periodUnit);
  const isDaily = period === undefined || unit === undefined || (period === 1 && unit === 'd');
  return [
    (areTimesTold && isDaily) || period === undefined || unit === undefined
      ? undefined
      : everyPeriod(period, unit, repeat, labels),
    count === undefined ? undefined : labels.dosing.total(String(count)),
  ];
}

function everyPeriod(period: number, unit: string, repeat: TimingRepeat | undefined, labels: Texts): string {
  const { dosing } = labels;
  const times = number(repeat?.frequency) ?? 1;
  const most = number(repeat?.frequencyMax) ?? times;
  const longest = number(repeat?.periodMax) ?? period;
  const daily = period === 1 && unit === 'd' && most === times ? dosing.timesADay[times] : undefined;
  if (daily !== undefined) return daily;
  const every = lasting(longest === period ? decimal(period) : `${decimal(period)}–${decimal(longest)}`, unit, labels);
  if (times === 1 && most === 1) return dosing.every(every);
  return dosing.times(most === times ? String(times) : `${times}–${most}`, dosing.in(every));
}

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

/** In plain words where the way is known; the sender's (`LEFT EYE`) too where its text does not have them already. */
function route({ route: way, text }: Dosage, labels: Texts): (string | undefined)[] {
  const known = codesIn(way)
    .map((code) => named(labels.dosing.routes, code))
    .find((each) => each !== undefined);
  const words = known === undefined ? wordsOf(way) : said(way?.text);
  const isTold = words !== undefined && said(text)?.toLowerCase().includes(words.toLowerCase()) === true;
  return [known, isTold ? undefined : words];
}

function atMost({ maxDosePerPeriod }: Dosage, labels: Texts): string | undefined {
  const dose = quantityText(maxDosePerPeriod?.numerator);
  const period = durationText(maxDosePerPeriod?.denominator, labels);
  return dose === undefined || period === undefined ? undefined : labels.dosing.atMost(dose, period);
}

const strings = (all: readonly unknown[] | undefined): string[] =>
  Array.isArray(all) ? all.filter((each) => typeof each === 'string') : [];

const named = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
