import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { INCOMING } from './messages/index.js';
import {
  CALLBACKS,
  EXCHANGE_NAMES,
  isAskedByAbdm,
  isAskedByUs,
  outgoingPath,
  PROTOCOL,
  type Exchange,
} from './protocol.js';

type Operations = Record<string, { readonly 'x-callback-path'?: string } | undefined>;
interface Contract {
  readonly paths: Readonly<Record<string, Operations>>;
  readonly webhooks?: Readonly<Record<string, Operations>>;
}

const contracts = ['gateway', 'm2', 'scan-and-share', 'assumed'].map(
  (name) => parse(readFileSync(new URL(`../simulator/contract/${name}.yaml`, import.meta.url), 'utf8')) as Contract,
);
const calls = contracts.flatMap(({ paths }) => Object.keys(paths));
const callbacks = contracts.flatMap(({ webhooks = {} }) =>
  Object.values(webhooks).map(({ post }) => post?.['x-callback-path']),
);

const rows = EXCHANGE_NAMES.map((name): [typeof name, Exchange] => [name, PROTOCOL[name]]);

describe('The table of conversations', () => {
  it.each(rows.filter(([name]) => name !== 'health-information.push'))(
    '%s has the paths of the contract',
    (_name, row) => {
      const [ours, theirs] = row.starts === 'us' ? [row.request, row.reply] : [row.reply, row.request];
      expect(calls).toContain(ours);
      if (theirs !== undefined) expect(callbacks).toContain(theirs);
    },
  );

  it('lets the page of records go to the URL the request names', () => {
    expect(PROTOCOL['health-information.push'].request).toBe('{dataPushUrl}');
  });

  it('mounts every callback, each under a path of its own', () => {
    const expected = rows.flatMap(([name, row]) => {
      if (row.starts === 'abdm') return [[row.request, name]];
      return row.reply === undefined ? [] : [[row.reply, name]];
    });
    expect([...CALLBACKS]).toEqual(expected);
    expect(new Set(CALLBACKS.keys()).size).toBe(expected.length);
    for (const path of CALLBACKS.keys()) expect(path).toMatch(/^\/api\/v3\//);
  });

  it('has a checked message class for every callback', () => {
    expect(Object.keys(INCOMING).sort()).toEqual([...CALLBACKS.values()].sort());
  });

  it('knows who asks: replies come to our questions only', () => {
    for (const [name, row] of rows) {
      expect(isAskedByUs(name)).toBe(row.starts === 'us' && row.reply !== undefined);
      expect(isAskedByAbdm(name)).toBe(row.starts === 'abdm');
      if (row.starts === 'abdm') expect(row.reply).toBeDefined();
    }
  });

  it('sends an answer to the reply’s path and a question to the request’s', () => {
    expect(outgoingPath('consent.notify')).toBe('/api/hiecm/consent/v3/request/hip/on-notify');
    expect(outgoingPath('care-context.link')).toBe('/api/hiecm/hip/v3/link/carecontext');
    expect(outgoingPath('health-information.notify')).toBe('/api/hiecm/data-flow/v3/health-information/notify');
  });

  it('says for every conversation with a reply how long it may take', () => {
    for (const [, row] of rows) if (row.reply !== undefined) expect(row.waitSeconds).toBeGreaterThan(0);
  });
});
