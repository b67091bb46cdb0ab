import type { Figure } from './figure.js';
import { manyVisits } from './many-visits.js';
import { expectNoViolations, linkAll, onStage, POSTS_AT_ONCE, residentMegabytes } from './stage-visits.js';

const VISITS = 1_500;
const LIMIT_PER_SECOND = 50;
const LIMIT_RSS_MB = 300;

/** Visits from the hospital's POST to linked, one adapter process, the simulator's delays at 0, database on this machine. */
export async function benchVisits(): Promise<Figure[]> {
  return onStage(await manyVisits(VISITS), async (stage, feed) => {
    const perSecond = VISITS / ((await linkAll(stage, feed)) / 1000);
    await expectNoViolations(stage);
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
  });
}
