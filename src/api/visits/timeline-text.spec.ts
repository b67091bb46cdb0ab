import { describe, expect, it } from '@jest/globals';
import { TIMELINE_STEPS } from '../../persistence/timeline.js';
import { FAILURES_EN, TIMELINE_EN, WAITING_EN } from '../texts/timeline.en.js';
import { FAILURES_HI, TIMELINE_HI, WAITING_HI } from '../texts/timeline.hi.js';
import { timelineEntry } from './timeline-text.js';

const at = new Date('2026-11-22T04:30:00Z');
const CODES = Object.keys(FAILURES_EN);

describe('What the timeline says', () => {
  it('is written for every step and every failure, in both languages', () => {
    expect(Object.keys(TIMELINE_EN).sort()).toEqual([...TIMELINE_STEPS].sort());
    expect(Object.keys(TIMELINE_HI).sort()).toEqual([...TIMELINE_STEPS].sort());
    expect(Object.keys(FAILURES_HI)).toEqual(CODES);
  });

  it.each([...TIMELINE_STEPS])('of "%s" is whole sentences, the Hindi in Devanagari', (step) => {
    const { en, hi } = timelineEntry({ at, step, code: null });
    expect(en).toMatch(/^[A-Z].+\.$/);
    expect(hi).toMatch(/[\u0900-\u097f].+।$/u);
  });

  it.each(CODES)('of the failure %s names who can mend it', (code) => {
    const entry = timelineEntry({ at, step: 'failed', code });
    expect(entry.en).toBe(`${TIMELINE_EN.failed} ${FAILURES_EN[code]}`);
    expect(entry.hi).toBe(`${TIMELINE_HI.failed} ${FAILURES_HI[code]}`);
    expect(['hospital', 'patient', 'abdm', 'operator']).toContain(entry.mend);
  });

  it.each(Object.keys(WAITING_EN))('of a visit that waits (%s) says so in place of the usual sentence', (code) => {
    expect(Object.keys(WAITING_HI)).toEqual(Object.keys(WAITING_EN));
    const { en, hi, mend } = timelineEntry({ at, step: 'waiting-for-abha', code });
    expect(en).toMatch(/^The .*ABHA address.*"try again"\.$/);
    expect(hi).toMatch(/आभा पता.*"फिर से कोशिश" दबाएँ।$/u);
    expect(mend).toBe(code === 'abha-not-in-use' ? 'patient' : 'hospital');
  });

  it('of a code nobody has words for is the general sentence, for the operator', () => {
    const entry = timelineEntry({ at, step: 'failed', code: 'ABDM-4711' });
    expect(entry).toMatchObject({ code: 'ABDM-4711', mend: 'operator' });
    expect(entry.en).toContain(FAILURES_EN['other']);
  });

  it('of a pause before asking for a link token says that it passes by itself', () => {
    for (const code of ['ABDM-1027', 'ABDM-1092', 'pause', 'dependency-down']) {
      const { en, mend } = timelineEntry({ at, step: 'asked-for-link-token', code });
      expect([mend, en]).toEqual(['abdm', expect.stringMatching(/by itself/)]);
    }
  });

  it('of what went well asks nobody for anything', () => {
    for (const step of ['received', 'built', 'asked-for-link-token', 'asked-to-link', 'linked', 'notified']) {
      expect(timelineEntry({ at, step, code: null }).mend).toBeNull();
    }
  });
});
