import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A file named in the settings: as given, below the current folder, or below the project (so that it runs from anywhere). */
export function projectFile(path: string): string {
  if (isAbsolute(path) || existsSync(path)) return resolve(path);
  return resolve(PROJECT, path);
}
