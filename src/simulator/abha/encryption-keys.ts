import { constants, generateKeyPair, type KeyObject, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Violations } from '../gateway/violations.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaSettings } from './abha-settings.js';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const rsaPair = promisify(generateKeyPair);
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The key that hides Aadhaar numbers, OTPs and logins: RSA-OAEP with SHA-1, also in MGF1. */
@Injectable()
export class EncryptionKeys {
  /** Made when first asked for: 4096 bits take a second or more. The newest first. */
  private pairs: Promise<KeyPair>[] = [];

  constructor(
    private readonly settings: AbhaSettings,
    private readonly violations: Violations,
  ) {}

  async certificate(): Promise<{ publicKey: string; encryptionAlgorithm: string }> {
    const { publicKey } = await this.newest();
    const der = publicKey.export({ type: 'spki', format: 'der' });
    return { publicKey: der.toString('base64'), encryptionAlgorithm: 'RSA/ECB/OAEPWithSHA-1AndMGF1Padding' };
  }

  /** From now on another key counts; what is encrypted for the old one is refused. */
  rotate(): void {
    this.pairs.unshift(this.made());
  }

  /** @returns the plaintext, or undefined when it cannot be read: the caller refuses as its path does */
  async decrypted(call: AbhaCall, ciphertext: string): Promise<string | undefined> {
    const bytes = BASE64.test(ciphertext) ? Buffer.from(ciphertext, 'base64') : Buffer.alloc(0);
    const newest = await this.newest();
    const plain = opened(newest, bytes, 'sha1');
    if (plain !== undefined) return plain;
    const about = { operationId: call.operationId, requestId: call.requestId };
    if (bytes.length < 128) this.violations.record('field-not-encrypted', 'Not an RSA ciphertext', about);
    else if (!(await this.wasEncryptedForAnOldKey(bytes))) {
      const isSha256 = opened(newest, bytes, 'sha256') !== undefined;
      this.violations.record('encryption-wrong', isSha256 ? 'OAEP with SHA-256' : 'Not readable', about);
    }
    return undefined;
  }

  private newest(): Promise<KeyPair> {
    const first = this.pairs[0];
    if (first) return first;
    const made = this.made();
    this.pairs.unshift(made);
    return made;
  }

  private made(): Promise<KeyPair> {
    return rsaPair('rsa', { modulusLength: this.settings.current.keyBits });
  }

  /** Nobody is to blame for a key that changed under him. */
  private async wasEncryptedForAnOldKey(bytes: Buffer): Promise<boolean> {
    const old = await Promise.all(this.pairs.slice(1));
    return old.some((pair) => opened(pair, bytes, 'sha1') !== undefined);
  }
}

function opened({ privateKey }: KeyPair, bytes: Buffer, oaepHash: 'sha1' | 'sha256'): string | undefined {
  try {
    return privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes).toString();
  } catch {
    return undefined;
  }
}
