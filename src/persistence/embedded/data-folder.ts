import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { REACHABLE_BY_ALL, type Programs } from './programs.js';
import { canEnter, isRoot, postgresUser, type ServerUser } from './server-user.js';

const run = promisify(execFile);

/** Where the tables are, and who the server must run as to read them. */
export interface DataFolder {
  readonly path: string;
  /** Undefined: as ourselves. */
  readonly user: ServerUser | undefined;
}

export const isCluster = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

/**
 * The folder wanted, or, for root below a private home where no other user can come, one below /var/tmp with a name
 * made from the wanted path. Tables that exist decide who runs the server: their owner.
 */
export async function findDataFolder(wanted: string): Promise<DataFolder> {
  const path = await realPath(resolve(wanted));
  if (!isRoot()) {
    await assertOwner(path, process.getuid?.());
    return { path, user: undefined };
  }
  if (isCluster(path)) {
    const { uid, gid } = await stat(path);
    return { path, user: { uid, gid } };
  }
  const user = await postgresUser();
  if (await canEnter(dirname(path), user)) return { path, user };

  const name = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const elsewhere = join(REACHABLE_BY_ALL, `ehospital-abdm-data-${name}`);
  await assertOwner(elsewhere, user.uid);
  return { path: elsewhere, user };
}

/** Links are followed, so that two ways to one folder are one server. The folder itself need not exist yet. */
async function realPath(path: string): Promise<string> {
  if (existsSync(path)) return realpath(path);
  await mkdir(dirname(path), { recursive: true });
  return join(await realpath(dirname(path)), basename(path));
}

async function assertOwner(folder: string, uid: number | undefined): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found !== undefined && found.uid !== uid) {
    throw new Error(
      `${folder} belongs to another user. Start as that user, move the folder away, or set DATABASE_URL.`,
    );
  }
}

/**
 * Makes the tables' folder with a random password, when there is none yet. It is made beside and moved into place
 * whole: a killed start leaves nothing half made, and of two starts at once one wins.
 */
export async function makeCluster({ path, user }: DataFolder, programs: Programs): Promise<void> {
  if (isCluster(path)) return assertVersion(path, programs);
  await removeLeftovers(path);
  const fresh = await mkdtemp(`${path}.new-`);
  try {
    const passwordFile = join(fresh, 'password');
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (user !== undefined) await Promise.all([fresh, passwordFile].map((made) => chown(made, user.uid, user.gid)));
    await initdb(join(fresh, 'data'), passwordFile, programs, user);
    await rename(passwordFile, join(fresh, 'data', 'password'));
    await rename(join(fresh, 'data'), path).catch((cause: unknown) => {
      if (isCluster(path)) return; // another process was faster
      throw new Error(`${path} holds other files. Empty it, choose another folder, or set DATABASE_URL.`, { cause });
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function initdb(folder: string, passwordFile: string, programs: Programs, user?: ServerUser): Promise<void> {
  const args = [`--pgdata=${folder}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The builtin provider sorts and folds the same on every machine, whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await run(join(programs.bin, 'initdb'), [...args, ...locale], { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, ...user });
}

async function assertVersion(folder: string, programs: Programs): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (made !== programs.majorVersion) {
    throw new Error(
      `${folder} was made by PostgreSQL ${made}; this is ${programs.majorVersion}. Move the data with pg_upgrade or a dump.`,
    );
  }
}

/** What starts killed in the middle have left; ten minutes is far longer than a start takes. */
async function removeLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.new-`)) continue;
    const leftover = join(dirname(path), name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - 600_000) await rm(leftover, { recursive: true, force: true });
  }
}
