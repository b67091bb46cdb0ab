import { describe, expect, it } from '@jest/globals';
import { newId } from '../../support/ids.js';
import { laneOf, type Receiver } from './lanes.js';

const aRequest = (changes: Partial<Receiver> = {}): Receiver => ({
  dataPushUrl: 'https://hiu.example.org/push',
  ...changes,
});
const lanesOf = (requests: readonly Receiver[], lanes = 2): Set<string> =>
  new Set(requests.map((request) => laneOf(newId(), request, lanes)));
const hundred = (change: (index: number) => Partial<Receiver>): Receiver[] =>
  Array.from({ length: 100 }, (_, index) => aRequest(change(index)));

describe('The lanes of an HIU', () => {
  it('are used all, and there are no more of them, whatever addresses it names', () => {
    const requests = hundred((n) => ({ receiver: 'HIU-A', dataPushUrl: `https://h${n}.example.org/push` }));
    expect(lanesOf(requests).size).toBe(2);
    expect(lanesOf(requests, 5).size).toBe(5);
  });

  it('are its own', () => {
    const [a, b] = [hundred(() => ({ receiver: 'HIU-A' })), hundred(() => ({ receiver: 'HIU-B' }))];
    expect(lanesOf([...a, ...b]).size).toBe(4);
  });

  it('are the same for whom the consent names as for whom the caller says it is', () => {
    const [consent, caller] = [hundred(() => ({ receiver: 'HIU-A' })), hundred(() => ({ hiuId: 'HIU-A' }))];
    expect(lanesOf([...consent, ...caller]).size).toBe(2);
  });

  it('go by the origin of its address when nobody says who it is', () => {
    expect(lanesOf(hundred((n) => ({ dataPushUrl: `https://hiu.example.org/push/${n}` }))).size).toBe(2);
    expect(lanesOf(hundred((n) => ({ dataPushUrl: `https://h${n}.example.org/push` }))).size).toBeGreaterThan(90);
  });

  it('keep all jobs of one transfer together', () => {
    const id = newId();
    expect(laneOf(id, aRequest(), 7)).toBe(laneOf(id, aRequest(), 7));
  });
});
