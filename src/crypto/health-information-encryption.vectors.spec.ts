import { describe, it, expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decryptEntry, encryptEntry } from './health-information-encryption.js';
import { restoreKeyPair } from './key-material.js';
import { sharedSecret } from './transfer-key.js';

interface Vector {
  readonly case: string;
  readonly ownPrivateKeyBigEndian: string;
  readonly ownPublicKey: string;
  readonly ownNonce: string;
  readonly peerPublicKey: string;
  readonly peerNonce: string;
  readonly sharedSecretX: string;
  readonly plaintext: string;
  readonly encryptedData: string;
}

const file = new URL('../../test/vectors/health-information-encryption.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] };
const cases = vectors.map((vector, index) => ({ ...vector, name: `${index + 1}, ${vector.case}` }));

describe('health-information encryption, as Bouncy Castle does it', () => {
  it('has vectors to be judged by', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(20);
  });

  describe.each(cases)('vector $name', (vector) => {
    const keyPair = restoreKeyPair(Buffer.from(vector.ownPrivateKeyBigEndian, 'base64'));
    const own = { keyPair, nonce: Buffer.from(vector.ownNonce, 'base64') };
    const { peerPublicKey, peerNonce } = vector;

    it('has the same public key', () => {
      expect(keyPair.publicKeyBase64).toBe(vector.ownPublicKey);
    });

    it('agrees on the same secret', () => {
      const secret = sharedSecret(keyPair, Buffer.from(peerPublicKey, 'base64'));
      expect(secret.toString('base64')).toBe(vector.sharedSecretX);
    });

    it('reads what the peer encrypted', () => {
      const plaintext = decryptEntry({ content: vector.encryptedData, own, peerPublicKey, peerNonce });
      expect(plaintext.toString('base64')).toBe(vector.plaintext);
    });

    it('encrypts to the same bytes', () => {
      const plaintext = Buffer.from(vector.plaintext, 'base64');
      expect(encryptEntry({ plaintext, own, peerPublicKey, peerNonce })).toEqual({
        content: vector.encryptedData,
        ownPublicKey: vector.ownPublicKey,
        ownNonce: vector.ownNonce,
      });
    });
  });
});
