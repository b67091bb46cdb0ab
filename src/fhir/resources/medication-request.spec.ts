import { describe, expect, it } from '@jest/globals';
import { A_PLACE } from '../../../test/makers/records.js';
import { aVisit } from '../../../test/makers/visit.js';
import type { Prescription } from '../../ports/visit.js';
import { visitFrame } from '../records/visit-frame.js';
import { loadTerminology } from '../terminology/load.js';
import { medicationRequest } from './medication-request.js';

const terms = loadTerminology('config/terminology');
const { parts } = visitFrame(aVisit(), A_PLACE);
const [paracetamol] = aVisit().prescriptions;
const medicationOf = (drug: string) =>
  medicationRequest('id', { ...paracetamol!, drug }, parts, terms).medicationCodeableConcept;

describe('a drug in a record', () => {
  it('has the hospital’s words and the code that is sure', () => {
    expect(medicationOf('TAB PCM 500')).toEqual({
      coding: [{ system: 'http://snomed.info/sct', code: '322236009', display: 'Acetaminophen 500 mg oral tablet' }],
      text: 'TAB PCM 500',
    });
  });

  it('has the words alone when no table knows them', () => {
    expect(medicationOf('SYP NOSUCHDRUG')).toEqual({ text: 'SYP NOSUCHDRUG' });
  });
});

describe('a drug that is stopped', () => {
  const request = (overrides: Partial<Prescription>) =>
    medicationRequest(
      'id',
      {
        drug: 'TAB PCM 500',
        dose: '1',
        frequency: '1-0-1',
        days: undefined,
        daysText: undefined,
        route: undefined,
        ...overrides,
      },
      visitFrame(aVisit(), A_PLACE).parts,
      A_PLACE.terminology,
    );

  it.each([
    { drug: 'STOP TAB PCM' },
    { drug: 'TAB PCM - HOLD' },
    { drug: 'DISCONTINUE PCM' },
    { drug: 'PCM बंद करें' },
    { frequency: 'STOP' },
    { frequency: 'बंद' },
  ])('is no active order and has no code: %j', (told) => {
    const { status, medicationCodeableConcept, dosageInstruction } = request(told);
    expect(status).toBe('stopped');
    expect(medicationCodeableConcept?.coding).toBeUndefined();
    expect(dosageInstruction?.map((dosage) => Object.keys(dosage))).toEqual([['text']]);
  });

  it.each([{ frequency: 'BD, stop if rash' }, { drug: 'NASAL DROPS नाक बंद होने पर' }, { drug: 'TAB PCM 500' }])(
    'is not one that is taken until something happens: %j',
    (told) => {
      expect(request(told).status).toBe('active');
    },
  );
});
