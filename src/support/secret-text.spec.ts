import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { redact } from './redaction.js';
import { SecretText } from './secret-text.js';

describe('A secret text', () => {
  const secret = new SecretText('open-sesame');
  class Otp extends SecretText {}

  it('is given to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe('open-sesame');
  });

  // prettier-ignore
  it.each([
    ['a template', () => `the code ${secret as unknown as string}`],
    ['joined texts', () => ['otp', secret].join(' ') + (secret as unknown as string)],
    ['JSON', () => JSON.stringify({ secret, deep: [{ secret }] })],
    ['the console', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['the console, of a subclass', () => inspect(new Otp('open-sesame'), { showHidden: true })],
    ['a copy of its fields', () => JSON.stringify(Object.assign({}, secret))],
    ['a structured clone', () => inspect(structuredClone({ secret }), { depth: 9, showHidden: true })],
    ['a log line', () => JSON.stringify(redact({ note: secret, list: [secret] }))],
    ['an error', () => inspect(new Error('no', { cause: secret }), { depth: 9 })],
    ['its own fields', () => inspect([Object.entries(secret), Object.getOwnPropertyDescriptors(secret)], { depth: 9 })],
  ])('does not appear in %s', (_where, show) => {
    expect(show()).not.toContain('sesame');
  });
});
