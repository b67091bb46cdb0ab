import type { Address, HumanName, Identifier, Patient } from 'fhir/r4.js';
import type { VisitPatient } from '../../ports/visit.js';
import { PROFILES } from '../terminology/profiles.js';
import { IDENTIFIER_SYSTEMS, LANGUAGE_EXTENSION, localSystem } from '../terminology/systems.js';
import { IDENTIFIER_TYPES, identifier } from './identifier.js';

/** @param hfrId the facility that gave out the UHID */
export function patient(id: string, from: VisitPatient, hfrId: string): Patient {
  return {
    resourceType: 'Patient',
    id,
    meta: { profile: [PROFILES.patient] },
    identifier: identifiers(from, hfrId),
    name: names(from),
    telecom: from.mobile === undefined ? [] : [{ system: 'phone', value: `+91${from.mobile}`, use: 'mobile' }],
    gender: from.gender,
    birthDate: from.birthDate,
    address: addresses(from.address),
    // "W/O", "S/O": the hospital's words. Who that makes the other person is not always sure.
    contact:
      from.relation === undefined
        ? []
        : [{ relationship: [{ text: from.relation.kind }], name: { text: from.relation.name } }],
  };
}

/** What a reader is shown: with the honorific the hospital wrote. */
export function patientDisplayName(from: VisitPatient): string {
  return [from.honorific, from.name].filter((part) => part !== undefined).join(' ');
}

function identifiers(from: VisitPatient, hfrId: string): Identifier[] {
  const list: Identifier[] = [];
  if (from.abhaNumber !== undefined) {
    const dashed = from.abhaNumber.replace(/^(\d{2})(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4');
    // Twice: NHA's documents say HIN, every example of the guide says MR, and receivers look for either.
    list.push(identifier(IDENTIFIER_TYPES.abhaNumber, dashed, IDENTIFIER_SYSTEMS.abha));
    list.push(identifier(IDENTIFIER_TYPES.medicalRecord, dashed, IDENTIFIER_SYSTEMS.abha));
  }
  if (from.abhaAddress !== undefined) {
    list.push(identifier(IDENTIFIER_TYPES.abhaAddress, from.abhaAddress, IDENTIFIER_SYSTEMS.abha));
  }
  list.push(identifier(IDENTIFIER_TYPES.medicalRecord, from.uhid, localSystem(hfrId, 'patient')));
  if (from.pmjayId !== undefined) list.push(identifier(IDENTIFIER_TYPES.pmjay, from.pmjayId));
  return list;
}

function names(from: VisitPatient): HumanName[] {
  const latin: HumanName = {
    use: 'official',
    text: patientDisplayName(from),
    prefix: from.honorific === undefined ? [] : [from.honorific],
  };
  if (from.nameHindi === undefined) return [latin];
  return [latin, { extension: [{ url: LANGUAGE_EXTENSION, valueCode: 'hi' }], use: 'usual', text: from.nameHindi }];
}

function addresses({ village, district, state, pin }: VisitPatient['address']): Address[] {
  const parts = [village, district, state, pin].filter((part) => part !== undefined);
  if (parts.length === 0) return [];
  return [
    {
      use: 'home',
      text: parts.join(', '),
      line: village === undefined ? [] : [village],
      district,
      state,
      postalCode: pin,
      country: 'IN',
    },
  ];
}
