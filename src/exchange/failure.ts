import type { Meaning } from '../abdm/error-meaning.js';

/** Why one of our messages did not lead to what it asked for. */
export interface Failure {
  /** `refused`: ABDM said no. `no-reply`: silence past the wait. `fault`: our own, after the last attempt. */
  readonly kind: 'refused' | 'no-reply' | 'fault';
  /** ABDM's code, or empty. */
  readonly code: string;
  readonly meaning: Meaning;
}
