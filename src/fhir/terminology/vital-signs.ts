import type { Coding } from 'fhir/r4.js';
import type { VitalKind } from '../../ports/visit.js';
import { loinc } from './coding.js';

/**
 * LOINC codes of the vital signs, with the labels a reader sees.
 * Temperature is `8310-5` and not the guide's `61008-9` (body surface): the hospital does not say where it was taken.
 * Source: NRCeS value set ndhm-vital-signs, HL7 R4 vital signs.
 */
export const VITAL_SIGNS: Readonly<
  Record<VitalKind, { readonly code: Coding; readonly en: string; readonly hi: string }>
> = {
  'blood-pressure': {
    code: loinc('85354-9', 'Blood pressure panel with all children optional'),
    en: 'Blood pressure',
    hi: 'रक्तचाप',
  },
  pulse: { code: loinc('8867-4', 'Heart rate'), en: 'Pulse', hi: 'नाड़ी' },
  temperature: { code: loinc('8310-5', 'Body temperature'), en: 'Temperature', hi: 'तापमान' },
  weight: { code: loinc('29463-7', 'Body weight'), en: 'Weight', hi: 'वज़न' },
  height: { code: loinc('8302-2', 'Body height'), en: 'Height', hi: 'लंबाई' },
  'oxygen-saturation': {
    code: loinc('2708-6', 'Oxygen saturation in Arterial blood'),
    en: 'Oxygen saturation',
    hi: 'ऑक्सीजन स्तर',
  },
  'respiratory-rate': { code: loinc('9279-1', 'Respiratory rate'), en: 'Respiratory rate', hi: 'श्वसन दर' },
};

export const SYSTOLIC = loinc('8480-6', 'Systolic blood pressure');
export const DIASTOLIC = loinc('8462-4', 'Diastolic blood pressure');
