import type { Organization, Patient, Practitioner, PractitionerRole } from 'fhir/r4.js';
import { joined } from '../html.js';
import type { Content } from '../html.js';
import { personNames, registrationsOf, roleName } from '../names.js';
import { facts, inHindi, item } from '../pieces.js';
import type { Renderer, View } from '../view.js';
import { codesIn, list, said, texts, wordsOf, wordsOfAll } from '../words.js';

const ABHA_NUMBER = /^(?:\d{2}-\d{4}-\d{4}-\d{4}|\d{14})$/;
const ABHA_SYSTEM = /^https?:\/\/(?:healthid|abha|phr)\.(?:ndhm|abdm)\.gov\.in/;

/** A patient's names and numbers, each once, whichever of the spellings in use the sender chose. */
export function patientFacts(patient: Patient, { texts: labels }: View): (readonly [string, Content])[] {
  const names = personNames(patient.name).map(({ text, isHindi }) => (isHindi ? inHindi(text) : text));
  const seen = new Set<string>();
  const numbers = list(patient.identifier).flatMap((identifier) => {
    const value = said(identifier.value);
    if (value === undefined || seen.has(value)) return [];
    seen.add(value);
    const codes = codesIn(identifier.type);
    const isNational =
      ABHA_SYSTEM.test(said(identifier.system) ?? '') || codes.includes('ABHA') || codes.includes('HIN');
    if (isNational && value.includes('@')) return [[labels.abhaAddress, value] as const];
    if (isNational && ABHA_NUMBER.test(value)) return [[labels.abhaNumber, value] as const];
    if (codes.includes('MR')) return [[labels.hospitalNumber, value] as const];
    if (codes.includes('PMJAY')) return [[labels.pmjayNumber, value] as const];
    return [[wordsOf(identifier.type) ?? labels.registration, value] as const];
  });
  return [[labels.patient, joined(names, ' / ')], ...numbers];
}

export const patient: Renderer<Patient> = (resource, view) => item(undefined, facts(patientFacts(resource, view)));

export const practitioner: Renderer<Practitioner> = (resource, { texts: labels }) =>
  item(
    personNames(resource.name)[0]?.text ?? labels.kinds['Practitioner'],
    facts([
      [labels.registration, joined(registrationsOf(resource), ', ')],
      [labels.category, wordsOfAll(list(resource.qualification).flatMap(({ code }) => list([code])))],
    ]),
  );

export const practitionerRole: Renderer<PractitionerRole> = (resource, view) =>
  item(
    roleName(resource, (reference) => view.find(reference)) ?? view.texts.kinds['PractitionerRole'],
    facts([
      [view.texts.registration, joined(registrationsOf(resource), ', ')],
      [view.texts.category, wordsOfAll(resource.code)],
      [view.texts.department, wordsOfAll(resource.specialty)],
      [view.texts.hospital, view.name(resource.organization)],
    ]),
  );

export const organization: Renderer<Organization> = (resource, { texts: labels }) =>
  item(
    said(resource.name) ?? labels.kinds['Organization'],
    facts([[labels.registration, joined(texts(list(resource.identifier).map(({ value }) => value)), ', ')]]),
  );
