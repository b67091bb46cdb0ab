import { describe, expect, it } from '@jest/globals';
import { actionsAt, fieldsOf, mayFollow, stepAfterConsent, STEPS, WAY_NAMES, WAYS, type StepName } from './steps.js';

const ALL = Object.keys(STEPS) as StepName[];

function reachable(way: (typeof WAY_NAMES)[number]): Set<StepName> {
  const seen = new Set<StepName>([WAYS[way].first]);
  for (const step of seen) for (const next of ALL) if (mayFollow(way, step, next)) seen.add(next);
  return seen;
}

describe('Every way to an ABHA', () => {
  it.each(WAY_NAMES)('%s comes to an end, and to nothing its table does not describe', (way) => {
    const steps = reachable(way);
    expect(steps).toContain('done');
    for (const step of steps) expect(Object.keys(WAYS[way].steps).concat('ended')).toContain(step);
    for (const step of Object.keys(WAYS[way].steps)) expect([...steps]).toContain(step);
  });

  it.each(WAY_NAMES.filter((way) => WAYS[way].purpose === 'create'))('%s begins with consent', (way) => {
    expect(WAYS[way].first).toBe('consent');
    expect(stepAfterConsent(way)).not.toBe('consent');
  });

  it.each(WAY_NAMES.filter((way) => WAYS[way].purpose === 'verify'))('%s begins with who she is', (way) => {
    expect(stepAfterConsent(way)).toBe(WAYS[way].first);
  });
});

describe('A step', () => {
  it('can be left at any time, unless the session is over', () => {
    for (const step of ALL) expect(actionsAt(step).includes('logout')).toBe(step !== 'ended');
  });

  it('that makes an ABHA wants a mobile; one that looks for it does not', () => {
    expect(fieldsOf('aadhaar', 'create')).toEqual({ needs: ['aadhaar', 'mobile'], optional: [] });
    expect(fieldsOf('aadhaar', 'verify')).toEqual({ needs: ['aadhaar'], optional: [] });
  });
});
