import type { CarePlan, Condition, FamilyMemberHistory, Observation, Procedure } from 'fhir/r4.js';
import type { Admission, Visit } from '../../ports/visit.js';
import { dischargePlan } from '../resources/care-plan.js';
import { complaint } from '../resources/condition.js';
import { familyMemberHistory } from '../resources/family-member-history.js';
import { remark } from '../resources/observation.js';
import { procedure } from '../resources/procedure.js';
import { dayText, each, optional } from './narrative.js';
import type { Told } from './narrative.js';
import { toldApart } from './told-apart.js';
import type { VisitFrame } from './visit-frame.js';

/** A stay that has ended: before, there is nothing to sum up. */
export interface EndedStay extends Admission {
  readonly dischargedAt: string;
}

// What a stay adds to its visit, as resources and as lines a patient can read. The frame stands on the stay's Encounter.

export function examination({ examination: text }: EndedStay, { parts, idOf }: VisitFrame): Told<Observation> {
  return each(optional(text), (found) => ({
    resource: remark(idOf('stay', 'examination'), 'Examination', found, parts),
    line: { text: `Examination / जाँच: ${found}` },
  }));
}

/** Without a clinical status: the words may speak of what is long over, or say that there is nothing to tell. */
export function pastHistory({ pastHistory: text }: EndedStay, { parts, idOf }: VisitFrame): Told<Condition> {
  return each(optional(text), (history) => ({
    resource: { ...complaint(idOf('stay', 'past-history'), history, parts), clinicalStatus: undefined },
    line: { text: `Past history / पुरानी बीमारियाँ: ${history}` },
  }));
}

export function familyHistory(
  { familyHistory: text }: EndedStay,
  { parts, idOf }: VisitFrame,
): Told<FamilyMemberHistory> {
  return each(optional(text), (history) => ({
    resource: familyMemberHistory(idOf('stay', 'family-history'), history, parts),
    line: { text: history },
  }));
}

export function procedures({ procedures: done }: EndedStay, { parts, idOf }: VisitFrame): Told<Procedure> {
  return each(
    toldApart(done, ({ text, performedOn }) => `${text} ${performedOn ?? ''}`),
    ({ item, key }) => ({
      resource: procedure(idOf('procedure', ...key), item, parts),
      line: { text: item.performedOn === undefined ? item.text : `${item.text} (${dayText(item.performedOn)})` },
    }),
  );
}

/** The advice, and what the profile has no other place for: the course in the ward, the next visit, the referral. */
export function carePlans(admission: EndedStay, visit: Visit, { parts, idOf }: VisitFrame): Told<CarePlan> {
  const { dischargeAdvice, course, dischargedAt } = admission;
  const notes = [
    { about: 'Course in the ward', hindi: 'भर्ती के दौरान', text: course },
    { about: 'Next visit', hindi: 'अगली भेंट', text: nextVisit(visit) },
    { about: 'Referred to', hindi: 'रेफर', text: visit.referredTo },
  ].flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ text, ...rest }]));
  if (dischargeAdvice === undefined && notes.length === 0) return { resources: [], lines: [] };
  const plan = dischargePlan(
    idOf('stay', 'care-plan'),
    { description: dischargeAdvice, notes: notes.map(({ about, text }) => `${about}: ${text}`) },
    dischargedAt,
    parts,
  );
  return {
    resources: [plan],
    lines: [
      ...optional(dischargeAdvice).map((text) => ({ text: `Advice at discharge / छुट्टी के समय सलाह: ${text}` })),
      ...notes.map(({ about, hindi, text }) => ({ text: `${about} / ${hindi}: ${text}` })),
    ],
  };
}

/** A summary needs one section; a stay without a word in it did take place all the same. */
export function nothingRecorded({ parts, idOf }: VisitFrame): Told<Observation> {
  const text = 'The hospital recorded no clinical notes for this stay';
  return {
    resources: [remark(idOf('stay', 'nothing'), 'Stay', text, parts)],
    lines: [{ text, hindi: 'अस्पताल ने इस भर्ती का कोई विवरण नहीं लिखा' }],
  };
}

function nextVisit({ nextVisit: next }: Visit): string | undefined {
  if (next?.date === undefined) return next?.text;
  return next.text.includes(next.date) ? next.text : `${next.text} (${dayText(next.date)})`;
}
