import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';
import { CareContext } from './health-record.entity.js';
import { Patient } from './visit.entity.js';

/** `none`: nobody fits, `several`: more than one does; both are told as "not found". */
export const DISCOVERY_OUTCOMES = ['offered', 'nothing-new', 'none', 'several'] as const;
export type DiscoveryOutcome = (typeof DISCOVERY_OUTCOMES)[number];

/** Somebody looked for her visits at a facility. */
@Entity('discovery')
@Check('discovery_outcome_check', `outcome IN (${DISCOVERY_OUTCOMES.map((outcome) => `'${outcome}'`).join(', ')})`)
@Unique(['facilityId', 'transactionId'])
export class DiscoveryRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  /** ABDM's. */
  @Column('text') transactionId!: string;
  /** Of somebody to whom nothing was offered nothing is kept. */
  @Column('bytea', { nullable: true }) sealedAbhaAddress!: Buffer | null;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Patient) patientId!: string | null;
  @Column('text') outcome!: DiscoveryOutcome;
  @Column('timestamptz') askedAt!: Date;
  /** A link has begun with it: it stays as it is. */
  @Column('boolean', { default: false }) hasLink!: boolean;
}

/** What she was shown: only this may be chosen. */
@Entity('discovery_offer')
export class DiscoveryOffer {
  @PrimaryColumn('uuid') @ForeignKey(() => DiscoveryRow) discoveryId!: string;
  @PrimaryColumn('uuid') @ForeignKey(() => CareContext) careContextId!: string;
  @Column('text', { array: true }) hiTypes!: string[];
}

/** `locked`: too many wrong codes. `undone`: ABDM did not take our answer, so nothing is linked there. */
export const USER_LINK_STATES = ['awaiting-otp', 'linked', 'locked', 'undone'] as const;
export type UserLinkState = (typeof USER_LINK_STATES)[number];

/** A link the patient began. Its id is the link reference number. */
@Entity('user_link')
@Check('user_link_state_check', `state IN (${USER_LINK_STATES.map((state) => `'${state}'`).join(', ')})`)
@Index('user_link_by_patient', ['patientId', 'madeAt'])
export class UserLinkRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => DiscoveryRow) discoveryId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  @Column('text') state!: UserLinkState;
  /** Null once it has been used or locked. */
  @Column('bytea', { nullable: true }) otpHash!: Buffer | null;
  /** Null once it has been sent. */
  @Column('bytea', { nullable: true }) sealedOtp!: Buffer | null;
  @Column('timestamptz', { nullable: true }) otpSentAt!: Date | null;
  @Column('integer', { default: 0 }) tries!: number;
  /** The hospital learned the patient's ABHA address by it. */
  @Column('boolean', { default: false }) abhaBecameKnown!: boolean;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}

/** What she chose. */
@Entity('user_link_context')
export class UserLinkContext {
  @PrimaryColumn('uuid') @ForeignKey(() => UserLinkRow) userLinkId!: string;
  @PrimaryColumn('uuid') @ForeignKey(() => CareContext) careContextId!: string;
  @Column('text', { array: true }) hiTypes!: string[];
  /** False also where it was linked meanwhile by another way. */
  @Column('boolean', { default: false }) isLinkedByIt!: boolean;
}
