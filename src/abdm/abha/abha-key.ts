import { Inject, Injectable } from '@nestjs/common';
import { encryptField, EncryptionRefused, fieldKeyFrom, type FieldKey } from '../../crypto/field-encryption.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import type { SecretText } from '../../support/secret-text.js';
import { AbhaHttp } from './abha-http.js';
import { AbhaServiceError } from './abha-service-error.js';
import { textIn } from './reading.js';

/** Rotation is not published: a key is good for a day, unless a refusal gives reason to look earlier. */
const VALID_MS = 24 * 60 * 60_000;
/** A refusal is more often a mistyped number than a new key: it must not make us ask more often than this. */
const ASK_AGAIN_AFTER_MS = 10_000;

/** Encrypts one field under the key at hand. */
export type Encrypt = (secret: SecretText) => string;

/** The ABHA service's public key: fetched when first needed, kept for a day, one request at a time. */
@Injectable()
export class AbhaKey {
  private held: { readonly key: FieldKey; readonly at: number } | undefined;
  private underWay: Promise<FieldKey> | undefined;

  constructor(
    private readonly http: AbhaHttp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AbhaServiceError */
  async current(): Promise<FieldKey> {
    if (this.held !== undefined && this.ageOf(this.held.at) < VALID_MS) return this.held.key;
    return this.ask();
  }

  /** The key that follows the refused one; undefined: it is still the same, so the refusal has another reason. */
  async after(refused: FieldKey): Promise<FieldKey | undefined> {
    const { held } = this;
    if (held !== undefined && held.key.id !== refused.id) return held.key;
    if (held !== undefined && this.ageOf(held.at) < ASK_AGAIN_AFTER_MS) return undefined;
    const key = await this.ask();
    return key.id === refused.id ? undefined : key;
  }

  private ageOf(at: number): number {
    return Math.abs(this.clock.now().getTime() - at);
  }

  private ask(): Promise<FieldKey> {
    this.underWay ??= this.fetch().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async fetch(): Promise<FieldKey> {
    const { body } = await this.http.send({ method: 'GET', path: '/v3/profile/public/certificate' });
    const publicKey = textIn(body, 'publicKey');
    if (publicKey === undefined) throw new AbhaServiceError('unreadable', { status: 200 });
    try {
      const key = fieldKeyFrom(publicKey, textIn(body, 'encryptionAlgorithm'));
      this.held = { key, at: this.clock.now().getTime() };
      return key;
    } catch (error) {
      if (error instanceof EncryptionRefused) throw new AbhaServiceError('encryption', { cause: error });
      throw error;
    }
  }
}

export const encryptWith =
  (key: FieldKey): Encrypt =>
  (secret) =>
    encryptField(secret.reveal(), key);
