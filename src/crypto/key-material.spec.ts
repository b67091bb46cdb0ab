import { describe, it, expect } from '@jest/globals';
import { format, inspect } from 'node:util';
import { makeKeyMaterial, makeKeyPair, makeNonce, restoreKeyPair } from './key-material.js';
import { transferKey } from './transfer-key.js';

describe('own key material', () => {
  it('prints [key] instead of itself, wherever it is printed', () => {
    const pair = makeKeyPair();
    const key = transferKey(Buffer.alloc(32, 1), makeNonce(), makeNonce());
    for (const secret of [pair, key]) {
      expect(String(secret)).toBe('[key]');
      expect(JSON.stringify({ secret })).toBe('{"secret":"[key]"}');
      expect(inspect(secret, { showHidden: true })).toBe('[key]');
      expect(format('%s %o %j', secret, secret, secret)).toBe('[key] [key] "[key]"');
    }
  });

  it('does not let the private key out when it is copied or listed', () => {
    const pair = makeKeyPair();
    const copy: object = Object.assign({}, pair);
    const secret = pair.exportPrivateKeyToSealIt();
    expect(Object.keys(copy)).toEqual(['publicKey']);
    expect(inspect(copy, { showHidden: true, depth: 9 })).not.toContain(secret.toString('hex').slice(0, 8));
    expect(inspect(makeKeyMaterial().keyPair.privateKey, { showHidden: true })).not.toMatch(/[0-9a-f]{8}/);
  });

  it('is the same again when it is restored after a restart', () => {
    for (let round = 0; round < 10; round += 1) {
      const pair = makeKeyPair();
      const restored = restoreKeyPair(pair.exportPrivateKeyToSealIt());
      expect(restored.publicKeyBase64).toBe(pair.publicKeyBase64);
      expect(restored.exportPrivateKeyToSealIt()).toEqual(pair.exportPrivateKeyToSealIt());
    }
  });

  it('can be pinned by handing in the randomness, which it leaves as it was', () => {
    const bytes = Buffer.alloc(32, 0xff);
    const pinned = () => bytes;
    expect(makeKeyPair(pinned).publicKeyBase64).toBe(makeKeyPair(pinned).publicKeyBase64);
    expect(makeKeyMaterial(pinned).nonce).toEqual(bytes);
    expect(bytes).toEqual(Buffer.alloc(32, 0xff));
  });

  it('is refused when it has the wrong length, naming both', () => {
    expect(() => restoreKeyPair(Buffer.alloc(31))).toThrow('31 bytes long; it must be 32');
    expect(() => makeKeyPair(() => Buffer.alloc(16))).toThrow('16 bytes long; it must be 32');
    expect(() => makeNonce(() => Buffer.alloc(12))).toThrow('12 bytes long; it must be 32');
  });

  it('is refused when its scalar is not clamped, which OpenSSL would mend in silence', () => {
    const clamped = makeKeyPair().exportPrivateKeyToSealIt();
    expect(() => restoreKeyPair(Buffer.from(clamped).fill(1, 31))).toThrow(RangeError);
    expect(() => restoreKeyPair(Buffer.from(clamped).fill(0xff, 0, 1))).toThrow(RangeError);
    expect(() => restoreKeyPair(Buffer.alloc(32))).toThrow(RangeError);
  });
});
