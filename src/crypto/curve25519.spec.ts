import { describe, it, expect } from '@jest/globals';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { D } from './curve25519.js';
import type { KeyPair } from './key-material.js';
import { makeKeyPair } from './key-material.js';
import { sharedSecret } from './transfer-key.js';

const P = 2n ** 255n - 19n;
const A = 486662n;
const mod = (value: bigint): bigint => ((value % P) + P) % P;
const power = (base: bigint, exponent: bigint): bigint => {
  if (exponent === 0n) return 1n;
  const half = power(mod(base * base), exponent / 2n);
  return exponent % 2n === 1n ? mod(half * base) : half;
};
const inverse = (value: bigint): bigint => power(mod(value), P - 2n);

/** Bouncy Castle's curve25519: y² = x³ + a·x + b, worked out from the Montgomery form. */
const Curve = weierstrass({
  p: P,
  n: 2n ** 252n + 27742317777372353535851937790883648493n,
  h: 8n,
  a: mod((3n - A * A) * inverse(3n)),
  b: mod((2n * A ** 3n - 9n * A) * inverse(27n)),
  Gx: mod(9n + A * inverse(3n)),
  Gy: 0x20ae19a1b8a086b4e01edd2c7748d14c923d4d7e6d7c61b229e9c5a27eced3d9n,
});
type Point = typeof Curve.BASE;

const scalarOf = (pair: KeyPair): bigint => BigInt(`0x${pair.exportPrivateKeyToSealIt().toString('hex')}`);
// noble takes scalars below n only; a clamped one is larger. In two parts, since n·Q is not the identity for every Q.
const times = (point: Point, scalar: bigint): Point => {
  const eighth = scalar / 8n;
  return point
    .multiply(eighth % Curve.Fn.ORDER)
    .double()
    .double()
    .double();
};
const hex = (value: bigint): string => value.toString(16).padStart(64, '0');
const publicHex = (pair: KeyPair): string => Buffer.from(pair.publicKey).toString('hex');
const pointOf = (pair: KeyPair): Point => Curve.fromHex(publicHex(pair));

/** Makes pairs until one fits: about 256 tries for a leading zero byte. */
function searchPair(fits: (pair: KeyPair) => boolean): KeyPair {
  for (let tries = 0; tries < 20_000; tries += 1) {
    const pair = makeKeyPair();
    if (fits(pair)) return pair;
  }
  throw new Error('no pair found');
}

function expectTheReferenceAgrees(own: KeyPair, peer: KeyPair): void {
  const ownPoint = times(Curve.BASE, scalarOf(own)).toAffine();
  expect(publicHex(own)).toBe(`04${hex(ownPoint.x)}${hex(ownPoint.y)}`);
  const shared = times(pointOf(peer), scalarOf(own)).toAffine();
  expect(sharedSecret(own, peer.publicKey).toString('hex')).toBe(hex(shared.x));
}

describe('Curve25519 in Weierstrass form', () => {
  it('has its constants from 8·G', () => {
    const eightG = Curve.BASE.double().double().double().toAffine();
    expect(D.u).toBe(mod(eightG.x - A * inverse(3n)));
    expect(D.v).toBe(eightG.y);
    expect(mod(D.inverseOf2v * 2n * D.v)).toBe(1n);
  });

  it('gives the public key and the shared secret that a generic Weierstrass curve gives', () => {
    for (let round = 0; round < 30; round += 1) expectTheReferenceAgrees(makeKeyPair(), makeKeyPair());
  });

  it('knows the sign of y on both sides of 8·G, at the ends of the scalar’s range too', () => {
    for (const lowest of [0x00, 0x08, 0xf0, 0xf8]) {
      for (const rest of [0x00, 0xff]) {
        const pair = makeKeyPair(() => Buffer.alloc(32, rest).fill(lowest, 0, 1));
        expectTheReferenceAgrees(pair, makeKeyPair());
      }
    }
  });

  it.each([
    ['x', 1],
    ['y', 33],
  ])('keeps leading zero bytes of %s', (_coordinate, offset) => {
    for (let round = 0; round < 3; round += 1) {
      const pair = searchPair(({ publicKey }) => publicKey[offset] === 0);
      const other = makeKeyPair();
      expect(pair.publicKey).toHaveLength(65);
      expectTheReferenceAgrees(pair, other);
      expectTheReferenceAgrees(other, pair);
    }
  });

  it('keeps leading zero bytes of the shared secret', () => {
    const peer = makeKeyPair();
    const own = searchPair((pair) => sharedSecret(pair, peer.publicKey)[0] === 0);
    expect(sharedSecret(own, peer.publicKey)).toHaveLength(32);
    expectTheReferenceAgrees(own, peer);
  });
});
