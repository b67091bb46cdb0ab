import { describe, it, expect } from '@jest/globals';
import { writeWeierstrassPoint } from './curve25519.js';
import { makeKeyPair } from './key-material.js';
import { UnusablePeerKey } from './peer-public-key.js';
import { sharedSecret, transferKey } from './transfer-key.js';

const own = makeKeyPair();
const peer = makeKeyPair();
const P = 2n ** 255n - 19n;
/** √(A + 2): the point (1, √(A+2)) has order 4. */
const ROOT_OF_486664 = 0x6be4f497f9a9c2afc21fa77ad7f4a6ef635a11c7284a9363e9a248ef9c884415n;

/** The shape of a SubjectPublicKeyInfo: a sequence that ends in the point. */
function inSubjectPublicKeyInfo(point: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('3056301006072a8648ce3d020106052b8104000a034200', 'hex'), point]);
}

function changed(bytes: Uint8Array, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

describe('the shared secret', () => {
  it('is the same on both sides', () => {
    expect(sharedSecret(own, peer.publicKey)).toEqual(sharedSecret(peer, own.publicKey));
  });

  it('is the same for a raw point and a SubjectPublicKeyInfo', () => {
    const info = inSubjectPublicKeyInfo(peer.publicKey);
    expect(sharedSecret(own, info)).toEqual(sharedSecret(own, peer.publicKey));
  });

  it.each([
    ['x is changed', changed(peer.publicKey, 20)],
    ['y is changed', changed(peer.publicKey, 50)],
    ['the point in a SubjectPublicKeyInfo is changed', inSubjectPublicKeyInfo(changed(peer.publicKey, 50))],
    ['all coordinates are zero', Buffer.concat([Buffer.from([4]), Buffer.alloc(64)])],
  ])('is refused when %s, as the point is then off the curve', (_what, key) => {
    expect(() => sharedSecret(own, key)).toThrow(UnusablePeerKey);
    expect(() => sharedSecret(own, key)).toThrow(/not on Curve25519/);
  });

  it.each([
    ['2', { u: 0n, v: 0n }],
    ['4', { u: 1n, v: ROOT_OF_486664 }],
    ['4, mirrored', { u: 1n, v: P - ROOT_OF_486664 }],
  ])('is refused when it is zero: a point of order %s', (_order, point) => {
    const key = writeWeierstrassPoint(point);
    expect(() => sharedSecret(own, key)).toThrow(UnusablePeerKey);
    expect(() => sharedSecret(own, key)).toThrow(/zero secret/);
  });

  it('is refused when a coordinate is p or more, though it would be on the curve', () => {
    const yAboveP = Buffer.from(writeWeierstrassPoint({ u: 0n, v: 0n }));
    Buffer.from(P.toString(16), 'hex').copy(yAboveP, 33);
    expect(() => sharedSecret(own, yAboveP)).toThrow(/not an uncompressed point/);
  });

  it('is refused when the key does not begin with 04', () => {
    const compressed = Buffer.from(peer.publicKey).fill(2, 0, 1);
    for (const key of [compressed, inSubjectPublicKeyInfo(compressed)]) {
      expect(() => sharedSecret(own, key)).toThrow(UnusablePeerKey);
      expect(() => sharedSecret(own, key)).toThrow(/not an uncompressed point/);
    }
  });

  it.each([0, 32, 33, 64, 66, 130])('is refused for a key of %d bytes, naming both lengths', (length) => {
    const key = Buffer.alloc(length, 4);
    expect(() => sharedSecret(own, key)).toThrow(UnusablePeerKey);
    expect(() => sharedSecret(own, key)).toThrow(`${length} bytes long; it must be 65 bytes`);
  });
});

describe('the transfer key', () => {
  const secret = sharedSecret(own, peer.publicKey);
  const nonce = Buffer.alloc(32, 1);

  it('is the same whichever side mixes the nonces', () => {
    const other = Buffer.from(Array.from({ length: 32 }, (_, i) => i));
    const [ours, theirs] = [transferKey(secret, nonce, other), transferKey(secret, other, nonce)];
    expect(ours.key).toEqual(theirs.key);
    expect(ours.iv).toEqual(theirs.iv);
    expect(Buffer.from(ours.iv).toString('hex')).toBe('1514171619181b1a1d1c1f1e');
  });

  it('has a key of 32 bytes and an IV of 12', () => {
    const { key, iv } = transferKey(secret, nonce, nonce);
    expect([key.length, iv.length]).toEqual([32, 12]);
  });

  it('is refused for parts of the wrong length, naming both', () => {
    expect(() => transferKey(secret.subarray(1), nonce, nonce)).toThrow(
      'shared secret is 31 bytes long; it must be 32',
    );
    expect(() => transferKey(secret, nonce.subarray(12), nonce)).toThrow('own nonce is 20 bytes long; it must be 32');
    expect(() => transferKey(secret, nonce, Buffer.alloc(64))).toThrow('peer nonce is 64 bytes long; it must be 32');
  });
});
