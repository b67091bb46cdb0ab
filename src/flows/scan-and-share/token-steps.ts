import type { TokenState } from '../../persistence/entities/queue.entity.js';

/** What a desk can do with a token. */
export type TokenAct = 'call-next' | 'call-again' | 'skip' | 'done' | 'left' | 'transfer';

/**
 *   waiting ─▶ called ─▶ done
 *      ▲          ├────▶ left: she was called and did not come, or went away
 *      └── skip ──┘         └▶ called again: she came back
 *
 * `done` is the end for a desk; a scan of the same code takes her back while her number is valid (`tokens.ts`). A token that
 * waits or is called can be given to another counter, where it waits.
 */
export const TOKEN_STEPS = {
  'call-next': { from: ['waiting'], to: 'called' },
  'call-again': { from: ['called', 'left'], to: 'called' },
  skip: { from: ['called'], to: 'waiting' },
  done: { from: ['called'], to: 'done' },
  left: { from: ['waiting', 'called'], to: 'left' },
  transfer: { from: ['waiting', 'called'], to: 'waiting' },
} as const satisfies Record<TokenAct, { readonly from: readonly TokenState[]; readonly to: TokenState }>;

/**
 * Behind so many of those who wait a skipped patient comes again. Not to the end: who was at the toilet, or let an old man
 * go first, must not lose a morning. Not next either: the desk would call into the void again and again.
 */
export const SKIPPED_BEHIND = 3;
