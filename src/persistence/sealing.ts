import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a keyed hash is of: equal values of two kinds do not match. */
export type HashKind =
  'uhid' | 'abha-address' | 'abha-number' | 'mobile' | 'patient-details' | 'term' | 'otp' | 'abha-code';

/** What was sealed does not open: another key, another place, or changed bytes. */
export class SealBroken extends Error {
  constructor(options?: ErrorOptions) {
    super('Sealed data does not open with this key', options);
    this.name = 'SealBroken';
  }
}

/**
 * Seals personal data at rest: AES-256-GCM, laid out nonce (12 bytes) · tag (16) · ciphertext. The label (table, column,
 * row) is authenticated, so that a sealed value cannot be moved to another row. Look-ups go through `hash`, a keyed HMAC:
 * equal values give equal hashes, and without the key nothing can be tried out.
 */
export class Sealer {
  readonly #sealKey: Buffer;
  readonly #hashKey: Buffer;

  /** @throws RangeError when the data key is not 32 bytes */
  constructor(dataKey: Buffer) {
    if (dataKey.length !== 32) throw new RangeError(`A data key has 32 bytes, not ${dataKey.length}`);
    this.#sealKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'seal', 32));
    this.#hashKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'hash', 32));
  }

  seal(label: string, plaintext: string | Buffer): Buffer {
    return sealWith(this.#sealKey, label, plaintext);
  }

  /** @throws SealBroken */
  open(label: string, sealed: Buffer): string {
    return this.openBytes(label, sealed).toString('utf8');
  }

  /** @throws SealBroken */
  openBytes(label: string, sealed: Buffer): Buffer {
    return openWith(this.#sealKey, label, sealed);
  }

  sealJson(label: string, value: unknown): Buffer {
    return this.seal(label, JSON.stringify(value));
  }

  /** The caller says what it sealed there. @throws SealBroken */
  openJson(label: string, sealed: Buffer): unknown {
    return JSON.parse(this.open(label, sealed));
  }

  /** 32 bytes. `kind` keeps a mobile from matching a patient number. */
  hash(kind: HashKind, value: string): Buffer {
    return createHmac('sha256', this.#hashKey).update(`${kind}:${value}`).digest();
  }

  [inspect.custom](): string {
    return '[sealer]';
  }
}

export function sealWith(key: Buffer, label: string, plaintext: string | Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(label));
  const body = Buffer.concat([cipher.update(plaintext as string, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws SealBroken */
export function openWith(key: Buffer, label: string, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(label));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new SealBroken({ cause: error });
  }
}
