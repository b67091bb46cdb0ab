import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInMasterKey } from './data-key.js';

const folders: string[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('The master key of the built-in database', () => {
  it('is made once, 32 random bytes', async () => {
    const key = await builtInMasterKey(folder);
    expect(key).toHaveLength(32);
    expect(await builtInMasterKey(folder)).toEqual(key);
    expect(await builtInMasterKey(join(folder, 'another', 'place'))).not.toEqual(key);
  });

  it('is read by its owner only, also when the file was left open', async () => {
    await builtInMasterKey(folder);
    const path = join(folder, 'master.key');
    expect(await modeOf(path)).toBe(0o600);
    await chmod(path, 0o644);
    await builtInMasterKey(folder);
    expect(await modeOf(path)).toBe(0o600);
  });

  it('is the same for all that start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => builtInMasterKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  });

  it('is waited for while another process has made the file and not yet written it', async () => {
    const path = join(folder, 'master.key');
    await writeFile(path, '');
    const key = builtInMasterKey(folder);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await writeFile(path, Buffer.alloc(32, 7).toString('base64'));
    expect(await key).toEqual(Buffer.alloc(32, 7));
  });

  it('is never replaced: a file that holds none stops the start, and says so', async () => {
    const path = join(folder, 'master.key');
    await writeFile(path, 'no key');
    await expect(builtInMasterKey(folder)).rejects.toThrow(/does not hold a key of 32 bytes in base64; restore it/);
    expect(await readFile(path, 'utf8')).toBe('no key');
  });
});
