import { DeskApi } from '../demo/desk-api.js';
import type { Figure } from './figure.js';
import { manyVisits } from './many-visits.js';
import { expectNoViolations, onStage } from './stage-visits.js';

const SHARES = 1_000;
const PER_SECOND = 50;
const LIMIT_PER_SECOND = 0.95 * PER_SECOND;
const COUNTERS = 6;
/** ABDM's is 30 s; who stands at a counter looks at her phone for less. */
const LIMIT_P99_MS = 2_000;

/** People scan counters' codes at a steady rate; from ABDM's callback to our on-share, with the simulator's delays at 0. */
export async function benchShares(): Promise<Figure[]> {
  return onStage(await manyVisits(1), async (stage, feed) => {
    const desk = new DeskApi(stage.adapterUrl, stage.keys.get(feed.facilities[0]?.hfrId ?? '') ?? '');
    const qrs: string[] = [];
    for (let n = 1; n <= COUNTERS; n += 1) {
      const made = await desk.post('/api/v1/counters', { code: `OPD${n}`, name: `OPD counter ${n}` });
      qrs.push((made as { scanUrl: string }).scanUrl);
    }
    await stage.abdm.crowdScans({ qrs, people: 100, perSecond: PER_SECOND }); // warm
    const crowd = await stage.abdm.crowdScans({ qrs, people: SHARES, perSecond: PER_SECOND });
    await expectNoViolations(stage);
    if (crowd.answered !== SHARES) throw new Error(`${crowd.answered} of ${SHARES} shares were answered`);
    const perSecond = SHARES / (crowd.tookMs / 1000);
    const p99 = crowd.p99Ms ?? Infinity;
    return [
      {
        name: `shares at ${PER_SECOND}/s at ${COUNTERS} counters, each answered with its token (${SHARES})`,
        measured: `${perSecond.toFixed(1)}/s, callback to on-share p50 ${crowd.medianMs} ms, p99 ${p99} ms`,
        limit: `at least ${LIMIT_PER_SECOND}/s, p99 under ${LIMIT_P99_MS} ms`,
        holds: perSecond >= LIMIT_PER_SECOND && p99 < LIMIT_P99_MS,
      },
    ];
  });
}
