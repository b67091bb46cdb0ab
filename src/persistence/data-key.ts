import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openWith, SealBroken, Sealer, sealWith } from './sealing.js';

const LABEL = 'data_key.wrapped:1';

export class WrongMasterKey extends Error {
  constructor() {
    super(
      'MASTER_KEY does not open this database. Set the MASTER_KEY the database was first started with; ' +
        'without it nothing personal in it can be read.',
    );
    this.name = 'WrongMasterKey';
  }
}

/**
 * The database's data key, unwrapped; made at the first start. Two processes that start together agree on one.
 * @throws WrongMasterKey
 */
export async function openSealer(db: DataSource, masterKey: Buffer): Promise<Sealer> {
  const fresh = randomBytes(32);
  await db.query('INSERT INTO data_key (id, wrapped) VALUES (1, $1) ON CONFLICT DO NOTHING', [
    sealWith(masterKey, LABEL, fresh),
  ]);
  const rows: { wrapped: Buffer }[] = await db.query('SELECT wrapped FROM data_key WHERE id = 1');
  const row = rows[0];
  if (row === undefined) throw new Error('The data key could not be stored');
  try {
    return new Sealer(openWith(masterKey, LABEL, row.wrapped));
  } catch (error) {
    if (error instanceof SealBroken) throw new WrongMasterKey();
    throw error;
  }
}

/** The master key of a built-in database, kept beside it, readable by its owner only. Made at the first start. */
export async function builtInMasterKey(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, 'master.key');
  await mkdir(dataDir, { recursive: true });
  // 'wx' fails when another process was first: then its key counts.
  await writeFile(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await chmod(path, 0o600);
  for (let attempt = 0; ; attempt++) {
    const key = Buffer.from(await readFile(path, 'utf8'), 'base64');
    if (key.length === 32) return key;
    // The other process has made the file and not yet written it.
    if (attempt === 20) throw new Error(`${path} does not hold a key of 32 bytes in base64; restore it from a backup`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
