import type { AbhaChannel } from '../../persistence/entities/abha-session.entity.js';

const MINUTE_MS = 60_000;

/** How long a session lasts: idle, and however busy. At a kiosk nobody sees that somebody else stands there by now. */
export const SESSION_LIFE = {
  desk: { idleMs: 30 * MINUTE_MS, longestMs: 120 * MINUTE_MS },
  kiosk: { idleMs: 3 * MINUTE_MS, longestMs: 15 * MINUTE_MS },
} as const satisfies Record<AbhaChannel, { readonly idleMs: number; readonly longestMs: number }>;

/** So long after she was verified, whoever asks for a change of her account is taken to be her. */
export const CHANGES_WITHIN_MS = 10 * MINUTE_MS;
