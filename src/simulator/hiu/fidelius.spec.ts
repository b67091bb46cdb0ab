import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { asSpki, decrypt, freshKeys, sharedSecret } from './fidelius.js';

interface Vector {
  case: string;
  ownPrivateKeyBigEndian: string;
  ownPublicKey: string;
  ownNonce: string;
  peerPublicKey: string;
  peerNonce: string;
  sharedSecretX: string;
  plaintext: string;
  encryptedData: string;
}

const file = new URL('../../../test/vectors/health-information-encryption.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
const bytes = (base64: string) => Buffer.from(base64, 'base64');

describe('the simulated HIU reads what Bouncy Castle encrypts', () => {
  it.each(vectors.map((vector, i) => [i, vector.case, vector] as const))('vector %i: %s', (_i, _case, vector) => {
    const own = {
      privateKey: bytes(vector.ownPrivateKeyBigEndian),
      publicKey: bytes(vector.ownPublicKey),
      nonce: bytes(vector.ownNonce),
    };
    const secret = sharedSecret(own.privateKey, bytes(vector.peerPublicKey));
    expect(Buffer.from(secret).toString('base64')).toBe(vector.sharedSecretX);
    const plain = decrypt(own, bytes(vector.peerPublicKey), bytes(vector.peerNonce), bytes(vector.encryptedData));
    expect(plain.toString('base64')).toBe(vector.plaintext);
  });

  it('agrees with itself, and makes a fresh key and nonce each time', () => {
    const [one, two] = [freshKeys(), freshKeys()];
    expect(one.publicKey).toHaveLength(65);
    expect(one.nonce).toHaveLength(32);
    expect(one.publicKey).not.toEqual(two.publicKey);
    expect(sharedSecret(one.privateKey, asSpki(two.publicKey))).toEqual(sharedSecret(two.privateKey, one.publicKey));
  });

  it('refuses a point that is not on the curve', () => {
    const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]);
    expect(() => sharedSecret(freshKeys().privateKey, offCurve)).toThrow();
  });
});
