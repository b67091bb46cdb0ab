import { DeskApi } from './desk-api.js';
import type { CrowdSummary } from './abdm.js';
import type { Feed } from './feed.js';
import type { Stage } from './stage.js';

export const SCANS = 200;
const COUNTERS = 6;
/** A crowd at opening time. */
const SCANS_PER_SECOND = 40;
const CALLED_AT_EACH = 10;
const REGISTERED_AT_ONCE = 6;

export interface Counter {
  readonly hfrId: string;
  readonly code: string;
}

export interface Morning {
  readonly scans: CrowdSummary;
  readonly counters: readonly Counter[];
  readonly registered: number;
  readonly called: number;
}

interface QueuedToken {
  readonly id: string;
  readonly counter: string;
  readonly sharedProfileId: string;
}

/** Before the first visit: people scan the codes on the wall, get their numbers, are registered and called. */
export async function openTheDay(feed: Feed, stage: Stage): Promise<Morning> {
  const { counters, qrs } = await openCounters(feed, stage);
  const scans = await stage.abdm.crowdScans({ qrs, people: SCANS, perSecond: SCANS_PER_SECOND });
  let registered = 0;
  let called = 0;
  for (const hfrId of new Set(counters.map((counter) => counter.hfrId))) {
    const desk = new DeskApi(stage.adapterUrl, stage.keys.get(hfrId) ?? '');
    registered += await registerEverybody(desk, hfrId);
    for (const { code } of counters.filter((counter) => counter.hfrId === hfrId)) called += await callSome(desk, code);
  }
  return { scans, counters, registered, called };
}

async function openCounters(feed: Feed, stage: Stage): Promise<{ counters: Counter[]; qrs: string[] }> {
  const counters: Counter[] = [];
  const qrs: string[] = [];
  for (let n = 0; n < COUNTERS; n += 1) {
    const hfrId = feed.facilities[n % feed.facilities.length]?.hfrId;
    if (hfrId === undefined) break;
    const code = `OPD${Math.floor(n / feed.facilities.length) + 1}`;
    const desk = new DeskApi(stage.adapterUrl, stage.keys.get(hfrId) ?? '');
    const made = (await desk.post('/api/v1/counters', { code, name: `OPD counter ${code.slice(3)}` })) as {
      scanUrl: string;
    };
    counters.push({ hfrId, code });
    qrs.push(made.scanUrl);
  }
  return { counters, qrs };
}

/** The clerks know nobody of them: each is a new patient with a number of the hospital's. */
async function registerEverybody(desk: DeskApi, hfrId: string): Promise<number> {
  const { tokens } = (await desk.get('/api/v1/queue')) as { tokens: readonly QueuedToken[] };
  const waiting = tokens.map((token, index) => ({ token, uhid: `${hfrId.slice(-3)}-SCAN-${index + 1}` }));
  let registered = 0;
  const clerk = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { token, uhid } = next;
      const answer = (await desk.post('/api/v1/registrations', {
        uhid,
        sharedProfileId: token.sharedProfileId,
      })) as { state: string };
      if (answer.state === 'registered') registered += 1;
    }
  };
  await Promise.all(Array.from({ length: REGISTERED_AT_ONCE }, clerk));
  return registered;
}

async function callSome(desk: DeskApi, counter: string): Promise<number> {
  for (let called = 0; called < CALLED_AT_EACH; called += 1) {
    const { token } = (await desk.post('/api/v1/queue/call-next', { counter })) as { token: QueuedToken | null };
    if (token === null) return called;
    await desk.post(`/api/v1/queue/${token.id}/done`, {});
  }
  return CALLED_AT_EACH;
}
