import { PROTOCOL, type Exchange, type ExchangeName } from '../abdm/protocol.js';
import { URGENT } from '../jobs/job-queue.js';

/** What ABDM waits for only so long goes before all other jobs: a patient must not wait behind a day's backlog. */
const URGENT_SECONDS = 30;

/** For the job that handles a message, or sends it. */
export function priorityOf(name: ExchangeName | 'unknown'): number {
  if (name === 'unknown') return 0;
  const { starts, waitSeconds = Infinity }: Exchange = PROTOCOL[name];
  return starts === 'abdm' && waitSeconds <= URGENT_SECONDS ? URGENT : 0;
}
