import type {
  AllergyIntolerance,
  Appointment,
  Condition,
  MedicationRequest,
  Observation,
  ServiceRequest,
} from 'fhir/r4.js';
import type { Visit, Vital } from '../../ports/visit.js';
import { allergyIntolerance } from '../resources/allergy-intolerance.js';
import { followUp } from '../resources/appointment.js';
import { codedComplaint, diagnosis, diagnosisText } from '../resources/condition.js';
import { dosageText, medicationRequest } from '../resources/medication-request.js';
import { remark, vitalSign, vitalText } from '../resources/observation.js';
import { investigation, referral } from '../resources/service-request.js';
import { PROFILES } from '../terminology/profiles.js';
import { complaintPhrases } from '../terminology/complaint-phrases.js';
import { VITAL_SIGNS } from '../terminology/vital-signs.js';
import { dayText, each, optional } from './narrative.js';
import type { Told } from './narrative.js';
import { reportTitle } from './report-parts.js';
import { toldApart } from './told-apart.js';
import type { VisitFrame } from './visit-frame.js';

// What a visit holds, as resources and as lines a patient can read. The same thing keeps its id in every record that
// tells it, so that a reader who has the consultation and the prescription sees one medicine, not two.

/** One condition for each thing the patient came with; read as the line that was written. */
export function complaints(visit: Visit, { parts, idOf, terminology }: VisitFrame): Told<Condition> {
  return {
    resources: optional(visit.complaint)
      .flatMap(complaintPhrases)
      .map((phrase, at) => codedComplaint(idOf('complaint', at), phrase, parts, terminology)),
    lines: optional(visit.complaint).map((text) => ({ text })),
  };
}

export function vitalSigns(visit: Visit, frame: VisitFrame): Told<Observation> {
  return measurements(visit.vitals, frame, PROFILES.observation);
}

/** The same observations under the profile that a record has for them. */
export function measurements(
  vitals: readonly Vital[],
  { parts, idOf, terminology }: VisitFrame,
  profile: string,
): Told<Observation> {
  return each(
    toldApart(vitals, ({ kind }) => kind),
    ({ item: vital, key }) => {
      const { en, hi } = VITAL_SIGNS[vital.kind];
      return {
        resource: vitalSign(idOf('vital', ...key), vital, parts, terminology, profile),
        line: { text: `${en} / ${hi}: ${vitalText(vital)}` },
      };
    },
  );
}

export function allergies(visit: Visit, { parts, idOf }: VisitFrame): Told<AllergyIntolerance> {
  // Not asked is no allergy, and no absence of one: it stands among the remarks.
  const stated = optional(visit.allergy).filter(({ kind }) => kind !== 'not-asked');
  return each(stated, (allergy) => ({
    resource: allergyIntolerance(idOf('allergy'), allergy, parts),
    line:
      allergy.kind === 'none-known'
        ? { text: `No known allergy (${allergy.text})`, hindi: 'कोई ज्ञात एलर्जी नहीं' }
        : { text: allergy.text },
  }));
}

export function diagnoses(visit: Visit, { parts, idOf, terminology }: VisitFrame): Told<Condition> {
  return each(visit.diagnoses, (found, at) => ({
    resource: diagnosis(idOf('diagnosis', at), found, parts, terminology),
    line: { text: diagnosisText(found) },
  }));
}

/** What was asked of the laboratory and the imaging department. An order is no result: also of reports still in work. */
export function investigationsOrdered(visit: Visit, { parts, idOf }: VisitFrame): Told<ServiceRequest> {
  // A report and its provisional version, or a row sent twice, are one order.
  const ordered = new Map<string, Parameters<typeof investigation>[1] & { readonly id: string }>();
  for (const report of [...visit.labReports, ...visit.imagingReports]) {
    const test = reportTitle(report);
    const id = idOf('order', report.number, test);
    const isReported = report.status === 'authorised' || ordered.get(id)?.isReported === true;
    ordered.set(id, { id, test, isReported });
  }
  return each([...ordered.values()], (order) => ({
    resource: investigation(order.id, order, parts),
    line: { text: order.test },
  }));
}

export function medications(visit: Visit, { parts, idOf, terminology }: VisitFrame): Told<MedicationRequest> {
  return each(visit.prescriptions, (drug, at) => ({
    resource: medicationRequest(idOf('drug', at), drug, parts, terminology),
    line: { text: `${drug.drug}: ${dosageText(drug)}` },
  }));
}

/** An appointment needs a day; words without one stay a remark. */
export function followUps(visit: Visit, { parts, idOf }: VisitFrame): Told<Appointment> {
  const next = visit.nextVisit;
  if (next === undefined || !isDay(next.date)) return { resources: [], lines: [] };
  return {
    resources: [followUp(idOf('follow-up'), next.date, next.text, parts)],
    lines: [{ text: `${next.text} (${dayText(next.date)})` }],
  };
}

export function referrals(visit: Visit, { parts, idOf }: VisitFrame): Told<ServiceRequest> {
  return each(optional(visit.referredTo), (to) => ({
    resource: referral(idOf('referral'), to, parts),
    line: { text: to },
  }));
}

/** What the doctor said that fits no other section. */
export function remarks(visit: Visit, { parts, idOf }: VisitFrame): Told<Observation> {
  const next = visit.nextVisit;
  const notAsked = visit.allergy?.kind === 'not-asked' ? visit.allergy.text : undefined;
  const said = [
    { about: 'Allergies', hindi: 'एलर्जी', text: notAsked },
    { about: 'Advice', hindi: 'सलाह', text: visit.advice },
    { about: 'Next visit', hindi: 'अगली भेंट', text: isDay(next?.date) ? undefined : next?.text },
    {
      about: 'Visit',
      hindi: 'भेंट',
      // A consultation needs one section; a visit without a word in it did take place all the same.
      text: hasNotes(visit) ? undefined : 'The hospital recorded no clinical notes for this visit',
    },
  ].flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ text, ...rest }]));
  return each(said, ({ about, hindi, text }) => ({
    resource: remark(idOf('remark', about), about, text, parts),
    line: { text: `${about} / ${hindi}: ${text}` },
  }));
}

function hasNotes(visit: Visit): boolean {
  const { complaint: came, allergy, advice, nextVisit, referredTo } = visit;
  const single = [came, allergy, advice, nextVisit, referredTo];
  const lists = [visit.vitals, visit.diagnoses, visit.prescriptions, visit.labReports, visit.imagingReports];
  return single.some((part) => part !== undefined) || lists.some((list) => list.length > 0);
}

function isDay(date: string | undefined): date is string {
  return date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date);
}
