import type { FhirResource, HumanName, Practitioner, PractitionerRole, Reference } from 'fhir/r4.js';
import { LANGUAGE_EXTENSION } from '../terminology/systems.js';
import { list, said, texts, wordsOf, wordsOfAll } from './words.js';

type Find = (reference: Reference | undefined) => FhirResource | undefined;

/** What a reader calls a resource, in few words. */
export function nameOf(resource: FhirResource, find: Find): string | undefined {
  const { resourceType } = resource;
  if (resourceType === 'Patient' || resourceType === 'Practitioner' || resourceType === 'RelatedPerson') {
    return personName(resource.name);
  }
  if (resourceType === 'PractitionerRole') return roleName(resource, find);
  if (resourceType === 'MedicationRequest' || resourceType === 'MedicationStatement') {
    return wordsOf(resource.medicationCodeableConcept) ?? nameOfReferenced(resource.medicationReference, find);
  }
  if (resourceType === 'ChargeItem') {
    return (
      wordsOf(resource.productCodeableConcept) ??
      nameOfReferenced(resource.productReference, find) ??
      wordsOf(resource.code)
    );
  }
  return anyName(resource);
}

function nameOfReferenced(reference: Reference | undefined, find: Find): string | undefined {
  const found = find(reference);
  return (found === undefined ? undefined : anyName(found)) ?? displayOf(reference);
}

/** What the pointing document calls it. Many senders write the resource's type there, which names nothing. */
export function displayOf(reference: Reference | undefined): string | undefined {
  const display = said(reference?.display);
  return display === undefined || TYPE_NAME.test(display) ? undefined : display;
}

const TYPE_NAME =
  /^(?:Patient|Practitioner(?:Role)?|Organization|Encounter|Condition|Observation\w*|Procedure|ServiceRequest|Appointment|Medication\w*|AllergyIntolerance|Immunization\w*|DiagnosticReport\w*|Specimen|Media|DocumentReference|Binary|CarePlan|Invoice|ChargeItem|FamilyMemberHistory|ImagingStudy|Composition)(?:\/\S*)?$/;

/** The first field that names a resource of whatever kind. */
function anyName(resource: FhirResource): string | undefined {
  const fields = resource as unknown as Readonly<Record<string, unknown>>;
  for (const field of ['title', 'name', 'code', 'vaccineCode', 'type', 'category', 'description']) {
    const value = fields[field];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    const words = said(first) ?? (typeof first === 'object' && first !== null ? wordsOf(first) : undefined);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** Each name a person has, with its language where that is told. */
export function personNames(names: readonly HumanName[] | undefined): { text: string; isHindi: boolean }[] {
  const all = list(names).flatMap((name) => {
    const parts = [...strings(name.prefix), ...strings(name.given), said(name.family), ...strings(name.suffix)];
    const text = said(name.text) ?? texts(parts).join(' ');
    const isHindi =
      list(name.extension).some(({ url, valueCode }) => url === LANGUAGE_EXTENSION && valueCode === 'hi') ||
      /[\u0900-\u097F]/.test(text);
    return text === '' ? [] : [{ text, isHindi }];
  });
  return [...new Map(all.map((name) => [name.text, name])).values()];
}

export const personName = (names: readonly HumanName[] | undefined): string | undefined => personNames(names)[0]?.text;

/** Who somebody is, by name; by office where nobody is named. */
export function roleName(role: PractitionerRole, find: Find): string | undefined {
  const person = find(role.practitioner);
  const name =
    (person?.resourceType === 'Practitioner' ? personName(person.name) : undefined) ?? displayOf(role.practitioner);
  return name ?? wordsOfAll(role.code);
}

/** National or council numbers of whoever treated, as they are written. */
export function registrationsOf(who: Practitioner | PractitionerRole): string[] {
  return texts(list(who.identifier).map(({ value }) => value));
}

const strings = (values: readonly string[] | undefined): (string | undefined)[] =>
  Array.isArray(values) ? values.map(said) : [];
