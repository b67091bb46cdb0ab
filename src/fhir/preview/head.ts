import type { FhirResource, Patient, Reference } from 'fhir/r4.js';
import { ageOn, day, moment } from './dates.js';
import type { OpenDocument } from './document.js';
import { markup, joined } from './html.js';
import type { Content, Html } from './html.js';
import { encounterFacts } from './kinds/encounter.js';
import { patientFacts } from './kinds/people.js';
import { registrationsOf } from './names.js';
import { phrase } from './phrase.js';
import { facts, small } from './pieces.js';
import { statusMark } from './status.js';
import type { Texts } from './texts.en.js';
import type { View } from './view.js';
import { list, texts } from './words.js';

/** Head of a document: what it is, from where, whose, by whom, when. */
export function head(document: OpenDocument, title: string, labels: Texts): Html {
  const { composition, view } = document;
  const who =
    view.find(composition?.subject) ?? document.resources.find(({ resourceType }) => resourceType === 'Patient');
  const visit = view.find(composition?.encounter);
  // A stay belongs to the visit it came from.
  const before = visit?.resourceType === 'Encounter' ? view.find(visit.partOf) : undefined;
  for (const told of [who, visit, before]) if (told !== undefined) view.take(told);
  const hospital = hospitalOf(document, visit);
  for (const told of [...list(composition?.author), ...hospital.references]) document.tellAtHead(told);
  const authors = list(composition?.author).map((author) => treatedBy(author, view, hospital.name));
  const about = facts([
    ...(who?.resourceType === 'Patient'
      ? personFacts(who, document)
      : [[labels.patient, view.name(composition?.subject)] as const]),
    ...[visit, before].flatMap((each) => (each?.resourceType === 'Encounter' ? encounterFacts(each, view) : [])),
    [labels.doctor, joined(authors, '; ')],
    [labels.date, moment(composition?.date)],
  ]);
  const from = hospital.name === undefined ? undefined : markup`<p class="hospital">${hospital.name}</p>`;
  return markup`<header><h1>${joined([title, statusMark(composition?.status, labels)], ' ')}</h1>${from}${about}</header>`;
}

function personFacts(patient: Patient, { composition, view }: OpenDocument): (readonly [string, Content])[] {
  const { texts: labels } = view;
  const [name, ...numbers] = patientFacts(patient, view);
  const age = ageOn(patient.birthDate, composition?.date);
  const years = age && labels.ages[age.unit](String(age.count));
  const genders: Readonly<Record<string, string>> = labels.genders;
  const gender =
    patient.gender !== undefined && Object.hasOwn(genders, patient.gender) ? genders[patient.gender] : undefined;
  return [
    ...(name === undefined ? [] : [name]),
    [labels.age, age?.isRough === true && years !== undefined ? labels.about(years) : years],
    [labels.born, day(patient.birthDate)],
    [labels.gender, gender],
    ...numbers,
  ];
}

/** Whoever keeps the document; else who gave the care, else where its author works. */
function hospitalOf({ composition, view }: OpenDocument, visit: FhirResource | undefined): Hospital {
  const authors = list(composition?.author);
  const works = authors.map((author) => view.find(author));
  const places = [
    composition?.custodian,
    visit?.resourceType === 'Encounter' ? visit.serviceProvider : undefined,
    ...authors.filter((_, at) => works[at]?.resourceType === 'Organization'),
    ...works.map((each) => (each?.resourceType === 'PractitionerRole' ? each.organization : undefined)),
  ];
  const name = texts(places.map((place) => view.name(place)))[0];
  return {
    name,
    references: places.flatMap((place) => (place !== undefined && view.name(place) === name ? [place] : [])),
  };
}

interface Hospital {
  readonly name: string | undefined;
  readonly references: readonly Reference[];
}

const NOT_NAMED = 'Not named by the hospital';

/** The author's name with the numbers the doctor is registered under; undefined for the hospital itself. */
function treatedBy(author: Reference, view: View, hospital: string | undefined): Content {
  const name = view.name(author);
  const who = view.find(author);
  if (name === hospital) return undefined;
  // Beside the label "Doctor", the bare word would only double it.
  if (who?.resourceType === 'PractitionerRole' && name === 'Doctor') return phrase(view.texts, NOT_NAMED);
  const isDoctor = who?.resourceType === 'Practitioner' || who?.resourceType === 'PractitionerRole';
  return joined([name, isDoctor ? small(registrationsOf(who).join(', ')) : undefined], ' ');
}
