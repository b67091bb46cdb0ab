import { describe, it, expect } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { DecryptionFailed, decryptEntry, encryptEntry, plaintextChecksum } from './health-information-encryption.js';
import { makeKeyMaterial, makeKeyPair } from './key-material.js';
import { UnusablePeerKey } from './peer-public-key.js';

/** We are the HIP; the HIU asked with its key material and gets one entry. */
function anExchange(plaintext: string | Uint8Array = '{"resourceType":"Bundle"}') {
  const hiu = makeKeyMaterial();
  const peerPublicKey = hiu.keyPair.publicKeyBase64;
  const peerNonce = Buffer.from(hiu.nonce).toString('base64');
  const sent = encryptEntry({ plaintext, peerPublicKey, peerNonce });
  const received = {
    content: sent.content,
    own: hiu,
    peerPublicKey: sent.ownPublicKey,
    peerNonce: sent.ownNonce,
  };
  return { hiu, peerPublicKey, peerNonce, sent, received };
}

/** The base64 with one bit of one byte turned; a negative index counts from the end. */
function turnedBit(base64: string, index: number): string {
  const bytes = Buffer.from(base64, 'base64');
  const at = index < 0 ? bytes.length + index : index;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}

describe('health-information encryption', () => {
  it.each([
    ['an empty text', ''],
    ['Hindi', 'मरीज़ को बुखार है'],
    ['a scan of 3 MB', 'x'.repeat(3_000_000)],
  ])('brings %s through unchanged', (_what, text) => {
    expect(decryptEntry(anExchange(text).received).toString('utf8')).toBe(text);
  });

  it('brings bytes through unchanged', () => {
    const bytes = randomBytes(1000);
    expect(decryptEntry(anExchange(bytes).received)).toEqual(bytes);
  });

  it('makes a fresh key and nonce for every entry', () => {
    const { peerPublicKey, peerNonce } = anExchange();
    const entries = [1, 2, 3].map(() => encryptEntry({ plaintext: 'same', peerPublicKey, peerNonce }));
    for (const part of ['content', 'ownPublicKey', 'ownNonce'] as const) {
      expect(new Set(entries.map((entry) => entry[part])).size).toBe(3);
    }
  });

  it('sends its public key as a raw uncompressed point of 65 bytes', () => {
    const key = Buffer.from(anExchange().sent.ownPublicKey, 'base64');
    expect(key).toHaveLength(65);
    expect(key[0]).toBe(4);
  });

  it('reads base64 without padding, in the url alphabet, or broken into lines', () => {
    const { received } = anExchange();
    const inUrlAlphabet = (text: string) => Buffer.from(text, 'base64').toString('base64url');
    const inLines = (text: string) => text.replace(/.{20}/g, '$&\r\n');
    for (const change of [inUrlAlphabet, inLines]) {
      const { content, peerPublicKey, peerNonce } = received;
      const changed = { content: change(content), peerPublicKey: change(peerPublicKey), peerNonce: change(peerNonce) };
      expect(decryptEntry({ ...received, ...changed }).toString('utf8')).toBe('{"resourceType":"Bundle"}');
    }
  });

  it('gives the MD5 of the plaintext in hex as checksum', () => {
    expect(plaintextChecksum('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
    expect(plaintextChecksum(Buffer.from('abc'))).toBe('900150983cd24fb0d6963f7d28e17f72');
  });
});

describe('an entry that cannot be decrypted', () => {
  const { received, sent } = anExchange();
  const anotherPair = makeKeyMaterial();

  it.each([
    ['the first byte of the ciphertext was changed', { content: turnedBit(sent.content, 0) }],
    ['the tag was changed', { content: turnedBit(sent.content, -1) }],
    ['the end is missing', { content: Buffer.from(sent.content, 'base64').subarray(0, -1).toString('base64') }],
    ['it is shorter than a tag', { content: 'AAAA' }],
    ['it is empty', { content: '' }],
    ['it is not base64', { content: '{"resourceType":"Bundle"}' }],
    ['the sender’s nonce was changed', { peerNonce: turnedBit(sent.ownNonce, 0) }],
    ['it came with another public key', { peerPublicKey: anotherPair.keyPair.publicKeyBase64 }],
    ['it was made for another of our keys', { own: anotherPair }],
  ])('fails in one and the same way when %s', (_what, change) => {
    const act = () => decryptEntry({ ...received, ...change });
    expect(act).toThrow(DecryptionFailed);
    expect(act).toThrow(new DecryptionFailed().message);
  });

  it('says nothing about the reason', () => {
    expect(new DecryptionFailed().cause).toBeUndefined();
  });
});

describe('a peer’s key material that cannot be used', () => {
  const { received, peerPublicKey, peerNonce, sent } = anExchange();

  it.each([
    ['the public key is not base64', { peerPublicKey: '***' }, /not base64/],
    ['the public key is empty', { peerPublicKey: '' }, /0 bytes long; it must be 65/],
    ['the nonce is not base64', { peerNonce: '***' }, /not base64/],
    ['the nonce is short', { peerNonce: Buffer.alloc(31).toString('base64') }, /31 bytes long; it must be 32/],
    ['the nonce is long', { peerNonce: Buffer.alloc(33).toString('base64') }, /33 bytes long; it must be 32/],
    ['the point is off the curve', { peerPublicKey: turnedBit(sent.ownPublicKey, -1) }, /not on Curve25519/],
  ])('is told apart from a failed decryption when %s', (_what, change, message) => {
    for (const act of [
      () => decryptEntry({ ...received, ...change }),
      () => encryptEntry({ plaintext: '', peerPublicKey, peerNonce, ...change }),
    ]) {
      expect(act).toThrow(UnusablePeerKey);
      expect(act).toThrow(message);
    }
  });

  it('does not repeat what the peer sent', () => {
    const text = makeKeyPair().publicKeyBase64.slice(0, 40);
    expect(() => encryptEntry({ plaintext: '', peerPublicKey: text, peerNonce })).not.toThrow(text);
  });
});
