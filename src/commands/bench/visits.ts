import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import { projectFile } from '../../support/project-file.js';
import { readFeed, type Feed } from '../demo/feed.js';
import { setStage, type Stage } from '../demo/stage.js';
import { countVisits } from '../demo/visit-counts.js';
import type { Figure } from './figure.js';
import { manyVisits } from './many-visits.js';

const VISITS = 1_500;
const POSTS_AT_ONCE = 12;
const LIMIT_PER_SECOND = 50;
const LIMIT_RSS_MB = 300;

/** Visits from the hospital's POST to linked, one adapter process, the simulator's delays at 0, database on this machine. */
export async function benchVisits(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  await writeFile(join(folder, 'feed.ndjson'), (await manyVisits(VISITS)).join('\n'));
  const feed = await readFeed(join(folder, 'feed.ndjson'), hospital);
  const stage = await setStage(feed, hospital, { callbackDelayMs: '0-0' });
  try {
    const startedAt = performance.now();
    await postAll(feed, stage);
    while (((await countVisits(stage.database.db)).byState.linked ?? 0) < VISITS) {
      if (performance.now() - startedAt > 180_000) throw new Error('The visits were not linked within three minutes');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const perSecond = VISITS / ((performance.now() - startedAt) / 1000);
    const violations = await stage.abdm.violations();
    if (violations.length > 0)
      throw new Error(`The simulator saw ${violations.length} violations: ${violations[0]?.rule ?? ''}`);
    const rss = await residentMegabytes(stage);
    return [
      {
        name: `visits from POST to linked (${VISITS} patients, ${POSTS_AT_ONCE} posts at once)`,
        measured: `${perSecond.toFixed(1)}/s`,
        limit: `at least ${LIMIT_PER_SECOND}/s`,
        holds: perSecond >= LIMIT_PER_SECOND,
      },
      {
        name: 'resident memory of the adapter at the end',
        measured: `${rss.toFixed(0)} MB`,
        limit: `under ${LIMIT_RSS_MB} MB`,
        holds: rss < LIMIT_RSS_MB,
      },
    ];
  } finally {
    await stage.clear();
    await rm(folder, { recursive: true });
  }
}

async function postAll(feed: Feed, stage: Stage): Promise<void> {
  const waiting = feed.lines.map((line, index) => ({ line, hfrId: feed.facilityOfLine[index] ?? '' }));
  const poster = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const answer = await fetch(`${stage.adapterUrl}/api/v1/visits`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': stage.keys.get(next.hfrId) ?? '' },
        body: next.line,
      });
      await answer.arrayBuffer();
      if (answer.status !== 202) throw new Error(`A visit was answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: POSTS_AT_ONCE }, poster));
}

async function residentMegabytes(stage: Stage): Promise<number> {
  const metrics = await (await fetch(`${stage.adapterUrl}/metrics`)).text();
  return Number(/^adapter_rss_bytes (\d+)/m.exec(metrics)?.[1] ?? NaN) / 1024 / 1024;
}
