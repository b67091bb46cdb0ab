import { describe, expect, it } from '@jest/globals';
import { LINKING_STEPS, statesBefore } from './linking-steps.js';

describe('The steps of a linking', () => {
  it('never leave "linked": ABDM has no unlinking', () => {
    expect(LINKING_STEPS.linked).toEqual([]);
  });

  it('reach "linked" only from a request that is under way', () => {
    expect(statesBefore('linked')).toEqual(['awaiting-link']);
  });

  it('let a failed one begin again, and fail again', () => {
    expect(LINKING_STEPS.failed).toEqual(expect.arrayContaining(['awaiting-link-token', 'awaiting-link', 'failed']));
  });

  it('let every one that is under way fail', () => {
    expect(statesBefore('failed')).toEqual(
      expect.arrayContaining(['waiting-for-abha', 'awaiting-link-token', 'awaiting-link']),
    );
  });
});
