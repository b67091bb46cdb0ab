import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { WebhookFailure } from '../../flows/webhooks/webhook-post.js';
import type { WebhookDelivery } from '../../persistence/entities/webhook.entity.js';
import { isUuid } from '../../support/ids.js';
import { isInstant, readCursor, writeCursor } from '../cursor.js';
import { WEBHOOK_FAILURES_EN } from '../texts/webhooks.en.js';
import { WEBHOOK_FAILURES_HI } from '../texts/webhooks.hi.js';
import type { DeliveryFilter, DeliveryPage, DeliveryView } from './webhooks.dto.js';

interface Row extends Omit<WebhookDelivery, 'endpointId' | 'facilityId' | 'triedSince' | 'failure'> {
  readonly webhookId: string;
  readonly url: string;
  readonly failure: WebhookFailure | null;
}

const SELECT = `
  SELECT d.id, d.endpoint_id AS "webhookId", e.url, d.event, d.body, d.state, d.attempts, d.failure,
    d.http_status AS "httpStatus", d.happened_at AS "happenedAt", d.next_attempt_at AS "nextAttemptAt",
    d.ended_at AS "endedAt"
  FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
  WHERE d.facility_id = $1`;

/** A facility's deliveries, newest first. */
@Injectable()
export class DeliveryQueries {
  constructor(private readonly db: DataSource) {}

  async list(facilityId: string, { state, limit, cursor }: DeliveryFilter): Promise<DeliveryPage> {
    const before = cursor === undefined ? undefined : readCursor(cursor, (at, id) => isInstant(at) && isUuid(id));
    const rows: Row[] = await this.db.query(
      `${SELECT} AND ($2::text IS NULL OR d.state = $2)
         AND ($3::timestamptz IS NULL OR (d.happened_at, d.id) < ($3::timestamptz, $4::uuid))
       ORDER BY d.happened_at DESC, d.id DESC LIMIT $5`,
      [facilityId, state ?? null, before?.key ?? null, before?.id ?? null, limit + 1],
    );
    const deliveries = rows.slice(0, limit).map(view);
    const last = deliveries.at(-1);
    const isMore = rows.length > limit && last !== undefined;
    return { deliveries, next: isMore ? writeCursor(last.happenedAt, last.id) : null };
  }

  async one(facilityId: string, id: string): Promise<DeliveryView | undefined> {
    const [row]: Row[] = await this.db.query(`${SELECT} AND d.id = $2`, [facilityId, id]);
    return row && view(row);
  }
}

const view = ({ failure, ...row }: Row): DeliveryView => ({
  ...row,
  failure: failure && { code: failure, en: WEBHOOK_FAILURES_EN[failure], hi: WEBHOOK_FAILURES_HI[failure] },
  happenedAt: row.happenedAt.toISOString(),
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  body: JSON.parse(row.body) as object,
});
