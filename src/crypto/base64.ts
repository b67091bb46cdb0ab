/**
 * Base64 as peers really send it: standard or url alphabet, with or without padding, broken into lines or not.
 * Undefined when it is not base64 at all, which Node's own decoder would pass over in silence.
 * Source: ABDM M2 notes, crypto interop ("decode leniently").
 */
export function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_\-=\s]*$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64');
}

/** The same bytes seen as a Buffer, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
