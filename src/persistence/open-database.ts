import type { Config } from '../support/config.js';
import { builtInMasterKey, openSealer } from './data-key.js';
import { makeDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { migrate } from './migrate.js';
import type { OpenDatabase } from './persistence.module.js';

/**
 * The database of this process: the one `DATABASE_URL` names, or a built-in one that is started here. Migrated and
 * unlocked. `close` also stops a built-in one, if it was started here.
 * @throws WrongMasterKey
 */
export async function openDatabase(config: Config): Promise<OpenDatabase & { close(): Promise<void> }> {
  const { DATABASE_URL, MASTER_KEY, DATA_DIR } = config;
  const builtIn =
    DATABASE_URL === undefined ? await startEmbeddedPostgres({ dataDir: `${DATA_DIR}/postgres` }) : undefined;
  const url = DATABASE_URL ?? builtIn?.url ?? '';
  const masterKey = MASTER_KEY ?? (await builtInMasterKey(DATA_DIR));
  await migrate(url);
  const db = await makeDataSource(url, config.DATABASE_POOL).initialize();
  try {
    const sealer = await openSealer(db, masterKey);
    return {
      url,
      db,
      sealer,
      close: async () => {
        await db.destroy();
        if (builtIn?.startedHere) await builtIn.stop();
      },
    };
  } catch (error) {
    await db.destroy();
    if (builtIn?.startedHere) await builtIn.stop();
    throw error;
  }
}
