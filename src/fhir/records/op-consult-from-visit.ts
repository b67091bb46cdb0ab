import type { Appointment, Bundle, MedicationRequest, Observation } from 'fhir/r4.js';
import type { ScannedDocument, Visit } from '../../ports/visit.js';
import { allergyIntolerance } from '../resources/allergy-intolerance.js';
import { followUp } from '../resources/appointment.js';
import { complaint, diagnosis, diagnosisText } from '../resources/condition.js';
import { scannedDocument } from '../resources/document-reference.js';
import { dosageText, medicationRequest } from '../resources/medication-request.js';
import { remark, vitalSign } from '../resources/observation.js';
import { referral } from '../resources/service-request.js';
import { VITAL_SIGNS } from '../terminology/vital-signs.js';
import type { Line, Told } from './narrative.js';
import { opConsultNote } from './op-consult-note.js';
import type { VisitFrame } from './visit-record.js';

/**
 * Scanned pages sent inside one consultation, in base64 characters. A transfer page holds one record and the
 * receiver holds it in memory whole; what does not fit is named, so that the patient knows to ask for it.
 */
const MAX_DOCUMENT_CHARACTERS = 4_000_000;

export function opConsultFromVisit(visit: Visit, frame: VisitFrame): Bundle {
  const { parts, idOf } = frame;
  const { enclosed, tooLarge } = documentsThatFit(visit.documents);
  return opConsultNote({
    id: idOf('composition', 'OPConsultation'),
    identifier: frame.recordIdentifier('OPConsultation'),
    envelope: frame.envelope('OPConsultation'),
    parts,
    head: frame.head,
    complaints: each(optional(visit.complaint), (text) => ({
      resource: complaint(idOf('complaint'), text, parts),
      line: { text },
    })),
    vitals: each(visit.vitals, (vital, at) => {
      const { en, hi } = VITAL_SIGNS[vital.kind];
      return {
        resource: vitalSign(idOf('vital', at), vital, parts),
        line: { text: `${en} / ${hi}: ${vital.text}` },
      };
    }),
    allergies: each(optional(visit.allergy), (allergy) => ({
      resource: allergyIntolerance(idOf('allergy'), allergy, parts),
      line:
        allergy.kind === 'none-known'
          ? { text: `No known allergy (${allergy.text})`, hindi: 'कोई ज्ञात एलर्जी नहीं' }
          : { text: allergy.text },
    })),
    diagnoses: each(visit.diagnoses, (found, at) => ({
      resource: diagnosis(idOf('diagnosis', at), found, parts),
      line: { text: diagnosisText(found) },
    })),
    medications: medicationsOf(visit, frame),
    followUps: followUps(visit, frame),
    referrals: each(optional(visit.referredTo), (to) => ({
      resource: referral(idOf('referral'), to, parts),
      line: { text: to },
    })),
    remarks: remarks(visit, tooLarge, frame),
    documents: each(enclosed, (document, at) => ({
      resource: scannedDocument(idOf('document', at), document, parts),
      line: { text: document.name },
    })),
  });
}

/** The drugs, alike in the consultation and in the prescription, under the same ids. */
export function medicationsOf(visit: Visit, { parts, idOf }: VisitFrame): Told<MedicationRequest> {
  return each(visit.prescriptions, (drug, at) => ({
    resource: medicationRequest(idOf('drug', at), drug, parts),
    line: { text: `${drug.drug}: ${dosageText(drug)}` },
  }));
}

/** An appointment needs a day; "after 5 days" stays a remark in the hospital's words. */
function followUps(visit: Visit, { parts, idOf }: VisitFrame): Told<Appointment> {
  const next = visit.nextVisit;
  if (next === undefined || !isDay(next.date)) return { resources: [], lines: [] };
  return {
    resources: [followUp(idOf('follow-up'), next.date, next.text, parts)],
    lines: [{ text: `${next.text} (${next.date})` }],
  };
}

function remarks(visit: Visit, tooLarge: readonly ScannedDocument[], { parts, idOf }: VisitFrame): Told<Observation> {
  const next = visit.nextVisit;
  const said = [
    { about: 'Advice', hindi: 'सलाह', text: visit.advice },
    { about: 'Next visit', hindi: 'अगली भेंट', text: isDay(next?.date) ? undefined : next?.text },
    {
      about: 'Documents kept at the hospital, too large to send',
      hindi: 'अस्पताल में रखे दस्तावेज़',
      text: tooLarge.length === 0 ? undefined : tooLarge.map((document) => document.name).join(', '),
    },
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

function documentsThatFit(documents: readonly ScannedDocument[]): {
  enclosed: readonly ScannedDocument[];
  tooLarge: readonly ScannedDocument[];
} {
  const enclosed: ScannedDocument[] = [];
  const tooLarge: ScannedDocument[] = [];
  let room = MAX_DOCUMENT_CHARACTERS;
  for (const document of documents) {
    const size = document.dataBase64.length;
    if (size === 0) continue;
    if (size > room) {
      tooLarge.push(document);
      continue;
    }
    enclosed.push(document);
    room -= size;
  }
  return { enclosed, tooLarge };
}

function hasNotes(visit: Visit): boolean {
  const {
    complaint: came,
    allergy,
    advice,
    nextVisit,
    referredTo,
    vitals,
    diagnoses,
    prescriptions,
    documents,
  } = visit;
  const single = [came, allergy, advice, nextVisit, referredTo];
  return (
    single.some((part) => part !== undefined) ||
    [vitals, diagnoses, prescriptions, documents].some((list) => list.length > 0)
  );
}

function isDay(date: string | undefined): date is string {
  return date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date);
}

const optional = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

function each<T, R>(list: readonly T[], make: (item: T, at: number) => { resource: R; line: Line }): Told<R> {
  const made = list.map(make);
  return { resources: made.map(({ resource }) => resource), lines: made.map(({ line }) => line) };
}
