import type { KeyObject } from 'node:crypto';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { assertLength } from './assert-length.js';
import { asBuffer, encodeBase64 } from './base64.js';
import { negate, readMontgomeryU, recoverV, writeWeierstrassPoint } from './curve25519.js';
import { Unprintable } from './unprintable.js';

/** Where random bytes come from; tests and vectors pin it. */
export type RandomSource = (size: number) => Uint8Array;

/** Our half of one exchange of keys. Prints `[key]`. Made by `makeKeyPair`, or `restoreKeyPair` after a restart. */
export class KeyPair extends Unprintable {
  readonly #privateKey: KeyObject;
  /** `04 ‖ x ‖ y`, 65 bytes, short-Weierstrass: what `dhPublicKey.keyValue` carries in base64. */
  readonly publicKey: Uint8Array;

  constructor(privateKey: KeyObject, publicKey: Uint8Array) {
    super();
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
  }

  get publicKeyBase64(): string {
    return encodeBase64(this.publicKey);
  }

  /** For X25519 inside this folder. A KeyObject prints no key bytes either. */
  get privateKey(): KeyObject {
    return this.#privateKey;
  }

  /** 32 bytes, big endian: only for sealing until the peer's pages have come, then `restoreKeyPair`. */
  exportPrivateKeyToSealIt(): Buffer {
    return Buffer.from(this.#privateKey.export({ format: 'jwk' }).d ?? '', 'base64url').reverse();
  }
}

/** What one side brings to a transfer. Used for one entry only, as sender: see `encryptEntry`. */
export interface KeyMaterial {
  readonly keyPair: KeyPair;
  /** 32 bytes. */
  readonly nonce: Uint8Array;
}

/** A fresh pair and nonce. */
export function makeKeyMaterial(random: RandomSource = randomBytes): KeyMaterial {
  return { keyPair: makeKeyPair(random), nonce: makeNonce(random) };
}

/** 32 random bytes. */
export function makeNonce(random: RandomSource = randomBytes): Uint8Array {
  const nonce = random(32);
  assertLength('nonce', nonce, 32);
  return nonce;
}

/** A fresh key pair; the scalar is clamped as RFC 7748 section 5 says. */
export function makeKeyPair(random: RandomSource = randomBytes): KeyPair {
  const scalar = Buffer.from(random(32));
  assertLength('private key', scalar, 32);
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  return keyPairOf(scalar);
}

/**
 * The pair whose private key was exported before.
 * @throws RangeError when it is not 32 bytes, or not clamped: OpenSSL would clamp it in silence and mean another key
 */
export function restoreKeyPair(privateKeyBigEndian: Uint8Array): KeyPair {
  assertLength('private key', privateKeyBigEndian, 32);
  const scalar = Buffer.from(privateKeyBigEndian).reverse();
  const lowest = scalar[0] ?? 0;
  const highest = scalar[31] ?? 0;
  if ((lowest & 0x07) !== 0 || (highest & 0xc0) !== 0x40) {
    throw new RangeError('private key is not a clamped X25519 scalar; was it stored little endian?');
  }
  return keyPairOf(scalar);
}

/**
 * X25519 gives u only. A second X25519, on the scalar with bit 3 flipped, gives u of P ± 8·G, from which v follows.
 * Flipping (rather than adding 8) keeps the scalar clamped and never carries; the old bit says which sign it was.
 */
function keyPairOf(scalar: Buffer): KeyPair {
  const neighbour = Buffer.from(scalar);
  neighbour[0] = (scalar[0] ?? 0) ^ 8;
  const wasAdded = ((scalar[0] ?? 0) & 8) === 0;

  const privateKey = importScalar(scalar);
  const u = publicU(privateKey);
  const v = recoverV(u, publicU(importScalar(neighbour)));
  return new KeyPair(privateKey, writeWeierstrassPoint({ u, v: wasAdded ? v : negate(v) }));
}

/** As JWK: about 20 µs, where PKCS8 goes through OpenSSL's decoders for about 400. OpenSSL works out x by itself. */
function importScalar(scalar: Uint8Array): KeyObject {
  const d = asBuffer(scalar).toString('base64url');
  return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d, x: d }, format: 'jwk' });
}

function publicU(privateKey: KeyObject): bigint {
  return readMontgomeryU(Buffer.from(privateKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
}
