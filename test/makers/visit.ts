import type { Visit } from '../../src/ports/visit.js';

/** An OPD visit with something in most places. Everybody in it is invented. */
export function aVisit(overrides: Partial<Visit> = {}): Visit {
  return {
    opdNumber: 'OPD/25/900001',
    rowVersion: 1,
    withdrawn: false,
    hfrId: 'IN2210000999',
    facilityName: 'Test Hospital Rampur',
    department: 'MED',
    visitType: 'NEW',
    counter: 'C1',
    tokenNumber: '7',
    registeredAt: '2025-08-12T09:41:00+05:30',
    isScanAndShare: false,
    patient: aVisitPatient(),
    doctor: aVisitDoctor(),
    vitals: [
      { kind: 'blood-pressure', text: '130/80', value: 130, secondValue: 80, unit: 'mm[Hg]' },
      { kind: 'pulse', text: '88/min', value: 88, secondValue: undefined, unit: '/min' },
      { kind: 'temperature', text: '101.2 F', value: 38.4, secondValue: undefined, unit: 'Cel' },
      { kind: 'weight', text: '52 KG', value: 52, secondValue: undefined, unit: 'kg' },
      { kind: 'height', text: '156 cm', value: 156, secondValue: undefined, unit: 'cm' },
      { kind: 'oxygen-saturation', text: '98%', value: 98, secondValue: undefined, unit: '%' },
    ],
    complaint: 'बुखार 3 दिन, c/o cough',
    diagnoses: [{ text: 'Ac. URTI', icd10: 'J06.9' }],
    allergy: { text: 'Penicillin - rash', kind: 'allergy' },
    advice: 'पानी ज्यादा पिएं',
    nextVisit: { text: '17/08/2025', date: '2025-08-17' },
    referredTo: 'Test Medical College',
    prescriptions: [
      { drug: 'TAB PCM 500', dose: '1', frequency: '1-0-1', days: 3, daysText: '3', route: 'ORAL' },
      { drug: 'SYP COUGH LINCTUS', dose: '10ml', frequency: 'TDS', days: 5, daysText: '5', route: 'PO' },
    ],
    labReports: [],
    imagingReports: [],
    admission: undefined,
    immunizations: [],
    documents: [{ name: 'OPD slip.pdf', type: 'OPD SLIP', mime: 'application/pdf', dataBase64: 'JVBERi0xLjQK' }],
    bills: [],
    ...overrides,
  };
}

export function aVisitPatient(overrides: Partial<Visit['patient']> = {}): Visit['patient'] {
  return {
    uhid: 'TST-2025-0000017',
    name: 'ASHA TESTWALI',
    honorific: 'SMT',
    nameHindi: 'आशा टेस्टवाली',
    gender: 'female',
    birthDate: '1984',
    isBirthDateEstimated: true,
    mobile: '9000000001',
    relation: { kind: 'W/O', name: 'RAM TESTWALA' },
    address: { village: 'Rampur', district: 'Testpur', state: 'Chhattisgarh', pin: '490000' },
    category: 'BPL',
    abhaNumber: '91000000000017',
    abhaAddress: 'asha.test@sbx',
    pmjayId: 'PTEST0001',
    ...overrides,
  };
}

export function aVisitDoctor(overrides: Partial<Visit['doctor']> = {}): Visit['doctor'] {
  return {
    id: 'D900',
    name: 'Dr Test Doctor',
    role: undefined,
    registrationNumber: 'TEST-1234',
    hprId: '71-0000-0000-0001',
    ...overrides,
  };
}
