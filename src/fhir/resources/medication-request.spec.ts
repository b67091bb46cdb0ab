import { describe, expect, it } from '@jest/globals';
import { A_PLACE } from '../../../test/makers/records.js';
import { aVisit } from '../../../test/makers/visit.js';
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
