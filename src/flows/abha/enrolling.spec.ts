import { describe, expect, it } from '@jest/globals';
import { faceQr } from './enrolling.js';

describe('The QR code for a face', () => {
  it('holds the transaction as the service named it, whatever is in it', () => {
    const opened = new URL(faceQr('a b&redirect=https://example.org#', { ABDM_CM_ID: 'sbx' }));
    expect(opened.searchParams.get('txnId')).toBe('a b&redirect=https://example.org#');
    expect([...opened.searchParams.keys()]).toEqual(['txnId']);
    expect(opened.host).toBe('phrsbx.abdm.gov.in');
  });
});
