import type { VitalKind } from '../../ports/visit.js';

/** What a reader calls the vital signs. Their codes stand in `config/terminology/vitals.csv`. */
export const VITAL_SIGNS: Readonly<Record<VitalKind, { readonly en: string; readonly hi: string }>> = {
  'blood-pressure': { en: 'Blood pressure', hi: 'रक्तचाप' },
  pulse: { en: 'Pulse', hi: 'नाड़ी' },
  temperature: { en: 'Temperature', hi: 'तापमान' },
  weight: { en: 'Weight', hi: 'वज़न' },
  height: { en: 'Height', hi: 'लंबाई' },
  'oxygen-saturation': { en: 'Oxygen saturation', hi: 'ऑक्सीजन स्तर' },
  'respiratory-rate': { en: 'Respiratory rate', hi: 'श्वसन दर' },
};
