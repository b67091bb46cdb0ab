import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { openWith, SealBroken, Sealer, sealWith } from './sealing.js';

const LABEL = 'patient.sealed_demographics:1';
const aSealer = (): Sealer => new Sealer(randomBytes(32));

describe('Sealed data', () => {
  it.each(['', 'आशा कश्यप', 'x'.repeat(100_000)])('opens as it was sealed', (plaintext) => {
    const sealer = aSealer();
    expect(sealer.open(LABEL, sealer.seal(LABEL, plaintext))).toBe(plaintext);
  });

  it('opens as the JSON it was', () => {
    const sealer = aSealer();
    const value = { name: 'invented', ages: [34, null], nested: { isKnown: true } };
    expect(sealer.openJson(LABEL, sealer.sealJson(LABEL, value))).toEqual(value);
  });

  it('opens for another process with the same data key', () => {
    const dataKey = randomBytes(32);
    expect(new Sealer(dataKey).open(LABEL, new Sealer(dataKey).seal(LABEL, 'kept'))).toBe('kept');
  });

  it('does not show what is in it, nor that two rows hold the same', () => {
    const sealer = aSealer();
    const sealed = [sealer.seal(LABEL, 'Bakawand'), sealer.seal(LABEL, 'Bakawand')] as const;
    expect(sealed[0].includes('Bakawand')).toBe(false);
    expect(sealed[0].equals(sealed[1])).toBe(false);
    expect(sealed[0].subarray(0, 12).equals(sealed[1].subarray(0, 12))).toBe(false);
  });

  it('does not open in another row', () => {
    const sealer = aSealer();
    const sealed = sealer.seal(LABEL, 'kept');
    expect(() => sealer.open('patient.sealed_demographics:2', sealed)).toThrow(SealBroken);
  });

  it('does not open with another key', () => {
    const sealed = aSealer().seal(LABEL, 'kept');
    expect(() => aSealer().open(LABEL, sealed)).toThrow(SealBroken);
  });

  it('does not open when any one of its bytes has changed', () => {
    const sealer = aSealer();
    const sealed = sealer.seal(LABEL, 'kept');
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => sealer.open(LABEL, changed)).toThrow(SealBroken);
    }
  });

  it('does not open when it was cut off', () => {
    const sealer = aSealer();
    const sealed = sealer.seal(LABEL, 'kept');
    for (let length = 0; length < sealed.length; length++) {
      expect(() => sealer.open(LABEL, sealed.subarray(0, length))).toThrow(SealBroken);
    }
  });

  it('does not say in its error what could not be opened', () => {
    const sealer = aSealer();
    const error = errorOf(() => sealer.open('patient:other', sealer.seal(LABEL, 'Bakawand')));
    expect(inspect(error)).not.toMatch(/Bakawand/);
  });

  it('wraps a key under another', () => {
    const [master, key] = [randomBytes(32), randomBytes(32)];
    expect(openWith(master, LABEL, sealWith(master, LABEL, key))).toEqual(key);
  });
});

describe('A keyed hash', () => {
  it('is the same for the same value, and 32 bytes long', () => {
    const sealer = aSealer();
    expect(sealer.hash('mobile', '9812300045')).toEqual(sealer.hash('mobile', '9812300045'));
    expect(sealer.hash('mobile', '9812300045')).toHaveLength(32);
  });

  it('is another one for another value, another kind and another data key', () => {
    const sealer = aSealer();
    const hashes = [
      sealer.hash('mobile', '9812300045'),
      sealer.hash('mobile', '9812300046'),
      sealer.hash('uhid', '9812300045'),
      sealer.hash('abha-number', '9812300045'),
      sealer.hash('abha-address', '9812300045'),
      aSealer().hash('mobile', '9812300045'),
    ].map((hash) => hash.toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('A sealer', () => {
  it('wants a data key of 32 bytes, and names both numbers', () => {
    expect(() => new Sealer(randomBytes(16))).toThrow('A data key has 32 bytes, not 16');
  });

  it('prints no key', () => {
    const dataKey = randomBytes(32);
    expect(inspect(new Sealer(dataKey), { depth: null, showHidden: true })).toBe('[sealer]');
    expect(JSON.stringify(new Sealer(dataKey))).toBe('{}');
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('An error was expected');
}
