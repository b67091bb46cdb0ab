/**
 * Lets Node import the TypeScript sources outside of Jest's tests, where Jest's own transform does not reach: in
 * `globalSetup` (its transform makes CommonJS there, which cannot find `./x.js` that is `./x.ts`), and in programs that
 * a test starts as processes of their own. The compiler's settings are those of the tests.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import jest from '../../jest.config.js';

const [, settings] = jest.projects[0].transform['^.+\\.ts$'];

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL !== undefined) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const options = { ...settings, filename, sourceMaps: 'inline', swcrc: false };
  const { code } = await transform(await readFile(filename, 'utf8'), options);
  return { format: 'module', source: code, shortCircuit: true };
}
