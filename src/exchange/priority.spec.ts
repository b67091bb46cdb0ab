import { describe, expect, it } from '@jest/globals';
import { EXCHANGE_NAMES } from '../abdm/protocol.js';
import { priorityOf } from './priority.js';

describe('Before all other jobs', () => {
  it('goes what a patient waits for, and what takes a consent back', () => {
    expect(EXCHANGE_NAMES.filter((name) => priorityOf(name) < 0)).toEqual([
      'patient.status',
      'care-context.discover',
      'care-context.link-init',
      'care-context.link-confirm',
      'patient.share',
      'running-token.status',
      'consent.notify',
    ]);
  });

  it('goes nothing that we do not know', () => {
    expect(priorityOf('unknown')).toBe(0);
  });
});
