import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiKey } from './entities/facility.entity.js';

const FORM = /^ehk_([A-Za-z0-9_-]{11})\.([A-Za-z0-9_-]{43})$/;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** API keys of facilities: `ehk_<id>.<secret>`, the secret 32 random bytes. Only its SHA-256 is stored. */
@Injectable()
export class ApiKeys {
  constructor(private readonly db: DataSource) {}

  /** The key in full: shown once, never again. */
  async make(facilityId: string, label: string): Promise<string> {
    const id = randomBytes(8).toString('base64url');
    const secret = randomBytes(32).toString('base64url');
    await this.db.getRepository(ApiKey).insert({ id, facilityId, hash: hashOf(secret), label, revokedAt: null });
    return `ehk_${id}.${secret}`;
  }

  /** Whose key this is. Compared in constant time; an unknown id takes as long as a known one. */
  async facilityOf(key: string): Promise<{ readonly keyId: string; readonly facilityId: string } | undefined> {
    const [, id = '', secret = ''] = FORM.exec(key) ?? [];
    const rows: { id: string; facility_id: string; hash: Buffer }[] = await this.db.query(
      'SELECT id, facility_id, hash FROM api_key WHERE id = $1 AND revoked_at IS NULL',
      [id],
    );
    const row = rows[0];
    const isRight = timingSafeEqual(row?.hash ?? Buffer.alloc(32), hashOf(secret));
    return row !== undefined && isRight ? { keyId: row.id, facilityId: row.facility_id } : undefined;
  }

  /** False when there is no such key, or it was revoked before. */
  async revoke(id: string): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      'UPDATE api_key SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id',
      [id],
    );
    return rows.length === 1;
  }
}
