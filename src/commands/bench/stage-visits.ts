import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import { projectFile } from '../../support/project-file.js';
import { readFeed, type Feed } from '../demo/feed.js';
import { setStage, type Stage } from '../demo/stage.js';
import { countVisits } from '../demo/visit-counts.js';

export const POSTS_AT_ONCE = 12;
const LINKED_WITHIN_MS = 180_000;

/** The demo's programs with these visits as their day, and the simulator's delays at 0; cleared at the end. */
export async function onStage<T>(lines: readonly string[], work: (stage: Stage, feed: Feed) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
    await writeFile(join(folder, 'feed.ndjson'), lines.join('\n'));
    const feed = await readFeed(join(folder, 'feed.ndjson'), hospital);
    const stage = await setStage(feed, hospital, { callbackDelayMs: '0-0' });
    try {
      return await work(stage, feed);
    } finally {
      await stage.clear();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Posts every visit, and waits until all are linked. Milliseconds. */
export async function linkAll(stage: Stage, feed: Feed): Promise<number> {
  const startedAt = performance.now();
  await postAll(stage, feed);
  while (((await countVisits(stage.database.db)).byState.linked ?? 0) < feed.lines.length) {
    if (performance.now() - startedAt > LINKED_WITHIN_MS)
      throw new Error('The visits were not linked within three minutes');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - startedAt;
}

async function postAll(stage: Stage, feed: Feed): Promise<void> {
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

/** A bench that measured something wrong has measured nothing. */
export async function expectNoViolations(stage: Stage): Promise<void> {
  const violations = await stage.abdm.violations();
  if (violations.length > 0)
    throw new Error(`The simulator saw ${violations.length} violations: ${violations[0]?.rule ?? ''}`);
}

export async function residentMegabytes(stage: Stage): Promise<number> {
  const metrics = await (await fetch(`${stage.adapterUrl}/metrics`)).text();
  return Number(/^adapter_rss_bytes (\d+)/m.exec(metrics)?.[1] ?? NaN) / 1024 / 1024;
}
