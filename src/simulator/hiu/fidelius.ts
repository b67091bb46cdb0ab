import { createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { Field } from '@noble/curves/abstract/modular.js';

/**
 * Health-information decryption as another vendor's HIU does it, on purpose not sharing a line with `src/crypto`:
 * Bouncy Castle's curve25519, that is the curve in short-Weierstrass form, by plain curve arithmetic.
 * With A = 486662: x = u + A/3, y = v; a = (3 − A²)/3, b = (2A³ − 9A)/27.
 */
const p = 2n ** 255n - 19n;
const n = 2n ** 252n + 27742317777372353535851937790883648493n;
const A = 486662n;
const Fp = Field(p);
const third = Fp.inv(3n);
/** v of the base point u = 9. RFC 7748, section 4.1. */
const BASE_V = 14781619447589544791020593568409986887264606134616475288964881837755586237401n;

const Point = weierstrass({
  p,
  n,
  h: 8n,
  a: Fp.mul(Fp.create(3n - A * A), third),
  b: Fp.mul(Fp.create(2n * A ** 3n - 9n * A), Fp.inv(27n)),
  Gx: Fp.add(9n, Fp.mul(A, third)),
  Gy: BASE_V,
});

/** One request's key material. Big-endian scalar, 65-byte point, 32-byte nonce. */
export interface HiuKeys {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly nonce: Uint8Array;
}

export function freshKeys(): HiuKeys {
  const scalar = (toInteger(randomBytes(48)) % (n - 1n)) + 1n;
  return { privateKey: toBytes(scalar), publicKey: Point.BASE.multiply(scalar).toBytes(false), nonce: randomBytes(32) };
}

/** @throws Error when the point is not on the curve, or the tag does not fit */
export function decrypt(own: HiuKeys, peerPublicKey: Uint8Array, peerNonce: Uint8Array, sealed: Uint8Array): Buffer {
  return opener(own, peerPublicKey, peerNonce)(sealed);
}

/** The costly part once per page; the function it returns opens entries. */
export function opener(own: HiuKeys, peerPublicKey: Uint8Array, peerNonce: Uint8Array): (sealed: Uint8Array) => Buffer {
  if (peerNonce.length !== 32) throw new Error(`The nonce has ${peerNonce.length} bytes instead of 32.`);
  const mixed = own.nonce.map((byte, i) => byte ^ (peerNonce[i] ?? 0));
  const secret = sharedSecret(own.privateKey, peerPublicKey);
  const key = new Uint8Array(hkdfSync('sha256', secret, mixed.subarray(0, 20), '', 32));
  return (sealed) => {
    if (sealed.length < 16) throw new Error('The content is shorter than its tag.');
    const decipher = createDecipheriv('aes-256-gcm', key, mixed.subarray(20, 32), { authTagLength: 16 });
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  };
}

/** The x coordinate, 32 bytes. */
export function sharedSecret(privateKey: Uint8Array, peerPublicKey: Uint8Array): Uint8Array {
  // Both forms peers send, the bare point and SubjectPublicKeyInfo, end in the 65 bytes 04 || x || y.
  const peer = Point.fromBytes(peerPublicKey.slice(-65));
  return toBytes(peer.multiply(toInteger(privateKey) % n).toAffine().x);
}

/** OIDs 1.2.840.10045.2.1 (EC public key) and 1.3.6.1.4.1.3029.1.5.1 (curve25519), then the point as a bit string. */
const SPKI_HEAD = Buffer.from('305b301506072a8648ce3d0201060a2b060104019755010501034200', 'hex');

export function asSpki(publicKey: Uint8Array): Buffer {
  return Buffer.concat([SPKI_HEAD, publicKey]);
}

export function md5(plaintext: Uint8Array): string {
  return createHash('md5').update(plaintext).digest('hex');
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint): Uint8Array {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
}
