import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EXCHANGE_NAMES, PROTOCOL, type Exchange } from '../abdm/protocol.js';
import { SETTINGS } from '../support/config.js';
import { protocolTable } from './protocol.js';

const project = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, project), 'utf8');
const readme = read('README.md');

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
function block(name: string): string | undefined {
  return new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- /${name} -->`).exec(readme)?.[1];
}

describe('The printed table of conversations', () => {
  it('has a row for every exchange, with its paths and what it is for', () => {
    const rows = protocolTable().split('\n').slice(2);
    expect(rows).toHaveLength(EXCHANGE_NAMES.length);
    for (const [index, name] of EXCHANGE_NAMES.entries()) {
      const { request, reply, about }: Exchange = PROTOCOL[name];
      const parts = [name, request, ...(reply === undefined ? [] : [reply]), about];
      for (const part of parts) expect(rows[index]).toContain(part);
    }
  });

  it('says who calls whom, and within how long the answer comes', () => {
    const notice = protocolTable()
      .split('\n')
      .find((row) => row.startsWith('| `consent.notify` |'));
    expect(notice?.split(' | ').slice(1, 6)).toEqual([
      'HIP',
      'ABDM',
      '`/api/hiecm/consent/v3/request/hip/on-notify`',
      '`/api/v3/consent/request/hip/notify`',
      '60 s',
    ]);
  });
});

describe('The README', () => {
  it('shows the table of conversations as npm run protocol prints it', () => {
    expect(block('protocol')).toBe(protocolTable());
  });

  it('lists every setting with its default, in the words of the code', () => {
    const rows = Object.entries(SETTINGS).map(
      ([name, { byDefault, about }]) => `| \`${name}\` | ${byDefault ? `\`${byDefault}\`` : 'not set'} | ${about} |`,
    );
    expect(block('settings')?.split('\n').slice(2)).toEqual(rows);
  });

  it.each([
    ['the demo', 'npm ci && npm run demo'],
    ['the tests', 'npm ci && npm test'],
  ])('has the command for %s on a line of its own', (_what, command) => {
    expect(readme.split('\n')).toContain(command);
  });
});

describe.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md'])('What %s names', (file) => {
  const text = read(file);

  it('can be run: each npm script is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, script]) => script);
    expect(named.filter((script) => script === undefined || !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('can be opened: each file and folder of the project is there', () => {
    const inCode = [...text.matchAll(/`((?:src|test|config|docker|\.ci)\/[\w./-]*)`/g)].map(([, path]) => path ?? '');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect([...inCode, ...links].filter((path) => !existsSync(new URL(path, project)))).toEqual([]);
  });
});
