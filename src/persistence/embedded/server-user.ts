import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The operating system's user PostgreSQL runs as. Spreads into the options of `child_process`. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses to run as root; root lends it the user `postgres`, made here when the machine has none. */
export async function postgresUser(): Promise<ServerUser> {
  const existing = await findUser('postgres');
  if (existing !== undefined) return existing;
  await makeUser('postgres');
  const made = await findUser('postgres');
  if (made !== undefined) return made;
  throw new Error(
    'PostgreSQL does not run as root. Add a user named postgres, start as another user, or set DATABASE_URL.',
  );
}

/** Whether the user may pass through the folder to what it owns inside. Asked of the system: it also knows ACLs. */
export async function canEnter(folder: string, user: ServerUser): Promise<boolean> {
  return succeeds('sh', ['-c', 'test -x "$0"', folder], user);
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Debian and its kin have `useradd`, Alpine has `adduser`. Two processes may get here at once: who is late fails. */
async function makeUser(name: string): Promise<void> {
  const made = await succeeds('useradd', ['--system', '--user-group', '--no-create-home', name]);
  if (!made) await succeeds('adduser', ['-S', '-D', '-H', name]);
}

/** Whether the program ran and ended with 0. */
export async function succeeds(program: string, args: readonly string[], user?: ServerUser): Promise<boolean> {
  try {
    await run(program, args, { cwd: '/', ...user });
    return true;
  } catch {
    return false;
  }
}
