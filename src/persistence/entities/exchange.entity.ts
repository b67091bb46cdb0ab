import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Facility } from './facility.entity.js';

/**
 * Ours (out): waiting → sent → answered; refused (a final no), failed, timed-out.
 * Theirs (in): received → handled; ignored (a reply to nothing we asked, a path we do not know).
 */
export const EXCHANGE_STATES = [
  'waiting',
  'sent',
  'answered',
  'refused',
  'failed',
  'timed-out',
  'received',
  'handled',
  'ignored',
] as const;
export type ExchangeState = (typeof EXCHANGE_STATES)[number];

/** The exchange log: one row a message. */
@Entity('exchange')
@Check('exchange_direction_check', `direction IN ('in', 'out')`)
@Check('exchange_state_check', `state IN (${EXCHANGE_STATES.map((state) => `'${state}'`).join(', ')})`)
@Index('exchange_in_once', ['requestId'], { unique: true, where: `(direction = 'in'::text)` })
@Index('exchange_out_once', ['requestId'], { unique: true, where: `(direction = 'out'::text)` })
@Index('exchange_earlier', ['earlierRequestIds'], { type: 'gin', where: `(earlier_request_ids <> '{}'::uuid[])` })
@Index('exchange_unanswered', ['waitUntil'], { where: `((state = 'sent'::text) AND (wait_until IS NOT NULL))` })
@Index('exchange_about', ['about'])
@Index('exchange_answered_once', ['replyTo'], {
  unique: true,
  where: `((direction = 'out'::text) AND (reply_to IS NOT NULL))`,
})
@Index('exchange_shares', ['facilityId', 'createdAt'], {
  where: `((name = 'patient.share'::text) AND (sealed_message IS NOT NULL))`,
})
@Index('exchange_unhandled', ['createdAt'], { where: `(state = 'received'::text)` })
export class ExchangeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') direction!: 'in' | 'out';
  @Column('text') state!: ExchangeState;
  @Column('uuid') requestId!: string;
  /** A retry goes out under a fresh REQUEST-ID; an answer to an earlier one is still an answer. */
  @Column('uuid', { array: true, default: '{}' }) earlierRequestIds!: string[];
  @Column('uuid', { nullable: true }) replyTo!: string | null;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Facility) facilityId!: string | null;
  /** The linking, transfer or consent the message is about. */
  @Column('uuid', { nullable: true }) about!: string | null;
  @Column('integer', { nullable: true }) httpStatus!: number | null;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('bytea', { nullable: true }) sealedMessage!: Buffer | null;
  /** A job to add once the message is out: `{ name, payload }`. */
  @Column('jsonb', { nullable: true }) thenJob!: unknown;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) sentAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) waitUntil!: Date | null;
}

/** The gateway's access token, shared by all processes. `askedUntil`: one of them is fetching a new one. */
@Entity('gateway_session')
export class GatewaySession {
  @PrimaryColumn('text') clientId!: string;
  @Column('bytea', { nullable: true }) sealedToken!: Buffer | null;
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { nullable: true }) askedUntil!: Date | null;
}

/** A process that does jobs, and when it last said so. */
@Entity('worker_heartbeat')
export class WorkerHeartbeat {
  @PrimaryColumn('uuid') processId!: string;
  @Column('text', { array: true }) workerIds!: string[];
  @Column('timestamptz') beatAt!: Date;
}
