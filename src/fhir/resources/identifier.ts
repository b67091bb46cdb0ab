import type { Coding, Identifier } from 'fhir/r4.js';
import { coding } from '../terminology/coding.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';

const hl7 = (code: string, display: string): Coding => coding(CODE_SYSTEMS.identifierType, code, display);
const ndhm = (code: string, display: string): Coding => coding(CODE_SYSTEMS.ndhmIdentifierType, code, display);

/** The identifier types we send. Source: NRCeS value set ndhm-identifier-type-code (its own codes and v2-0203). */
export const IDENTIFIER_TYPES = {
  medicalRecord: hl7('MR', 'Medical record number'),
  medicalLicence: hl7('MD', 'Medical License number'),
  employee: hl7('EI', 'Employee number'),
  provider: hl7('PRN', 'Provider number'),
  visit: hl7('VN', 'Visit number'),
  abhaNumber: ndhm('HIN', 'Health ID issued by NDHM'),
  abhaAddress: ndhm('ABHA', 'Ayushman Bharat Health Account (ABHA) ID'),
  pmjay: ndhm('PMJAY', 'Pradhan Mantri Jan Aarogya Yojana (PMJAY) ID'),
  hprId: ndhm('HPIN', 'Health Practitioner ID issued by NDHM'),
} as const;

/** NRCeS wants a type on every identifier of patients, practitioners and organizations. */
export function identifier(type: Coding, value: string, system?: string): Identifier {
  return { type: { coding: [type] }, ...(system !== undefined && { system }), value };
}
