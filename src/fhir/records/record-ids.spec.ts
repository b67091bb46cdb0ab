import { describe, expect, it } from '@jest/globals';
import { uuidFrom } from './record-ids.js';

describe('record ids', () => {
  it('are UUIDs of version 5, the same for the same parts', () => {
    expect(uuidFrom('a', 'b', 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidFrom('a', 'b', 1)).toBe(uuidFrom('a', 'b', 1));
  });

  it('do not meet when a separator moves from one part to the next', () => {
    expect(uuidFrom('a/b', 'c')).not.toBe(uuidFrom('a', 'b/c'));
    expect(uuidFrom('a', '1')).not.toBe(uuidFrom('a', 1));
  });

  it('never change: records already sent would come back as new ones', () => {
    expect(uuidFrom('IN2210000999', 'OPD/25/900001', 'composition', 'OPConsultation')).toMatchInlineSnapshot(
      `"5dfd754f-d25f-5eef-b05c-ef144987a4f7"`,
    );
  });
});
