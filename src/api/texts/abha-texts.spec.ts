import { describe, expect, it } from '@jest/globals';
import { ABHA_FAILURES } from '../../abdm/abha/failures.js';
import { OWN_REFUSALS } from '../../flows/abha/step-refused.js';
import { STEPS } from '../../flows/abha/steps.js';
import { ABHA_NOTICES_EN, ABHA_REFUSALS_EN, ABHA_STEPS_EN, ABHA_WARNINGS_EN } from './abha.en.js';
import { ABHA_NOTICES_HI, ABHA_REFUSALS_HI, ABHA_STEPS_HI, ABHA_WARNINGS_HI } from './abha.hi.js';

const keys = (texts: object): string[] => Object.keys(texts).sort();

describe('The sentences of the ABHA screens', () => {
  it('exist for every step and refusal, in both languages', () => {
    expect(keys(ABHA_STEPS_EN)).toEqual(keys(STEPS));
    expect(keys(ABHA_STEPS_HI)).toEqual(keys(STEPS));
    const refusals = [...new Set([...OWN_REFUSALS, ...Object.keys(ABHA_FAILURES)])].sort();
    expect(keys(ABHA_REFUSALS_EN)).toEqual(refusals);
    expect(keys(ABHA_REFUSALS_HI)).toEqual(refusals);
    expect(keys(ABHA_NOTICES_HI)).toEqual(keys(ABHA_NOTICES_EN));
    expect(keys(ABHA_WARNINGS_HI)).toEqual(keys(ABHA_WARNINGS_EN));
  });

  it('are written in Hindi letters where they are Hindi', () => {
    for (const text of Object.values(ABHA_REFUSALS_HI)) expect(text).toMatch(/[\u0900-\u097f]/);
  });
});
