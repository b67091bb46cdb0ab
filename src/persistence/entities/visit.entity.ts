import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';

/** A patient as one facility knows her. */
@Entity('patient')
@Unique(['facilityId', 'uhidHash'])
@Index('patient_by_abha_address', ['facilityId', 'abhaAddressHash'])
@Index('patient_by_abha_number', ['facilityId', 'abhaNumberHash'])
@Index('patient_by_mobile', ['facilityId', 'mobileHash'])
@Index('patient_by_merged_into', ['mergedInto'])
export class Patient {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('bytea') uhidHash!: Buffer;
  @Column('bytea', { nullable: true }) abhaAddressHash!: Buffer | null;
  @Column('bytea', { nullable: true }) abhaNumberHash!: Buffer | null;
  @Column('bytea', { nullable: true }) mobileHash!: Buffer | null;
  @Column('bytea') sealedDemographics!: Buffer;
  @Column('timestamptz', { default: () => 'now()' }) updatedAt!: Date;
  /** The hospital said she is this patient too; never a row that is merged itself. */
  @Column('uuid', { nullable: true }) @ForeignKey(() => Patient) mergedInto!: string | null;
  /** The day of the visit that brought her ABHA: an older visit, corrected later, does not bring the old one back. */
  @Column('timestamptz', { nullable: true }) abhaAsOf!: Date | null;
  /** Since when she has none because it ended: she left ABDM and is not to be invited. */
  @Column('timestamptz', { nullable: true }) abhaEndedAt!: Date | null;
}

export const VISIT_STATES = [
  'received',
  'quarantined',
  'waiting-for-abha',
  'linking',
  'linked',
  'failed',
  'withdrawn',
] as const;
export type VisitState = (typeof VISIT_STATES)[number];

@Entity('visit')
@Unique(['facilityId', 'opdNumber'])
@Index('visit_by_day', ['facilityId', 'day', 'id'])
@Index('visit_by_patient', ['patientId', 'state'])
@Check('visit_state_check', `state IN (${VISIT_STATES.map((state) => `'${state}'`).join(', ')})`)
export class VisitRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') opdNumber!: string;
  /** The newest version that came. */
  @Column('integer') rowVersion!: number;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Patient) patientId!: string | null;
  @Column('text') state!: VisitState;
  @Column('text', { nullable: true }) counter!: string | null;
  @Column('timestamptz', { nullable: true }) registeredAt!: Date | null;
  /** The day of the visit in India; of its arrival when the visit's own could not be read. */
  @Column('date') day!: string;
  @Column('timestamptz') receivedAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  /** How many of its words were looked up for a code. */
  @Column('integer', { default: 0 }) termCount!: number;
  /** The hospital says she came by scan and share. */
  @Column('boolean', { default: false }) isScanAndShare!: boolean;
}

/** What the hospital sent, version by version: the row (Aadhaar masked), what was understood, and the remarks. */
@Entity('visit_version')
export class VisitVersion {
  @PrimaryColumn('uuid') @ForeignKey(() => VisitRow) visitId!: string;
  @PrimaryColumn('integer') rowVersion!: number;
  @Column('bytea') sealedRow!: Buffer;
  @Column('bytea', { nullable: true }) sealedVisit!: Buffer | null;
  @Column('bytea') sealedRemarks!: Buffer;
  @Column('integer') remarkCount!: number;
  /** `QuarantineReason[]`: no values in it. */
  @Column('jsonb', { default: [] }) reasons!: unknown[];
  @Column('timestamptz') receivedAt!: Date;
}

/** One line of a visit's timeline. */
@Entity('visit_event')
@Index('visit_event_by_visit', ['visitId', 'id'])
export class VisitEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('uuid') @ForeignKey(() => VisitRow) visitId!: string;
  @Column('text') step!: string;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('integer', { nullable: true }) rowVersion!: number | null;
  @Column('timestamptz') happenedAt!: Date;
}
