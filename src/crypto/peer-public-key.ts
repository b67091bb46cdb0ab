import { asBuffer, decodeBase64 } from './base64.js';
import type { MontgomeryPoint } from './curve25519.js';
import { isOnCurve, readWeierstrassPoint } from './curve25519.js';

const POINT_BYTES = 65;
const NONCE_BYTES = 32;

/** The other side's key material cannot be used. Their doing: sending again the same way will not help. */
export class UnusablePeerKey extends Error {
  override readonly name = 'UnusablePeerKey';
}

/**
 * The peer's public key as it came in `dhPublicKey.keyValue`.
 * @returns the bytes, a raw point or a SubjectPublicKeyInfo; `peerPoint` looks inside
 * @throws UnusablePeerKey when it is not base64
 */
export function decodePeerPublicKey(base64: string): Buffer {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw new UnusablePeerKey('The peer’s public key is not base64; ask them for a new one');
  return bytes;
}

/**
 * The peer's nonce as it came in `keyMaterial.nonce`.
 * @throws UnusablePeerKey when it is not base64 or not 32 bytes
 */
export function decodePeerNonce(base64: string): Buffer {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw new UnusablePeerKey('The peer’s nonce is not base64; ask them for a new one');
  if (bytes.length !== NONCE_BYTES) {
    throw new UnusablePeerKey(`The peer’s nonce is ${bytes.length} bytes long; it must be ${NONCE_BYTES} bytes`);
  }
  return bytes;
}

/**
 * The point inside a peer's public key, checked to lie on the curve: OpenSSL would take any u, also one of the twist.
 * A SubjectPublicKeyInfo (named curve or explicit parameters, both are seen) ends in the 65 bytes of the point.
 * @throws UnusablePeerKey
 */
export function peerPoint(publicKey: Uint8Array): MontgomeryPoint {
  const point = readWeierstrassPoint(pointBytes(asBuffer(publicKey)));
  if (point === undefined) {
    throw new UnusablePeerKey('The peer’s public key is not an uncompressed point (04, x, y); ask them for a new one');
  }
  if (!isOnCurve(point)) {
    throw new UnusablePeerKey('The peer’s public key is not on Curve25519 in Weierstrass form; ask them for a new one');
  }
  return point;
}

function pointBytes(publicKey: Buffer): Buffer {
  if (publicKey.length === POINT_BYTES) return publicKey;
  const isSequence = publicKey[0] === 0x30;
  if (isSequence && publicKey.length > POINT_BYTES) return publicKey.subarray(-POINT_BYTES);
  throw new UnusablePeerKey(
    `The peer’s public key is ${publicKey.length} bytes long; it must be ${POINT_BYTES} bytes, or a SubjectPublicKeyInfo`,
  );
}
