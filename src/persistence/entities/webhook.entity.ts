import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';

/** What the hospital can be told of. */
export const HOSPITAL_EVENTS = [
  'visit.linked',
  'visit.failed',
  'consent.granted',
  'consent.revoked',
  'records.shared',
  'profile.shared',
] as const;
export type HospitalEvent = (typeof HOSPITAL_EVENTS)[number];

/** Where a facility wants to be told of what. */
@Entity('webhook_endpoint')
@Unique(['facilityId', 'url'])
export class WebhookEndpoint {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') url!: string;
  @Column('text', { array: true }) events!: HospitalEvent[];
  @Column('boolean', { default: true }) enabled!: boolean;
  /** What its deliveries are signed with. */
  @Column('bytea') sealedSecret!: Buffer;
  /** It did not answer: nothing else is tried there before this. */
  @Column('timestamptz', { nullable: true }) restingUntil!: Date | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
}

export const DELIVERY_STATES = ['waiting', 'delivered', 'given-up'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event for one endpoint: written with the change it tells of, sent by a job. */
@Entity('webhook_delivery')
@Check('webhook_delivery_state_check', `state IN (${DELIVERY_STATES.map((state) => `'${state}'`).join(', ')})`)
@Index('webhook_delivery_by_facility', ['facilityId', 'happenedAt', 'id'])
@Index('webhook_delivery_by_end', ['endpointId', 'endedAt'])
export class WebhookDelivery {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => WebhookEndpoint, { onDelete: 'CASCADE' }) endpointId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') event!: HospitalEvent;
  /** The bytes that are signed and sent, the same at every attempt: ids and codes, nothing of a person. */
  @Column('text') body!: string;
  @Column('text', { default: 'waiting' }) state!: DeliveryState;
  @Column('integer', { default: 0 }) attempts!: number;
  /** How the last attempt failed; null while there was none, and when it was taken. */
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('integer', { nullable: true }) httpStatus!: number | null;
  @Column('timestamptz') happenedAt!: Date;
  /** From when the day of tries counts: the event, or the last "send again". */
  @Column('timestamptz') triedSince!: Date;
  @Column('timestamptz', { nullable: true }) nextAttemptAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}
