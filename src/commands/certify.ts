import 'reflect-metadata';
import { readConfig } from '../support/config.js';
import { CERTIFY_USAGE, readOptions, type CertifyOptions } from './certify/options.js';
import { reportOf, verdictTable, writeReport } from './certify/report.js';
import { play } from './certify/runner.js';
import { scenesOf } from './certify/scenes/index.js';
import { ownTheatre, theatreOf } from './certify/theatre.js';

const say = (text: string): void => console.log(text);

/** @returns whether no mandatory case failed */
async function certify({ out, patienceMs, milestones, against }: CertifyOptions): Promise<boolean> {
  say(
    against === undefined
      ? 'Starting PostgreSQL, the ABDM simulator and the adapter …'
      : 'Starting the ABDM simulator …',
  );
  const theatre = against === undefined ? await ownTheatre(patienceMs) : await theatreOf(against, patienceMs, say);
  try {
    const startedAt = new Date();
    say('Playing the cases …');
    const cases = await play(theatre, scenesOf(milestones), say, milestones);
    const about = against === undefined ? 'this adapter' : `${against.hipId} at ${new URL(against.hipUrl).origin}`;
    const report = reportOf(cases, about, startedAt, new Date());
    say(verdictTable(report));
    for (const path of await writeReport(out, report)) say(`  ${path}`);
    return report.failedMandatory.length === 0;
  } finally {
    await theatre.close();
  }
}

try {
  const { ABDM_CLIENT_ID: id, ABDM_CLIENT_SECRET: secret } = readConfig(process.env);
  const options = readOptions(process.argv.slice(2), { id, secret });
  if (options === 'help') say(CERTIFY_USAGE);
  else process.exitCode = (await certify(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The certification run ended in a fault');
  console.error(`\n${CERTIFY_USAGE}`);
  process.exitCode = 1;
}
