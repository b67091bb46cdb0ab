import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { appendAudit } from '../../persistence/audit.js';
import type { HospitalEvent } from '../../persistence/entities/webhook.entity.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import { checkOutsideUrl } from '../../support/outside-address.js';

export const MOST_ENDPOINTS = 5;

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly events: readonly HospitalEvent[];
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface EndpointWish {
  readonly url: string;
  readonly events: readonly HospitalEvent[];
  readonly enabled: boolean;
  /** The old secret is no longer used from the next delivery on. */
  readonly newSecret: boolean;
}

/** Whose endpoints, and through which API key. */
export interface EndpointOwner {
  readonly facilityId: string;
  readonly keyId: string;
}

/** The facility has as many endpoints as it may. */
export class TooManyEndpoints extends Error {
  constructor() {
    super(`A facility has at most ${MOST_ENDPOINTS} endpoints`);
    this.name = 'TooManyEndpoints';
  }
}

const COLUMNS = 'id, url, events, enabled, created_at AS "createdAt", updated_at AS "updatedAt"';

export const secretLabel = (endpointId: string): string => `webhook_endpoint.sealed_secret:${endpointId}`;

/** Where a facility wants to be told of events. One endpoint a URL; a secret is ours to make, and shown once. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(facilityId: string): Promise<Endpoint[]> {
    return this.db.query(`SELECT ${COLUMNS} FROM webhook_endpoint WHERE facility_id = $1 ORDER BY created_at, id`, [
      facilityId,
    ]);
  }

  /**
   * Makes the endpoint of this URL, or changes it.
   * @returns with its secret (32 random bytes) when that is new
   * @throws UnusableAddress when nothing may be sent there
   * @throws TooManyEndpoints
   */
  async save(by: EndpointOwner, wish: EndpointWish): Promise<Endpoint & { readonly secret: string | undefined }> {
    const url = checkOutsideUrl(wish.url, this.config.WEBHOOK_ALLOWED_ORIGINS).href;
    return this.db.transaction(async (tx) => {
      // Two at once must not both be the last one allowed, nor both make this one.
      await tx.query('SELECT 1 FROM facility WHERE id = $1 FOR NO KEY UPDATE', [by.facilityId]);
      const known: Endpoint[] = await tx.query(`SELECT ${COLUMNS} FROM webhook_endpoint WHERE facility_id = $1`, [
        by.facilityId,
      ]);
      const before = known.find((endpoint) => endpoint.url === url);
      if (before === undefined && known.length >= MOST_ENDPOINTS) throw new TooManyEndpoints();
      const id = before?.id ?? newId();
      const secret =
        before === undefined || wish.newSecret ? `whs_${randomBytes(32).toString('base64url')}` : undefined;
      const [endpoint]: Endpoint[] = await tx.query(
        `INSERT INTO webhook_endpoint (id, facility_id, url, events, enabled, sealed_secret, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, coalesce($6, ''::bytea), $7, $7)
         ON CONFLICT (id) DO UPDATE SET events = excluded.events, enabled = excluded.enabled, resting_until = NULL,
           sealed_secret = coalesce($6, webhook_endpoint.sealed_secret), updated_at = excluded.updated_at
         RETURNING ${COLUMNS}`,
        [
          id,
          by.facilityId,
          url,
          wish.events,
          wish.enabled,
          secret === undefined ? null : this.sealer.seal(secretLabel(id), secret),
          this.clock.now(),
        ],
      );
      if (endpoint === undefined) throw new Error('The endpoint could not be stored');
      await this.audit(tx, by, id, before === undefined ? 'made' : 'changed');
      return { ...endpoint, secret };
    });
  }

  /** False when the facility has no such endpoint. Its deliveries go with it, those that wait too. */
  async remove(by: EndpointOwner, id: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [removed] = await tx.query<[unknown[], number]>(
        'DELETE FROM webhook_endpoint WHERE facility_id = $1 AND id = $2 RETURNING id',
        [by.facilityId, id],
      );
      if (removed.length === 0) return false;
      await this.audit(tx, by, id, 'removed');
      return true;
    });
  }

  /** Where a hospital's events go is itself something to be able to look up. */
  private audit(tx: EntityManager, by: EndpointOwner, id: string, outcome: string): Promise<void> {
    return appendAudit(tx, {
      at: this.clock.now(),
      actor: `hospital:${by.keyId}`,
      action: 'webhook.changed',
      facilityId: by.facilityId,
      subjectId: id,
      outcome,
    });
  }
}
