import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

const started: ChildProcess[] = [];
// One that stays would outlive a test that failed.
afterAll(() => started.forEach((child) => child.kill('SIGINT')));

interface RunningDemo {
  readonly ended: Promise<{ code: number | null; printed: string }>;
  /** Waits for this in what it prints. */
  prints(what: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl-C does. */
  interrupt(): void;
}

/** The demo as a person starts it, on the built program. */
function demo(...args: string[]): Promise<{ code: number | null; printed: string }> {
  return startDemo(...args).ended;
}

function startDemo(...args: string[]): RunningDemo {
  if (!existsSync(`${PROJECT}dist/commands/demo.js`)) throw new Error('Run "npm run build" first: npm test does');
  const child = spawn(process.execPath, ['dist/commands/demo.js', ...args], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'] },
  });
  started.push(child);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return {
    ended: new Promise((resolve) => child.once('exit', (code) => resolve({ code, printed }))),
    async prints(what) {
      for (;;) {
        const found = what.exec(printed);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`The demo ended:\n${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    interrupt: () => void child.kill('SIGINT'),
  };
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

  it('stays up on demand, so that a patient can link her visit with the code that comes to her phone', async () => {
    const feed = join(await mkdtemp(join(tmpdir(), 'demo-')), 'day.ndjson');
    const day = (await readFile(`${PROJECT}config/demo/opd-day.ndjson`, 'utf8')).split('\n');
    await writeFile(feed, day.filter((line) => line.includes('"OPD/25/100023"')).join('\n'));
    const running = startDemo('--stay', '--feed', feed);
    const [, simulator = ''] = await running.prints(/GET {2}(http:\S+)\/phones\/MOBILE\/messages/);
    const ask = async (method: string, path: string, body?: object): Promise<any> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${simulator}/${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return text === '' ? undefined : JSON.parse(text);
    };
    const until = async (path: string, isSo: (seen: any) => boolean): Promise<any> => {
      for (;;) {
        const seen = await ask('GET', path);
        if (isSo(seen)) return seen;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const her = { abhaAddress: 'phoolmati.demo@sbx', abhaNumber: '91000000009999', name: 'Phoolmati Devi' };
    await ask('POST', 'patients', { ...her, gender: 'F', yearOfBirth: 1991, mobile: '9583307119' });
    const asked = await ask('POST', `patients/${her.abhaAddress}/discover`, { hipId: 'IN2210000101' });
    const discovery = `discoveries/${asked.transactionId}`;
    await until(discovery, ({ state }) => state === 'answered');
    await ask('POST', `${discovery}/init`, {});
    const [sms] = await until('phones/9583307119/messages', (all) => all.length > 0);
    await until(discovery, ({ init }) => init.state === 'answered');
    await ask('POST', `${discovery}/confirm`, { token: /\d{6}/.exec(sms.text.en)?.[0] });
    await until(discovery, ({ confirm }) => confirm.state === 'answered');
    expect(await ask('GET', 'links')).toMatchObject([
      { abhaAddress: her.abhaAddress, careContextReference: 'OPD/25/100023' },
    ]);
    expect(await ask('GET', 'violations')).toEqual([]);
    running.interrupt();
    expect((await running.ended).code).toBe(0);
    await rm(dirname(feed), { recursive: true });
  }, 120_000);

  it('says what it takes when it is called wrongly', async () => {
    const { code, printed } = await demo('--nonsense');
    expect(code).toBe(1);
    expect(printed).toContain('--feed FILE');
  });
});
