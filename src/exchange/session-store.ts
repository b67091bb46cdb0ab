import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SessionStore } from '../abdm/client/session.js';
import { Sealer } from '../persistence/sealing.js';

const label = (clientId: string): string => `gateway_session.sealed_token:${clientId}`;

/** The access token in PostgreSQL: one row a client id, a claim for the one who fetches. */
@Injectable()
export class PostgresSessionStore implements SessionStore {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
  ) {}

  async read(clientId: string): Promise<{ token: string; expiresAt: Date } | undefined> {
    const rows: { sealed_token: Buffer; expires_at: Date }[] = await this.db.query(
      `SELECT sealed_token, expires_at FROM gateway_session
       WHERE client_id = $1 AND sealed_token IS NOT NULL AND expires_at > now()`,
      [clientId],
    );
    const row = rows[0];
    return row && { token: this.sealer.open(label(clientId), row.sealed_token), expiresAt: row.expires_at };
  }

  async claim(clientId: string, seconds: number): Promise<boolean> {
    const rows: unknown[] = await this.db.query(
      `INSERT INTO gateway_session (client_id, asked_until) VALUES ($1, now() + make_interval(secs => $2))
       ON CONFLICT (client_id) DO UPDATE SET asked_until = excluded.asked_until
       WHERE gateway_session.asked_until IS NULL OR gateway_session.asked_until < now()
       RETURNING client_id`,
      [clientId, seconds],
    );
    return rows.length === 1;
  }

  async write(clientId: string, token: string, expiresAt: Date): Promise<void> {
    await this.db.query(
      'UPDATE gateway_session SET sealed_token = $2, expires_at = $3, asked_until = NULL WHERE client_id = $1',
      [clientId, this.sealer.seal(label(clientId), token), expiresAt],
    );
  }

  async release(clientId: string): Promise<void> {
    await this.db.query('UPDATE gateway_session SET asked_until = NULL WHERE client_id = $1', [clientId]);
  }

  async drop(clientId: string, token: string): Promise<void> {
    const stored = await this.read(clientId);
    if (stored?.token !== token) return;
    await this.db.query('UPDATE gateway_session SET sealed_token = NULL, expires_at = NULL WHERE client_id = $1', [
      clientId,
    ]);
  }
}
