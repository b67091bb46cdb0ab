import type { DataSource } from 'typeorm';
import { firstBrokenAuditRow } from '../persistence/audit.js';
import { databaseCommand } from './database-command.js';

const USAGE = `The audit: who saw whose record, row by row, each with the hash of the one before. First: npm run build

  npm run audit -- verify   recomputes the whole chain; ends with 1 when a row was changed, taken out or put in

Rows cut off at the end leave a shorter chain that is whole: keep the last hash elsewhere, and compare.`;

process.exitCode = await databaseCommand(USAGE, {}, ({ words: [verb, ...more] }) =>
  verb === 'verify' && more.length === 0 ? ({ db }) => verify(db) : undefined,
);

async function verify(db: DataSource): Promise<void> {
  const [end]: { count: string; hash: string | null }[] = await db.query(
    `SELECT count(*) AS count, encode((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), 'hex') AS hash FROM audit`,
  );
  const broken = await firstBrokenAuditRow(db);
  if (broken !== undefined) {
    throw new Error(
      `The chain is broken: row ${broken} is the first that does not follow from the one before it. ` +
        'Somebody changed the table by hand; compare with a backup from before, and keep both.',
    );
  }
  console.log(`${end?.count ?? 0} ${end?.count === '1' ? 'row' : 'rows'}, the chain is whole`);
  if (end?.hash) console.log(`Last hash: ${end.hash}`);
}
