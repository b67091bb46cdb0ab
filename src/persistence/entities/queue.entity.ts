import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';

/** A place where patients scan a QR code and wait. */
@Entity('counter')
@Unique(['facilityId', 'code'])
export class Counter {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  /** `counter-id` of its QR code: 1 to 20 letters and digits, in capitals. It never changes: posters hang on the wall. */
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) department!: string | null;
  /** Closed: who scans its code is told to try later. */
  @Column('boolean', { default: true }) isOpen!: boolean;
  @Column('timestamptz') createdAt!: Date;
}

/** Who scanned a code of a facility on a day. Erased after that day: a stub stays that says so. */
@Entity('shared_profile')
@Unique(['facilityId', 'abhaAddressHash', 'day'])
@Index('shared_profile_unerased', ['facilityId', 'day'], { where: 'erased_at IS NULL' })
export class SharedProfileRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('bytea', { nullable: true }) abhaAddressHash!: Buffer | null;
  @Column('bytea', { nullable: true }) abhaNumberHash!: Buffer | null;
  @Column('bytea', { nullable: true }) sealedProfile!: Buffer | null;
  /** In India. */
  @Column('date') day!: string;
  @Column('timestamptz') firstSharedAt!: Date;
  @Column('timestamptz') lastSharedAt!: Date;
  @Column('timestamptz', { nullable: true }) erasedAt!: Date | null;
}

/** The last number given, for each series of numbers and day. */
@Entity('token_sequence')
export class TokenSequence {
  @PrimaryColumn('uuid') @ForeignKey(() => Facility) facilityId!: string;
  /** `facility`, `counter:CODE` or `department:NAME`. */
  @PrimaryColumn('text') scope!: string;
  /** In India. */
  @PrimaryColumn('date') day!: string;
  @Column('integer') last!: number;
}

export const TOKEN_STATES = ['waiting', 'called', 'done', 'left'] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

@Entity('queue_token')
@Check('queue_token_state_check', `state IN (${TOKEN_STATES.map((state) => `'${state}'`).join(', ')})`)
@Unique(['facilityId', 'scope', 'day', 'number'])
@Check('queue_token_end_check', `(ended_at IS NULL) = (state IN ('waiting', 'called'))`)
@Index('queue_token_by_counter', ['counterId', 'day'])
@Index('queue_token_by_scanned_counter', ['scannedCounterId', 'day'])
@Index('queue_token_by_day', ['facilityId', 'day'])
@Index('queue_token_by_profile', ['sharedProfileId'])
@Index('queue_token_unended', ['facilityId', 'day'], { where: 'ended_at IS NULL' })
@Index('queue_token_to_call', ['counterId'], { where: 'ended_at IS NULL' })
@Index('queue_token_by_person', ['abhaAddressHash'], { where: 'abha_address_hash IS NOT NULL' })
export class QueueToken {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  /** Where she waits now. */
  @Column('uuid') @ForeignKey(() => Counter) counterId!: string;
  /** Whose code she scanned. */
  @Column('uuid') @ForeignKey(() => Counter) scannedCounterId!: string;
  @Column('text') scope!: string;
  /** In India. */
  @Column('date') day!: string;
  @Column('integer') number!: number;
  /** Her place in the queue: since she scanned; later when she was skipped, or came back. */
  @Column('timestamptz') waitsSince!: Date;
  @Column('text') state!: TokenState;
  @Column('uuid') @ForeignKey(() => SharedProfileRow) sharedProfileId!: string;
  /** Erased with the profile. */
  @Column('bytea', { nullable: true }) abhaAddressHash!: Buffer | null;
  /** False: ABDM did not take our answer, so her phone does not show the number. */
  @Column('boolean', { default: true }) isTold!: boolean;
  @Column('timestamptz') issuedAt!: Date;
  /** Until then, scanning the code again gives the same number. */
  @Column('timestamptz') validUntil!: Date;
  /** The first time. */
  @Column('timestamptz', { nullable: true }) calledAt!: Date | null;
  @Column('timestamptz', { nullable: true }) lastCalledAt!: Date | null;
  @Column('integer', { default: 0 }) calledCount!: number;
  @Column('timestamptz', { nullable: true }) skippedAt!: Date | null;
  /** She was served or had left, and scanned again. */
  @Column('timestamptz', { nullable: true }) cameBackAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}
