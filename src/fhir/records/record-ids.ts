import { createHash } from 'node:crypto';

/** Ours, made once at random. Changing it would give every record already sent a second id. */
const NAMESPACE = Buffer.from('8d1f6c5e3b0a4f0d9a7e2c4b61d35f90', 'hex');

/**
 * UUID version 5 (RFC 9562): the same parts always give the same id, so a resend is a replacement.
 * The parts are joined as JSON, so that `a/b` + `c` and `a` + `b/c` stay two ids.
 */
export function uuidFrom(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Tells contents apart: equal JSON, equal fingerprint. */
export function fingerprint(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
