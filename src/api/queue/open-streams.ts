import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Problem } from '../problem.js';

/** A hospital with more boards reads one stream with its own server and passes it on. Of each key, in each process. */
const MOST_OF_A_KEY = 50;
/** A board that has gone to sleep must not fill our memory. */
const MOST_UNREAD_BYTES = 1_000_000;
/** Who does not read does not see the end either. */
const MAY_READ_ON_MS = 5_000;

/** Streams of server-sent events: so many of a key at most, and none outlives its reader or its end. */
@Injectable()
export class OpenStreams {
  private readonly ofKey = new Map<string, number>();

  /**
   * Counts it until it is closed. False: the client went away while we looked, and nobody would be told of it again.
   * @throws Problem 429, before anything is written
   */
  open(keyId: string, response: ServerResponse): boolean {
    if (response.destroyed || response.socket?.destroyed === true) return false;
    const count = this.ofKey.get(keyId) ?? 0;
    if (count >= MOST_OF_A_KEY) throw tooMany();
    this.ofKey.set(keyId, count + 1);
    response.on('error', () => undefined); // its end is told by 'close'
    response.once('close', () => this.release(keyId));
    return true;
  }

  private release(keyId: string): void {
    const left = (this.ofKey.get(keyId) ?? 1) - 1;
    if (left > 0) this.ofKey.set(keyId, left);
    else this.ofKey.delete(keyId);
  }
}

export function writeTo(response: ServerResponse, text: string): void {
  if (response.writableEnded || response.destroyed) return;
  if (response.writableLength > MOST_UNREAD_BYTES) {
    response.destroy();
    return;
  }
  response.write(text);
}

/** After what was written; cut off when that is not read. */
export function endSoon(response: ServerResponse, mayReadOnMs = MAY_READ_ON_MS): void {
  if (response.destroyed) return;
  response.end();
  const cut = setTimeout(() => response.destroy(), mayReadOnMs).unref();
  response.once('close', () => clearTimeout(cut));
}

const tooMany = (): Problem =>
  new Problem(
    429,
    'streams-too-many',
    `This API key watches ${MOST_OF_A_KEY} streams already; close some, or read one with your server and pass it on to your boards`,
  );
