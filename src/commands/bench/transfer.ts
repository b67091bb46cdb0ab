import type { SimulatedTransfer } from '../demo/abdm.js';
import type { Stage } from '../demo/stage.js';
import type { Figure } from './figure.js';
import { visitsOfOnePatient } from './many-visits.js';
import { expectNoViolations, linkAll, onStage, residentMegabytes } from './stage-visits.js';

const CONTEXTS = 1_000;
const LIMIT_RSS_MB = 300;
/** ABDM's own limit for a transfer. */
const LIMIT_SECONDS = 20 * 60;
const LOOK_EVERY_MS = 250;

/** One patient's app takes everything of 1,000 visits in one transfer; the HIU is the simulator, on the same machine. */
export async function benchTransfer(): Promise<Figure[]> {
  return onStage(await visitsOfOnePatient(CONTEXTS), async (stage, feed) => {
    await linkAll(stage, feed);
    const [link] = await stage.abdm.links();
    if (link === undefined) throw new Error('Nothing is linked');
    const before = await residentMegabytes(stage);
    const startedAt = performance.now();
    const { transfer, peak } = await taken(stage, link.abhaAddress);
    const seconds = (performance.now() - startedAt) / 1000;
    await expectNoViolations(stage);
    const contexts = new Set(transfer.entries.map(({ careContextReference }) => careContextReference)).size;
    const isWhole = transfer.state === 'transferred' && contexts === CONTEXTS;
    if (!isWhole) throw new Error(`The transfer is ${transfer.state}, with ${contexts} of ${CONTEXTS} care contexts`);
    return [
      {
        name: `one transfer of ${CONTEXTS} care contexts (${transfer.entries.length} records)`,
        measured: `${seconds.toFixed(1)} s`,
        limit: `under ${LIMIT_SECONDS} s`,
        holds: seconds < LIMIT_SECONDS,
      },
      {
        name: `resident memory of the adapter meanwhile (${before.toFixed(0)} MB before)`,
        measured: `at most ${peak.toFixed(0)} MB`,
        limit: `under ${LIMIT_RSS_MB} MB`,
        holds: peak < LIMIT_RSS_MB,
      },
    ];
  });
}

async function taken(stage: Stage, abhaAddress: string): Promise<{ transfer: SimulatedTransfer; peak: number }> {
  const [asked] = await stage.abdm.pull(abhaAddress);
  if (asked === undefined) throw new Error('The patient’s app asked for nothing');
  for (let peak = 0; ; await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))) {
    peak = Math.max(peak, await residentMegabytes(stage));
    // The simulator's answer holds every record: it is fetched whole only when the state says so.
    const state = await stage.abdm.transferState(asked);
    if (state === 'transferred' || state === 'failed' || state === 'refused')
      return { transfer: await stage.abdm.transfer(asked.transactionId), peak };
  }
}
