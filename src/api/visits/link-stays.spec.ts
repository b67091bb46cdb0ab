import { describe, expect, it } from '@jest/globals';
import { linkNotice } from './link-stays.js';

describe('A visit that was linked', () => {
  it.each([
    ['that the hospital took back', 'withdrawn', []],
    ['that was moved to another patient', 'quarantined', [{ code: 'patient-changed-after-link' }]],
    ['that may have been taken back', 'quarantined', [{ code: 'withdrawn-unreadable' }]],
  ] as const)('%s says in English and Hindi that its link stays', (_what, state, reasons) => {
    const notice = linkNotice(true, state, reasons);
    expect(notice?.en).toMatch(/cannot be undone/);
    expect(notice?.hi).toMatch(/[\u0900-\u097f]/);
  });

  it('says nothing of it while all is well, nor a visit that never was linked', () => {
    expect(linkNotice(true, 'linked', [])).toBeNull();
    expect(linkNotice(true, 'quarantined', [{ code: 'day-unreadable' }])).toBeNull();
    expect(linkNotice(false, 'withdrawn', [])).toBeNull();
  });
});
