import { describe, expect, it } from '@jest/globals';
import { TOKEN_STATES } from '../../persistence/entities/queue.entity.js';
import { TOKEN_STEPS } from './token-steps.js';

const actsFrom = (state: string): string[] =>
  Object.entries(TOKEN_STEPS)
    .filter(([, { from }]) => (from as readonly string[]).includes(state))
    .map(([act]) => act);

describe('A token', () => {
  it.each([
    ['waiting', ['call-next', 'left', 'transfer']],
    ['called', ['call-again', 'skip', 'done', 'left', 'transfer']],
    ['left', ['call-again']],
    ['done', []],
  ])('that is %s can go on by %j', (state, acts) => {
    expect(actsFrom(state)).toEqual(acts);
  });

  it('comes to every state', () => {
    const reached = new Set<string>(['waiting', ...Object.values(TOKEN_STEPS).map(({ to }) => to)]);
    expect([...reached].sort()).toEqual([...TOKEN_STATES].sort());
  });
});
