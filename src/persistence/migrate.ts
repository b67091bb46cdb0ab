import { Logger, runMigrations as migrateQueue } from 'graphile-worker';
import pg from 'pg';
import { makeDataSource } from './data-source.js';

/** Any number will do, as long as every process that starts uses the same. */
const START_LOCK = 7_262_000;

/**
 * Brings the database up to date: our tables and those of the job queue. Processes that start together wait for one
 * another.
 */
export async function migrate(url: string): Promise<void> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [START_LOCK]);
    const db = await makeDataSource(url, 2).initialize();
    try {
      await db.runMigrations();
      await migrateQueue({ connectionString: url, logger: new Logger(() => () => undefined) });
    } finally {
      await db.destroy();
    }
  } finally {
    // Ending the connection gives the lock back, whatever happened.
    await lock.end();
  }
}
