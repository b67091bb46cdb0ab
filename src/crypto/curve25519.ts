/**
 * Curve25519 in the two forms that meet here. ABDM's Fidelius (Bouncy Castle) sends points in short-Weierstrass form
 * (x, y); OpenSSL calculates in Montgomery form (u, v) with v² = u³ + A·u² + u. They are one curve, moved sideways:
 *
 *   u = x − A/3,  v = y    (mod p = 2²⁵⁵ − 19, A = 486662)
 *
 * Only public numbers and the agreed x pass through the BigInt arithmetic below; the scalar stays in OpenSSL.
 */
const P = 2n ** 255n - 19n;
const A = 486662n;
/** A/3 mod p. */
const SHIFT = 0x2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad2451n;

/** D = 8·G in Montgomery form, and 1/(2·v_D) mod p. The test derives all three from the base point. */
export const D = {
  u: 0x275fa6d7aad65c2dd83b884dc8b65ca17a78edcaad74a91ef1716fed48c99968n,
  v: 0x1f7a44457046c61b7230bb96bf994f73b0b863988f3a6e063ad69291608d78d5n,
  inverseOf2v: 0x2aceba1e39c6da63aa9a4d3343c8f2500c3588fb5de0d1ca05c4592da0bc4570n,
} as const;

export interface MontgomeryPoint {
  readonly u: bigint;
  readonly v: bigint;
}

/**
 * The v of P = k·G, from u(P) and u(P + D): Okeya and Sakurai's recovery, which needs no square root (about 200 µs in
 * BigInt) and no inversion, as D is fixed. With `u(P − D)` instead, the answer is −v.
 * Source: Okeya, Sakurai, "Efficient elliptic curve cryptosystems from a scalar multiplication algorithm with recovery
 * of the y-coordinate on a Montgomery-form elliptic curve", CHES 2001.
 */
export function recoverV(u: bigint, uOfSum: bigint): bigint {
  const difference = u - D.u;
  const numerator = (u * D.u + 1n) * (u + D.u + 2n * A) - 2n * A - ((difference * difference) % P) * uOfSum;
  return modulo(modulo(numerator) * D.inverseOf2v);
}

export function negate(v: bigint): bigint {
  return modulo(-v);
}

export function isOnCurve({ u, v }: MontgomeryPoint): boolean {
  return modulo(v * v - (((u + A) * u + 1n) % P) * u) === 0n;
}

/** Undefined unless the bytes are `04 ‖ x ‖ y` with both coordinates below p. The point may still lie off the curve. */
export function readWeierstrassPoint(bytes: Buffer): MontgomeryPoint | undefined {
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  const x = BigInt(`0x${bytes.toString('hex', 1, 33)}`);
  const v = BigInt(`0x${bytes.toString('hex', 33, 65)}`);
  return x < P && v < P ? { u: modulo(x - SHIFT), v } : undefined;
}

/** `04 ‖ x ‖ y`, 65 bytes whatever the coordinates begin with. */
export function writeWeierstrassPoint({ u, v }: MontgomeryPoint): Buffer {
  return Buffer.from(`04${hex32(weierstrassX(u))}${hex32(v)}`, 'hex');
}

/** The x of a shared point as 32 big-endian bytes: peers that strip leading zeros fail on 1 message in 128. */
export function writeWeierstrassX(u: bigint): Buffer {
  return Buffer.from(hex32(weierstrassX(u)), 'hex');
}

/** RFC 7748 writes u as 32 little-endian bytes. */
export function readMontgomeryU(littleEndian: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(littleEndian).reverse().toString('hex')}`);
}

export function writeMontgomeryU(u: bigint): Buffer {
  return Buffer.from(hex32(u), 'hex').reverse();
}

function weierstrassX(u: bigint): bigint {
  return modulo(u + SHIFT);
}

function hex32(value: bigint): string {
  return value.toString(16).padStart(64, '0');
}

function modulo(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}
