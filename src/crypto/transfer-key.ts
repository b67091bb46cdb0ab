import { createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { assertLength } from './assert-length.js';
import { readMontgomeryU, writeMontgomeryU, writeWeierstrassX } from './curve25519.js';
import type { KeyPair } from './key-material.js';
import { peerPoint, UnusablePeerKey } from './peer-public-key.js';
import { Unprintable } from './unprintable.js';

/** AES-256-GCM key (32 bytes) and IV (12 bytes) of one entry. Prints `[key]`. */
export class TransferKey extends Unprintable {
  readonly #key: Uint8Array;
  readonly iv: Uint8Array;

  constructor(key: Uint8Array, iv: Uint8Array) {
    super();
    this.#key = key;
    this.iv = iv;
  }

  get key(): Uint8Array {
    return this.#key;
  }
}

/**
 * The x coordinate, in Weierstrass form, of the point both sides arrive at: 32 bytes, leading zeros kept.
 * @param peerPublicKey 65-byte point or SubjectPublicKeyInfo
 * @throws UnusablePeerKey when it is neither, off the curve, or of so small an order that the secret is zero
 */
export function sharedSecret(own: KeyPair, peerPublicKey: Uint8Array): Buffer {
  const { u } = peerPoint(peerPublicKey);
  const x = writeMontgomeryU(u).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
  return writeWeierstrassX(agree(own, publicKey));
}

/**
 * The key for one health-information entry: the two 32-byte nonces are XORed,
 * the first 20 bytes salt the HKDF, the last 12 are the GCM IV.
 * Source: test/vectors (Fidelius, HKDF-SHA256, AES-256-GCM).
 * @throws RangeError when secret or nonce is not 32 bytes
 */
export function transferKey(secret: Uint8Array, ownNonce: Uint8Array, peerNonce: Uint8Array): TransferKey {
  assertLength('shared secret', secret, 32);
  assertLength('own nonce', ownNonce, 32);
  assertLength('peer nonce', peerNonce, 32);
  const mixed = Buffer.from(ownNonce.map((byte, i) => byte ^ (peerNonce[i] ?? 0)));
  const key = hkdfSync('sha256', secret, mixed.subarray(0, 20), '', 32);
  return new TransferKey(new Uint8Array(key), mixed.subarray(20));
}

function agree(own: KeyPair, publicKey: ReturnType<typeof createPublicKey>): bigint {
  const secret = attempt(() => diffieHellman({ privateKey: own.privateKey, publicKey }));
  const u = secret === undefined ? 0n : readMontgomeryU(secret);
  if (u === 0n) throw new UnusablePeerKey('The peer’s public key leads to a zero secret; ask them for a new one');
  return u;
}

/** OpenSSL 3 refuses a zero secret itself, with an error that says nothing. */
function attempt(calculate: () => Buffer): Buffer | undefined {
  try {
    return calculate();
  } catch {
    return undefined;
  }
}
