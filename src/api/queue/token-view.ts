import type { QueuedToken } from '../../flows/scan-and-share/queue-list.js';
import type { QueueTokenView } from './queue.dto.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const tokenView = (token: QueuedToken): QueueTokenView => ({
  ...token,
  issuedAt: token.issuedAt.toISOString(),
  validUntil: token.validUntil.toISOString(),
  calledAt: iso(token.calledAt),
  lastCalledAt: iso(token.lastCalledAt),
  skippedAt: iso(token.skippedAt),
  cameBackAt: iso(token.cameBackAt),
  endedAt: iso(token.endedAt),
});
