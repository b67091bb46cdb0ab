import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** The demo as a person starts it, on the built program. */
function demo(...args: string[]): Promise<{ code: number | null; printed: string }> {
  if (!existsSync(`${PROJECT}dist/commands/demo.js`)) throw new Error('Run "npm run build" first: npm test does');
  const child = spawn(process.execPath, ['dist/commands/demo.js', ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'] },
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, printed })));
}

const figure = (printed: string, name: string): string | undefined =>
  new RegExp(`^ {2}${name} {2,}(.*)$`, 'm').exec(printed)?.[1];

describe('A whole day', () => {
  it('survives a power cut in its middle: nothing is lost and nothing linked twice', async () => {
    const { code, printed } = await demo('--crash');
    expect(printed).toContain('All as it should be.');
    expect(printed).toContain('the adapter is killed');
    expect({ code, sent: figure(printed, 'visits sent'), linked: figure(printed, 'linked') }).toEqual({
      code: 0,
      sent: '400',
      linked: '238',
    });
    expect(figure(printed, 'waiting for ABHA')).toBe('162');
    expect(figure(printed, 'linked twice')).toBe('0');
    expect(figure(printed, 'records different')).toBe('0');
    expect(figure(printed, 'violations')).toBe('0');
  }, 240_000);

  it('with a dirty feed ends with every line linked, waiting, or set aside with its reason', async () => {
    const { code, printed } = await demo('--feed', 'test/feeds/dirty-day.ndjson');
    expect(printed).toContain('All as it should be.');
    expect(code).toBe(0);
    expect(figure(printed, 'refused')).toBe('2 not-json, 5 visit-not-readable, 1 other-facility');
    expect(figure(printed, 'quarantined')).toContain('1 name-legacy-font');
    expect(figure(printed, 'withdrawn')).toBe('1');
  }, 120_000);

  it('says what it takes when it is called wrongly', async () => {
    const { code, printed } = await demo('--nonsense');
    expect(code).toBe(1);
    expect(printed).toContain('--feed FILE');
  });
});
