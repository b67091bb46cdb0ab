import { PROTOCOL, type Exchange, type ExchangeName } from '../abdm/protocol.js';
import { URGENT } from '../jobs/job-queue.js';

/**
 * What ABDM waits for only so long goes before all other jobs: a patient must not wait behind a day's backlog, and who takes
 * her consent back is heeded first of all.
 */
const URGENT_SECONDS = 60;
/** ABDM waits longer for its answer, but from now on nothing may go out under that address. */
const ENDS_CONSENTS: ReadonlySet<string> = new Set<ExchangeName>(['patient.status']);

/** For the job that handles a message, or sends it. */
export function priorityOf(name: ExchangeName | 'unknown'): number {
  if (name === 'unknown') return 0;
  const { starts, waitSeconds = Infinity }: Exchange = PROTOCOL[name];
  const isUrgent = starts === 'abdm' && (waitSeconds <= URGENT_SECONDS || ENDS_CONSENTS.has(name));
  return isUrgent ? URGENT : 0;
}
