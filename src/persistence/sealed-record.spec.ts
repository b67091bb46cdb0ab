import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openRecord, sealRecord } from './sealed-record.js';
import { Sealer } from './sealing.js';

describe('a sealed document', () => {
  const sealer = new Sealer(randomBytes(32));
  const id = '0b4ad9e5-7c0a-4a39-9a35-3a6f6a2c2f11';
  const json = JSON.stringify({ resourceType: 'Bundle', title: 'सामान्य ओपीडी', entry: Array(200).fill({ a: 'b' }) });

  it('opens as the exact text it was', () => {
    expect(openRecord(sealer, id, sealRecord(sealer, id, json))).toBe(json);
  });

  it('takes less room than its text', () => {
    expect(sealRecord(sealer, id, json).length).toBeLessThan(json.length / 4);
  });

  it('is left as it is when it is large, as scans are', () => {
    const scan = JSON.stringify({ data: randomBytes(300_000).toString('base64') });
    const sealed = sealRecord(sealer, id, scan);
    expect(sealed.length).toBeGreaterThan(scan.length);
    expect(openRecord(sealer, id, sealed)).toBe(scan);
  });

  it('opens when it was written before documents were deflated', () => {
    expect(openRecord(sealer, id, sealer.seal(`health_record.sealed_bundle:${id}`, json))).toBe(json);
  });

  it('does not open in another row', () => {
    expect(() => openRecord(sealer, '7d0e47d2-4d45-43c3-8f0e-7f5a53f9a5b4', sealRecord(sealer, id, json))).toThrow();
  });
});
