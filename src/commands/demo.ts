import 'reflect-metadata';
import { loadMapping } from '../hospital/mapping.js';
import { createHospitalReader } from '../hospital/reader.js';
import { projectFile } from '../support/project-file.js';
import { readFeed } from './demo/feed.js';
import { postTheDay } from './demo/hospital-day.js';
import { DEMO_USAGE, readOptions, type DemoOptions } from './demo/options.js';
import { openTheDay, SCANS } from './demo/morning.js';
import { opdReport, type DayInTheReport } from './demo/opd-report.js';
import { pullEverything, revocationHolds } from './demo/patients-apps.js';
import { reportOf, type Report } from './demo/report.js';
import { setStage, type Stage } from './demo/stage.js';
import { countVisits, underWay } from './demo/visit-counts.js';

/** NHA's gateway calls back after 0.2 to 2 seconds. */
const CALLBACK_DELAY_MS = '200-2000';
const LINKED_WITHIN_MS = 120_000;

const say = (text: string): void => console.log(text);

async function demo(options: DemoOptions): Promise<boolean> {
  const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  const feed = await readFeed(options.feed, hospital);
  say(`A day of ${feed.lines.length} OPD visits at ${feed.facilities.length} facilities`);
  say('Starting PostgreSQL, the ABDM simulator and the adapter …');
  const stage = await setStage(feed, hospital, { callbackDelayMs: CALLBACK_DELAY_MS });
  let isKept = false;
  try {
    const report = await play(feed, stage, options);
    say(report.table);
    for (const problem of report.problems) say(`NOT AS IT SHOULD BE: ${problem}`);
    say(report.problems.length === 0 ? 'All as it should be.' : 'See above.');
    if (options.stays) {
      isKept = true;
      stay(stage);
    }
    return report.problems.length === 0;
  } finally {
    if (!isKept) await stage.clear();
  }
}

async function play(feed: Awaited<ReturnType<typeof readFeed>>, stage: Stage, options: DemoOptions): Promise<Report> {
  const openedAt = performance.now();
  say(`The counters open: ${SCANS} people scan the code on the wall …`);
  const morning = await openTheDay(feed, stage);
  say(`  ${morning.registered} registered and ${morning.called} called after ${seconds(openedAt)} s`);
  const startedAt = performance.now();
  say('The hospital closes its visits …');
  const posting = postTheDay(feed, stage);
  const crash = options.crashes ? crashInMidDay(stage) : Promise.resolve();
  const results = await posting;
  say(`  ${results.length} visits answered in ${seconds(startedAt)} s`);
  await crash;
  await untilNothingIsUnderWay(stage);
  const linkedSeconds = Number(seconds(startedAt));
  say('The patients’ apps ask for their records, with consent …');
  const pull = await pullEverything(stage, options.out);
  say('One patient grants, takes, revokes, and is asked again …');
  const isRevocationKept = await revocationHolds(stage);
  const links = await stage.abdm.links();
  const opdReports = await reports(stage);
  const violations = await stage.abdm.violations();
  return reportOf({
    morning,
    opdReports,
    lines: feed.lines.length,
    results,
    counts: await countVisits(stage.database.db),
    linkedTwice: links.filter((link) => link.timesLinked > 1).length,
    linksAtAbdm: links.length,
    pull,
    isRevocationKept,
    violations: options.crashes ? violations.filter((violation) => !isResendAfterCrash(violation)) : violations,
    linkedSeconds,
    seconds: Number(seconds(openedAt)),
  });
}

/** Of today, when people came to the counters, and of the day most of the visits are of. */
async function reports(stage: Stage): Promise<readonly DayInTheReport[]> {
  const days: { day: string }[] = await stage.database.db.query(
    `(SELECT day::text FROM queue_token GROUP BY day ORDER BY count(*) DESC LIMIT 1)
     UNION ALL (SELECT day::text FROM visit GROUP BY day ORDER BY count(*) DESC LIMIT 1)`,
  );
  return Promise.all(days.map(({ day }) => opdReport(stage, day)));
}

/** A message that was sent in the moment of the power cut, and not yet noted as sent, is sent once more: ABDM refuses it. */
const isResendAfterCrash = ({ rule }: { rule: string }): boolean => rule === 'answered-twice';

async function crashInMidDay(stage: Stage): Promise<void> {
  for (;;) {
    const { byState } = await countVisits(stage.database.db);
    if ((byState.linked ?? 0) >= 20) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  say('  power cut: the adapter is killed, and started again …');
  await stage.crashAdapter();
}

async function untilNothingIsUnderWay(stage: Stage): Promise<void> {
  const giveUpAt = Date.now() + LINKED_WITHIN_MS;
  for (let round = 0; ; round++) {
    const counts = await countVisits(stage.database.db);
    if (round % 8 === 0 || underWay(counts) === 0) {
      const { linked = 0, 'waiting-for-abha': waiting = 0 } = counts.byState;
      say(`  linked ${linked}, waiting for ABHA ${waiting}, under way ${underWay(counts)}`);
    }
    if (underWay(counts) === 0) return;
    if (Date.now() > giveUpAt) return; // the report says which are missing
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function stay(stage: Stage): void {
  say('\nEverything stays up until Ctrl-C:');
  say(`  adapter    ${stage.adapterUrl}/docs`);
  say(`  simulator  ${stage.abdm.url}/simulator/links`);
  for (const [hfrId, key] of stage.keys) say(`  X-API-Key of ${hfrId}: ${key}`);
  const abdm = `${stage.abdm.url}/simulator`;
  say('A patient links her visits herself, with her app and the code that comes to her mobile:');
  say(`  POST ${abdm}/patients/ABHA-ADDRESS/discover {"hipId": "IN…"}, then`);
  say(`  POST ${abdm}/discoveries/TRANSACTION-ID/init {}`);
  say(`  GET  ${abdm}/phones/MOBILE/messages`);
  say(`  POST ${abdm}/discoveries/TRANSACTION-ID/confirm {"token": "CODE"}`);
  say('  With curl, for a patient of this day: README, "Run it in five minutes"');
  const end = (): void => void stage.clear().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(DEMO_USAGE);
  else process.exitCode = (await demo(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The demo ended in a fault');
  console.error(`\n${DEMO_USAGE}`);
  process.exitCode = 1;
}
