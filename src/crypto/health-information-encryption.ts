import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.js';
import type { KeyMaterial } from './key-material.js';
import { makeKeyMaterial } from './key-material.js';
import { decodePeerNonce, decodePeerPublicKey } from './peer-public-key.js';
import type { TransferKey } from './transfer-key.js';
import { sharedSecret, transferKey } from './transfer-key.js';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;

/** The peer's half of the key material, base64 as on the wire. */
export interface PeerKeyMaterial {
  /** `dhPublicKey.keyValue`: raw 65-byte point or SubjectPublicKeyInfo. */
  readonly peerPublicKey: string;
  /** 32 bytes. */
  readonly peerNonce: string;
}

export interface EntryToEncrypt extends PeerKeyMaterial {
  /** A FHIR bundle as JSON; text is taken as UTF-8. */
  readonly plaintext: string | Uint8Array;
  /**
   * Left out: made fresh, as it should be. ABDM derives key and IV from the key material alone, so a second entry under
   * the same material leaks the XOR of the two and lets a third be forged.
   */
  readonly own?: KeyMaterial;
}

/** All base64. */
export interface EncryptedEntry {
  /** Ciphertext, then the 16-byte tag. */
  readonly content: string;
  /** 65-byte point, for `dhPublicKey.keyValue` of the page. */
  readonly ownPublicKey: string;
  readonly ownNonce: string;
}

export interface EntryToDecrypt extends PeerKeyMaterial {
  /** Base64 of ciphertext and tag. */
  readonly content: string;
  /** What we sent with the request for health information. */
  readonly own: KeyMaterial;
}

/** One error for every way it can go wrong: which of them it was is nobody's business but an attacker's. */
export class DecryptionFailed extends Error {
  override readonly name = 'DecryptionFailed';
  constructor() {
    super('The entry could not be decrypted; ask the sender for it again');
  }
}

/**
 * Encrypts one entry of a page for the peer, with fresh key material.
 * Source: ABDM M2, KeyMaterialOut (Fidelius): ECDH, HKDF-SHA256, AES-256-GCM, no AAD, tag appended, base64.
 * @throws UnusablePeerKey
 */
export function encryptEntry({
  plaintext,
  peerPublicKey,
  peerNonce,
  own = makeKeyMaterial(),
}: EntryToEncrypt): EncryptedEntry {
  const key = agreedKey(own, { peerPublicKey, peerNonce });
  const cipher = createCipheriv(CIPHER, key.key, key.iv);
  const ciphertext = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  const sealed = Buffer.concat([ciphertext, cipher.final(), cipher.getAuthTag()]);
  return {
    content: sealed.toString('base64'),
    ownPublicKey: own.keyPair.publicKeyBase64,
    ownNonce: encodeBase64(own.nonce),
  };
}

/**
 * The plaintext bytes of one entry.
 * @throws UnusablePeerKey when the page's key material is no good, before anything is decrypted
 * @throws DecryptionFailed when the entry was changed, cut short, or made for another key
 */
export function decryptEntry({ content, own, peerPublicKey, peerNonce }: EntryToDecrypt): Buffer {
  const key = agreedKey(own, { peerPublicKey, peerNonce });
  const plaintext = open(decodeBase64(content), key);
  if (plaintext === undefined) throw new DecryptionFailed();
  return plaintext;
}

/**
 * MD5 of the plaintext, lower-case hex: the entry's `checksum`. Protects nothing; the GCM tag does.
 * Source: ABDM M2, HealthInformationPush.
 */
export function plaintextChecksum(plaintext: string | Uint8Array): string {
  return createHash('md5').update(plaintext).digest('hex');
}

function agreedKey(own: KeyMaterial, { peerPublicKey, peerNonce }: PeerKeyMaterial): TransferKey {
  const nonce = decodePeerNonce(peerNonce);
  const secret = sharedSecret(own.keyPair, decodePeerPublicKey(peerPublicKey));
  return transferKey(secret, own.nonce, nonce);
}

function open(sealed: Buffer | undefined, { key, iv }: TransferKey): Buffer | undefined {
  if (sealed === undefined || sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return undefined;
  }
}
