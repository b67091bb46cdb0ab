import { constants, createHash, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { encryptField, EncryptionRefused, fieldKeyFrom } from './field-encryption.js';

const PUBLISHED = 'RSA/ECB/OAEPWithSHA-1AndMGF1Padding';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
const DER = derOf(publicKey);

function derOf(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

function opened(ciphertext: string, oaepHash: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return privateDecrypt({ key: privateKey, padding, oaepHash }, Buffer.from(ciphertext, 'base64')).toString();
}

const xor = (one: Buffer, other: Buffer): Buffer => Buffer.from(one.map((byte, i) => byte ^ (other[i] ?? 0)));

/** RFC 8017, B.2.1. */
function mgf1(seed: Buffer, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, i) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(i);
    return createHash('sha1').update(seed).update(counter).digest();
  });
  return Buffer.concat(blocks).subarray(0, length);
}

describe('Fields for the ABHA service', () => {
  it('are opened by RSA-OAEP with SHA-1, and by no other digest', () => {
    const ciphertext = encryptField('91-1234-5678-9015', fieldKeyFrom(DER, PUBLISHED));
    expect(opened(ciphertext, 'sha1')).toBe('91-1234-5678-9015');
    expect(() => opened(ciphertext, 'sha256')).toThrow();
  });

  it('are 684 characters of base64 under a key of 4096 bits, and different every time', () => {
    const key = fieldKeyFrom(DER, PUBLISHED);
    const [first, second] = [encryptField('123456', key), encryptField('123456', key)];
    expect(first).toMatch(/^[A-Za-z0-9+/]{683}=$/);
    expect(second).not.toBe(first);
  });

  it('are padded as RFC 8017 says, with SHA-1 both as digest and in MGF1', () => {
    const ciphertext = Buffer.from(encryptField('Asha', fieldKeyFrom(DER, PUBLISHED)), 'base64');
    const padded = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
    const [maskedSeed, maskedBlock] = [padded.subarray(1, 21), padded.subarray(21)];
    const seed = xor(maskedSeed, mgf1(maskedBlock, 20));
    const block = xor(maskedBlock, mgf1(seed, maskedBlock.length));
    expect(padded[0]).toBe(0);
    expect(block.subarray(0, 20)).toEqual(createHash('sha1').digest());
    expect(block.subarray(20, -4)).toEqual(Buffer.concat([Buffer.alloc(block.length - 25), Buffer.from([1])]));
    expect(block.subarray(-4).toString()).toBe('Asha');
  });

  it.each([undefined, PUBLISHED, 'RSA/ECB/OAEPWithSHA1AndMGF1Padding', ` ${PUBLISHED} `])(
    'take %s for the algorithm published',
    (algorithm) => {
      expect(opened(encryptField('x', fieldKeyFrom(DER, algorithm)), 'sha1')).toBe('x');
    },
  );

  it.each(['RSA/ECB/PKCS1Padding', 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding', 'none', ''])(
    'are not encrypted when the service names %j',
    (algorithm) => {
      expect(() => fieldKeyFrom(DER, algorithm)).toThrow(EncryptionRefused);
    },
  );

  it('take the key with PEM armour and line breaks too', () => {
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    expect(fieldKeyFrom(pem, PUBLISHED).id).toBe(fieldKeyFrom(DER, PUBLISHED).id);
  });

  it.each([
    ['nothing', ''],
    ['no base64', '***'],
    ['a truncated key', DER.slice(0, 200)],
    ['an elliptic curve', derOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)],
    ['a short key', derOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
  ])('are not encrypted under %s', (_name, der) => {
    expect(() => fieldKeyFrom(der, PUBLISHED)).toThrow(EncryptionRefused);
  });
});
