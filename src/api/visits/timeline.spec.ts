import { describe, expect, it } from '@jest/globals';
import type { LinkByPatient } from './links-by-patient.js';
import { timelineOf } from './timeline.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 4, minute));
const noted = [
  { at: at(0), step: 'waiting-for-abha', code: null },
  { at: at(5), step: 'chosen-by-patient', code: null },
  { at: at(30), step: 'chosen-by-patient', code: null },
];
const link = (changes: Partial<LinkByPatient> = {}): LinkByPatient => ({
  id: 'l',
  state: 'awaiting-otp',
  expiresAt: at(15),
  endedAt: null,
  wrongCodeAt: null,
  ...changes,
});
const steps = (links: LinkByPatient[], now: Date): string[] =>
  timelineOf(noted, links, undefined, now).map(({ step, code }) => (code === null ? step : `${step} ${code}`));

describe('The timeline of a visit a patient chose', () => {
  it('says in its place that she did not type the code in time', () => {
    expect(steps([link()], at(40))).toEqual([
      'waiting-for-abha',
      'chosen-by-patient',
      'code-not-confirmed otp-expired',
      'chosen-by-patient',
    ]);
  });

  it('says nothing while she may still type it, but of a wrong one', () => {
    expect(steps([link()], at(10))).toHaveLength(3);
    expect(steps([link({ wrongCodeAt: at(7) })], at(10))[2]).toBe('code-not-confirmed otp-wrong');
  });

  it('says that wrong codes were typed too often', () => {
    const locked = link({ state: 'locked', wrongCodeAt: at(8), endedAt: at(8) });
    expect(steps([locked], at(40))[2]).toBe('code-not-confirmed too-many-tries');
  });

  it('says nothing of a link that was made', () => {
    expect(steps([link({ state: 'linked', wrongCodeAt: at(8), endedAt: at(9) })], at(40))).toHaveLength(3);
  });
});

describe('The timeline of a visit that waits for an ABHA address', () => {
  it('says in its last such line why', () => {
    const twice = [...noted, { at: at(50), step: 'waiting-for-abha', code: null }];
    const codes = timelineOf(twice, [], 'abha-not-in-use', at(60)).map(({ code }) => code);
    expect(codes).toEqual([null, null, null, 'abha-not-in-use']);
    expect(timelineOf(twice, [], 'no-abha', at(60))).toEqual(twice);
  });
});
