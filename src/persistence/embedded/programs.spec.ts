import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkLibraries, postgresPrograms } from './programs.js';

let packageFolder: string;

beforeAll(async () => {
  packageFolder = await mkdtemp(join(tmpdir(), 'programs-'));
  await mkdir(join(packageFolder, 'native', 'lib'), { recursive: true });
});

afterAll(() => rm(packageFolder, { recursive: true }));

const shipLinks = (links: readonly { readonly source: string; readonly target: string }[]): Promise<void> =>
  writeFile(join(packageFolder, 'native', 'pg-symlinks.json'), JSON.stringify(links));

describe('the programs of PostgreSQL', () => {
  it('are found with a link for every library', async () => {
    const { bin, majorVersion } = await postgresPrograms(undefined);
    expect(existsSync(join(bin, 'initdb'))).toBe(true);
    expect(majorVersion).toMatch(/^\d+$/);
  });

  it('get the links that an installation without scripts has left out', async () => {
    await writeFile(join(packageFolder, 'native', 'lib', 'libpq.so.5.18'), '');
    await shipLinks([
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    ]);
    expect(await linkLibraries(packageFolder)).toBe(true);
    expect(await readlink(join(packageFolder, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await linkLibraries(packageFolder)).toBe(true);
  });

  it('count as incomplete when a library cannot be linked', async () => {
    await shipLinks([{ source: 'native/lib/absent.so.1', target: 'native/lib/absent.so' }]);
    expect(await linkLibraries(packageFolder)).toBe(false);
  });
});
