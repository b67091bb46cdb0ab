import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../support/clock.js';
import { newId } from '../support/ids.js';
import type { HospitalEvent } from './entities/webhook.entity.js';

/** What an event is about: ids and codes. */
export interface EventSubjects {
  'visit.linked': { readonly visitId: string };
  /** `code`: as on the visit's timeline. */
  'visit.failed': { readonly visitId: string; readonly code: string };
  'consent.granted': { readonly consentId: string };
  /** `reason`: REVOKED, also when the patient has left ABDM, or EXPIRED. */
  'consent.revoked': { readonly consentId: string; readonly reason: string };
  'records.shared': {
    readonly consentId: string;
    readonly transactionId: string;
    /** Of which at least one record was taken. */
    readonly visitIds: readonly string[];
  };
  /** Somebody scanned a counter's code. */
  'profile.shared': {
    readonly sharedProfileId: string;
    readonly queueTokenId: string;
    readonly tokenNumber: number;
    /** The counter's code. */
    readonly counter: string;
  };
}

/** Any of them, with what it may carry. */
interface Subject {
  readonly visitId?: string;
  readonly visitIds?: readonly string[];
  readonly consentId?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly transactionId?: string;
  readonly sharedProfileId?: string;
  readonly queueTokenId?: string;
  readonly tokenNumber?: number;
  readonly counter?: string;
}

/** A transfer may be of 1,000 visits; a message to a hospital is short. All of them are in its audit. */
const VISITS_NAMED = 100;

/** Deliveries of one hospital go out one after another. */
export const webhookOrder = (facilityId: string): string => `webhook:${facilityId}`;

interface Listener {
  readonly id: string;
  readonly hfr_id: string;
}

/**
 * Tells the hospital what happened, where it asked for it (`webhook_endpoint`). A delivery is written with its job in the
 * caller's transaction, so that the hospital hears of a change exactly when there is one. Its body holds ids, codes and
 * times, never a name or a clinical word: it goes to a server that we do not know, and lies unsealed until then.
 */
@Injectable()
export class HospitalEvents {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async tell<E extends HospitalEvent>(
    tx: Pick<EntityManager, 'query'>,
    facilityId: string,
    event: E,
    subject: EventSubjects[E],
  ): Promise<void> {
    // Kept from being removed until this transaction ends: a hospital's change of endpoints must not make a link fail.
    const listeners: Listener[] = await tx.query(
      `SELECT e.id, f.hfr_id FROM webhook_endpoint e JOIN facility f ON f.id = e.facility_id
       WHERE e.facility_id = $1 AND e.enabled AND $2 = ANY (e.events) ORDER BY e.id FOR KEY SHARE OF e`,
      [facilityId, event],
    );
    if (listeners.length === 0) return;
    const now = this.clock.now();
    const facts = await this.facts(tx, facilityId, subject);
    const deliveries = listeners.map(({ id: endpointId, hfr_id: facility }) => {
      const id = newId();
      return { id, endpointId, body: JSON.stringify({ id, event, at: now.toISOString(), facility, ...facts }) };
    });
    // One at a time for each hospital, and after everything else that calls an outsider: its slow servers never take more
    // than one worker from the others, however many they are.
    await tx.query(
      `WITH told AS (
         INSERT INTO webhook_delivery (id, endpoint_id, facility_id, event, body, happened_at, tried_since, next_attempt_at)
         SELECT d.id, d.endpoint_id, $4, $5, d.body, $6, $6, $6
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS d (id, endpoint_id, body)
         RETURNING id, endpoint_id
       )
       SELECT graphile_worker.add_job('webhook.send', json_build_object('id', id), queue_name => $7, priority => 10,
         job_key => 'webhook:' || id), pg_notify('jobs:outside', '{"count":1}') FROM told`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map(({ endpointId }) => endpointId),
        deliveries.map(({ body }) => body),
        facilityId,
        event,
        now,
        webhookOrder(facilityId),
      ],
    );
  }

  private async facts(tx: Pick<EntityManager, 'query'>, facilityId: string, subject: Subject): Promise<object> {
    const { visitId, visitIds, consentId, ...codes } = subject;
    const one = visitId === undefined ? [] : await this.visits(tx, facilityId, [visitId]);
    const many = visitIds === undefined ? [] : await this.visits(tx, facilityId, visitIds.slice(0, VISITS_NAMED));
    return {
      ...(one[0] && { visit: one[0] }),
      ...(consentId !== undefined && { consent: await this.consent(tx, facilityId, consentId) }),
      ...codes,
      ...(visitIds && { visitCount: visitIds.length, visits: many }),
    };
  }

  private visits(tx: Pick<EntityManager, 'query'>, facilityId: string, ids: readonly string[]): Promise<object[]> {
    return tx.query(
      `SELECT id, opd_number AS "opdNumber" FROM visit WHERE facility_id = $1 AND id = ANY ($2) ORDER BY day, id`,
      [facilityId, ids],
    );
  }

  private async consent(tx: Pick<EntityManager, 'query'>, facilityId: string, id: string): Promise<object> {
    const [consent]: { hiu_id: string | null; purpose: string | null; expires_at: Date | null }[] = await tx.query(
      'SELECT hiu_id, purpose, expires_at FROM consent_artefact WHERE facility_id = $1 AND id = $2',
      [facilityId, id],
    );
    return {
      id,
      hiuId: consent?.hiu_id ?? null,
      purpose: consent?.purpose ?? null,
      expiresAt: consent?.expires_at?.toISOString() ?? null,
    };
  }
}
