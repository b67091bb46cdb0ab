import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';
import { Patient, VisitRow } from './visit.entity.js';

export const MERGE_REASONS = ['same-abha-address', 'same-abha-number'] as const;
export type MergeReason = (typeof MERGE_REASONS)[number];
export const MERGE_STATES = ['open', 'accepted', 'rejected'] as const;
export type MergeState = (typeof MERGE_STATES)[number];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** Two patients of a facility came with one ABHA: is it one person? The hospital says. */
@Entity('merge_proposal')
@Check('merge_proposal_reason_check', `reason IN (${quoted(MERGE_REASONS)})`)
@Check('merge_proposal_state_check', `state IN (${quoted(MERGE_STATES)})`)
@Unique(['patientId', 'otherPatientId'])
@Index('merge_proposal_by_facility', ['facilityId', 'madeAt', 'id'])
@Index('merge_proposal_by_other', ['otherPatientId'])
export class MergeProposalRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  /** Who had the ABHA first. */
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  @Column('uuid') @ForeignKey(() => Patient) otherPatientId!: string;
  @Column('text') reason!: MergeReason;
  @Column('text') state!: MergeState;
  @Column('timestamptz') madeAt!: Date;
  @Column('timestamptz', { nullable: true }) decidedAt!: Date | null;
  /** Id of the hospital's API key. */
  @Column('text', { nullable: true }) decidedBy!: string | null;
}

/** An ABHA a patient had before: what was linked under it is still served under its consents. */
@Entity('former_abha')
@Index('former_abha_by_address', ['facilityId', 'abhaAddressHash'])
export class FormerAbha {
  @PrimaryColumn('uuid') @ForeignKey(() => Patient) patientId!: string;
  @PrimaryColumn('bytea') abhaAddressHash!: Buffer;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('bytea') sealedAbha!: Buffer;
  @Column('timestamptz') until!: Date;
}

/** An ABHA address that is not in use at a facility: deactivated, deleted, or refused as such. */
@Entity('ended_abha')
export class EndedAbhaRow {
  @Column('uuid', { unique: true }) id!: string;
  @PrimaryColumn('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @PrimaryColumn('bytea') abhaAddressHash!: Buffer;
  /** `DEACTIVATED`, `DELETED`, or ABDM's code when a call of ours was refused. */
  @Column('text') reason!: string;
  @Column('timestamptz') heardAt!: Date;
  /** Null: until ABDM says otherwise. */
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  /** When patients, consents and visits had all been seen to. */
  @Column('timestamptz', { nullable: true }) doneAt!: Date | null;
}

export const SMS_STATES = ['asked', 'paused', 'sent', 'failed'] as const;

/** A deep link by SMS that ABDM was asked for. The mobile itself is only in the sealed message. */
@Entity('deep_link_sms')
@Check('deep_link_sms_state_check', `state IN (${quoted(SMS_STATES)})`)
@Unique(['facilityId', 'mobileHash', 'day'])
@Unique(['patientId', 'day'])
export class DeepLinkSms {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid') @ForeignKey(() => VisitRow) visitId!: string;
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  @Column('bytea') mobileHash!: Buffer;
  /** In India. */
  @Column('date') day!: string;
  @Column('text') state!: (typeof SMS_STATES)[number];
  @Column('integer', { default: 0 }) attempt!: number;
  @Column('timestamptz') askedAt!: Date;
}
