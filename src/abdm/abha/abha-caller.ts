import { Injectable } from '@nestjs/common';
import type { FieldKey } from '../../crypto/field-encryption.js';
import type { ServedFile } from './answers.js';
import { AbhaHttp, type AbhaRequest } from './abha-http.js';
import { AbhaKey, encryptWith, type Encrypt } from './abha-key.js';
import { AbhaServiceError } from './abha-service-error.js';
import { servedFile } from './served-file.js';
import type { UserToken } from './tokens.js';

/** A body whose fields are encrypted: made anew for every attempt, since the key may have changed between two. */
export type SealedBody = (encrypt: Encrypt) => unknown;

type Options = Pick<AbhaRequest, 'token' | 'headers' | 'isLook'>;

/** Fields that come out wrong when they were encrypted under a key that is no longer the service's. */
const ENCRYPTED_FIELD = /^(loginId|otpValue|aadhaar|aadhaarNumber|mobile|password)$/i;

/** What the calls of this folder are made with. */
@Injectable()
export class AbhaCaller {
  constructor(
    private readonly http: AbhaHttp,
    private readonly key: AbhaKey,
  ) {}

  async get(path: AbhaRequest['path'], options: Options = {}): Promise<unknown> {
    return (await this.http.send({ method: 'GET', path, ...options })).body;
  }

  async file(path: AbhaRequest['path'], token: UserToken): Promise<ServedFile> {
    return servedFile(await this.http.send({ method: 'GET', path, token, answer: 'file' }));
  }

  /** Everything in clear. */
  async send(
    method: 'POST' | 'PATCH',
    path: AbhaRequest['path'],
    body: unknown,
    options: Options = {},
  ): Promise<unknown> {
    return (await this.http.send({ method, path, body, ...options })).body;
  }

  /** With encrypted fields. A refusal of such a field sends us for the key once, and if that has changed, once more. */
  async post(path: AbhaRequest['path'], sealed: SealedBody, options: Options = {}): Promise<unknown> {
    const attempt = (key: FieldKey) => this.send('POST', path, sealed(encryptWith(key)), options);
    const key = await this.key.current();
    try {
      return await attempt(key);
    } catch (error) {
      if (!isAboutTheKey(error)) throw error;
      const newer = await this.newerThan(key, error);
      return attempt(newer);
    }
  }

  /** @throws the refusal itself when the key is the same, or can not be had */
  private async newerThan(key: FieldKey, refusal: AbhaServiceError): Promise<FieldKey> {
    const newer = await this.key.after(key).catch(() => undefined);
    if (newer === undefined) throw refusal;
    return newer;
  }
}

function isAboutTheKey(error: unknown): error is AbhaServiceError {
  return error instanceof AbhaServiceError && error.kind === 'field-refused' && ENCRYPTED_FIELD.test(error.field ?? '');
}
