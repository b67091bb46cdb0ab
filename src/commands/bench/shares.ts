import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import { projectFile } from '../../support/project-file.js';
import { DeskApi } from '../demo/desk-api.js';
import { readFeed } from '../demo/feed.js';
import { setStage } from '../demo/stage.js';
import type { Figure } from './figure.js';

const SHARES = 1_000;
const PER_SECOND = 50;
const COUNTERS = 6;
/** ABDM's is 30 s; who stands at a counter looks at her phone for less. */
const LIMIT_P99_MS = 2_000;

/** People scan counters' codes at a steady rate; from ABDM's callback to our on-share, with the simulator's delays at 0. */
export async function benchShares(): Promise<Figure[]> {
  const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  const feed = await readFeed(projectFile('config/demo/opd-day.ndjson'), hospital);
  const stage = await setStage(feed, hospital, { callbackDelayMs: '0-0' });
  try {
    const desk = new DeskApi(stage.adapterUrl, stage.keys.get(feed.facilities[0]?.hfrId ?? '') ?? '');
    const qrs: string[] = [];
    for (let n = 1; n <= COUNTERS; n += 1) {
      const made = await desk.post('/api/v1/counters', { code: `OPD${n}`, name: `OPD counter ${n}` });
      qrs.push((made as { scanUrl: string }).scanUrl);
    }
    await stage.abdm.crowdScans({ qrs, people: 100, perSecond: PER_SECOND }); // warm
    const crowd = await stage.abdm.crowdScans({ qrs, people: SHARES, perSecond: PER_SECOND });
    const violations = await stage.abdm.violations();
    if (violations.length > 0) throw new Error(`The simulator saw a violation: ${violations[0]?.rule ?? ''}`);
    if (crowd.answered !== SHARES) throw new Error(`${crowd.answered} of ${SHARES} shares were answered`);
    const perSecond = SHARES / (crowd.tookMs / 1000);
    const p99 = crowd.p99Ms ?? Infinity;
    return [
      {
        name: `shares at a steady ${PER_SECOND}/s at ${COUNTERS} counters, each with its token (${SHARES})`,
        measured: `${perSecond.toFixed(1)}/s, callback to on-share p50 ${crowd.medianMs} ms, p99 ${p99} ms`,
        limit: `at least ${(0.95 * PER_SECOND).toFixed(0)}/s, p99 under ${LIMIT_P99_MS} ms`,
        holds: perSecond >= 0.95 * PER_SECOND && p99 < LIMIT_P99_MS,
      },
    ];
  } finally {
    await stage.clear();
  }
}
