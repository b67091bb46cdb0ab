import type { HttpAnswer } from '../client/http-client.js';
import { AbhaServiceError } from './abha-service-error.js';
import type { ServedFile } from './answers.js';

const TYPES: readonly (readonly [type: ServedFile['contentType'], beginning: Buffer])[] = [
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['application/pdf', Buffer.from('%PDF')],
];

/**
 * A card or QR. The media type is not published: the bytes decide, since the header may say no more than octet-stream;
 * and anything but a picture or PDF (a page of HTML from a proxy, say) goes to no desk.
 */
export function servedFile({ status, body }: HttpAnswer): ServedFile {
  const file = Buffer.isBuffer(body) ? recognisedFile(body) : undefined;
  if (file === undefined) throw new AbhaServiceError('unreadable', { status });
  return file;
}

/** A picture or PDF by its first bytes; undefined: something else, or nothing. */
export function recognisedFile(bytes: Buffer): ServedFile | undefined {
  const [contentType] = TYPES.find(([, beginning]) => bytes.subarray(0, beginning.length).equals(beginning)) ?? [];
  return contentType === undefined ? undefined : { contentType, bytes };
}
