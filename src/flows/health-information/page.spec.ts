import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decryptEntry } from '../../crypto/health-information-encryption.js';
import { makeKeyMaterial } from '../../crypto/key-material.js';
import { healthInformationPage } from './page.js';

const hiu = makeKeyMaterial();
const peerNonce = Buffer.from(hiu.nonce).toString('base64');

const aPage = (...documents: string[]) =>
  healthInformationPage({
    transactionId: '49455d89-cb13-483d-ad71-7a57d5f669a8',
    pageNumber: 2,
    pageCount: 3,
    careContextReference: 'OPD/1',
    documents,
    peerPublicKey: hiu.keyPair.publicKeyBase64,
    peerNonce,
    keyExpiry: new Date('2026-06-15T12:00:00Z'),
  });

describe('A page of health information', () => {
  it('is opened by the one who asked, byte for byte, also in Hindi', () => {
    const document = '{"text":"बुखार 3 दिन"}';
    const page = aPage(document);
    expect(page).toMatchObject({ pageNumber: 2, pageCount: 3, transactionId: '49455d89-cb13-483d-ad71-7a57d5f669a8' });
    const [entry] = page.entries;
    const { dhPublicKey, nonce } = page.keyMaterial;
    const opened = decryptEntry({
      content: entry?.content ?? '',
      peerPublicKey: dhPublicKey.keyValue,
      peerNonce: nonce,
      own: hiu,
    });
    expect(Buffer.from(opened).toString('utf8')).toBe(document);
    expect(entry).toMatchObject({ media: 'application/fhir+json', careContextReference: 'OPD/1' });
    expect(entry?.checksum).toBe(createHash('md5').update(document).digest('hex'));
    expect(entry?.content).not.toContain('text');
  });

  it('shares neither key nor nonce with another page, nor with a second try of the same one', () => {
    const pages = Array.from({ length: 50 }, () => aPage('{}').keyMaterial);
    expect(new Set(pages.map(({ dhPublicKey }) => dhPublicKey.keyValue)).size).toBe(50);
    expect(new Set(pages.map(({ nonce }) => nonce)).size).toBe(50);
  });

  it('carries a point of 65 bytes, a nonce of 32, and when the key ends', () => {
    const { dhPublicKey, nonce, cryptoAlg, curve } = aPage('{}').keyMaterial;
    expect(Buffer.from(dhPublicKey.keyValue, 'base64')).toHaveLength(65);
    expect(Buffer.from(nonce, 'base64')).toHaveLength(32);
    expect({ cryptoAlg, curve, expiry: dhPublicKey.expiry }).toEqual({
      cryptoAlg: 'ECDH',
      curve: 'Curve25519',
      expiry: '2026-06-15T12:00:00.000Z',
    });
  });
});
