import { createHash } from 'node:crypto';

/** Who gets the records, as far as somebody says so. */
export interface Receiver {
  /** The HIU the consent names. */
  readonly receiver?: string | undefined;
  /** The HIU the caller says it is. */
  readonly hiuId?: string | undefined;
  readonly dataPushUrl: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The lane a transfer goes out in: its jobs, and those of all others in it, run one after another. A receiver has a fixed
 * number of lanes, so a slow one holds no more workers, however much is asked in its name; and all jobs of one transfer share a
 * lane, so that no two work on it at the same time.
 *
 * The receiver is the HIU of the consent, since it may name as many addresses as it likes; where nobody says which HIU it is,
 * the origin of its address.
 */
export function laneOf(transferId: string, request: Receiver, lanes: number): string {
  const receiver = request.receiver ?? request.hiuId ?? new URL(request.dataPushUrl).origin;
  return `push:${digest(receiver).toString('base64url').slice(0, 16)}:${digest(transferId).readUInt32BE() % lanes}`;
}
