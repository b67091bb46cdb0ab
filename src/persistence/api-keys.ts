import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiKey } from './entities/facility.entity.js';

const FORM = /^ehk_([A-Za-z0-9_-]{11})\.([A-Za-z0-9_-]{43})$/;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The facilities of a district's key: those with this district and this state, as the facilities are stored. */
export interface District {
  readonly district: string;
  /** Names of districts repeat: there is a Bilaspur in two states. Null: the facilities name no state either. */
  readonly state: string | null;
}

/** Whose a key is. */
export type KeyHolder =
  | { readonly role: 'facility'; readonly keyId: string; readonly facilityId: string }
  | ({ readonly role: 'district'; readonly keyId: string } & District);

interface KeyRow {
  readonly id: string;
  readonly hash: Buffer;
  readonly facility_id: string | null;
  readonly district: string | null;
  readonly state: string | null;
}

/**
 * API keys of facilities, and of districts: `ehk_<id>.<secret>`, the secret 32 random bytes. Only its SHA-256 is stored.
 * A district's key opens reports and nothing else.
 */
@Injectable()
export class ApiKeys {
  constructor(private readonly db: DataSource) {}

  /** The key in full: shown once, never again. */
  make(facilityId: string, label: string): Promise<string> {
    return this.keep(label, { facilityId });
  }

  /** As `make`, for the office of a district. */
  makeForDistrict({ district, state }: District, label: string): Promise<string> {
    return this.keep(label, { role: 'district', district, state });
  }

  /** Whose key this is. Compared in constant time; an unknown id takes as long as a known one. */
  async holderOf(key: string): Promise<KeyHolder | undefined> {
    const [, id = '', secret = ''] = FORM.exec(key) ?? [];
    const rows: KeyRow[] = await this.db.query(
      'SELECT id, hash, facility_id, district, state FROM api_key WHERE id = $1 AND revoked_at IS NULL',
      [id],
    );
    const row = rows[0];
    const isRight = timingSafeEqual(row?.hash ?? Buffer.alloc(32), hashOf(secret));
    if (row === undefined || !isRight) return undefined;
    const { id: keyId, facility_id: facilityId, district, state } = row;
    if (facilityId !== null) return { role: 'facility', keyId, facilityId };
    return district === null ? undefined : { role: 'district', keyId, district, state };
  }

  /** The facility whose key this is; undefined for a district's. */
  async facilityOf(key: string): Promise<{ readonly keyId: string; readonly facilityId: string } | undefined> {
    const holder = await this.holderOf(key);
    return holder?.role === 'facility' ? { keyId: holder.keyId, facilityId: holder.facilityId } : undefined;
  }

  /** False when there is no such key, or it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      'UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id',
      [id],
    );
    return rows.length === 1;
  }

  private async keep(label: string, holder: Partial<ApiKey>): Promise<string> {
    const id = randomBytes(8).toString('base64url');
    const secret = randomBytes(32).toString('base64url');
    await this.db.getRepository(ApiKey).insert({ id, hash: hashOf(secret), label, ...holder });
    return `ehk_${id}.${secret}`;
  }
}
