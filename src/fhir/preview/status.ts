import type { Html } from './html.js';
import { mark } from './pieces.js';
import type { Texts } from './texts.en.js';
import { said } from './words.js';

/** Statuses a reader must not overlook. */
const ALARMING = new Set(['entered-in-error', 'cancelled', 'stopped', 'aborted', 'revoked', 'refuted', 'not-done']);

/**
 * What a status changes for the reader; nothing for the usual ones (final, active, completed …).
 * @param code a status of any resource, or the code of a clinical or verification status
 */
export function statusMark(code: unknown, texts: Texts): Html | undefined {
  const status = said(code);
  if (status === undefined || !Object.hasOwn(texts.statuses, status)) return undefined;
  return mark(texts.statuses[status as keyof Texts['statuses']], ALARMING.has(status) ? 'alarm' : 'warn');
}
