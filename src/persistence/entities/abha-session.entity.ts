import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Facility } from './facility.entity.js';
import { Counter } from './queue.entity.js';

export const ABHA_PURPOSES = ['create', 'verify'] as const;
export type AbhaPurpose = (typeof ABHA_PURPOSES)[number];

export const ABHA_CHANNELS = ['desk', 'kiosk'] as const;
export type AbhaChannel = (typeof ABHA_CHANNELS)[number];

const oneOf = (column: string, values: readonly string[]): string =>
  `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`;

/** One person at a desk or kiosk, on the way to a new or a verified ABHA. Erased of all that is hers when it ends. */
@Entity('abha_session')
@Check('abha_session_purpose_check', oneOf('purpose', ABHA_PURPOSES))
@Check('abha_session_channel_check', oneOf('channel', ABHA_CHANNELS))
@Index('abha_session_by_facility', ['facilityId', 'createdAt'])
export class AbhaSessionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') purpose!: AbhaPurpose;
  @Column('text') way!: string;
  /** What is expected next. */
  @Column('text') step!: string;
  /** Transaction ids, tokens, what was asked for; never an Aadhaar number, an OTP or a biometric. */
  @Column('bytea', { nullable: true }) sealedState!: Buffer | null;
  @Column('bytea', { nullable: true }) sealedProfile!: Buffer | null;
  @Column('text') channel!: AbhaChannel;
  /** The hospital's own name for who sits there; for the consent record. */
  @Column('text') operator!: string;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Counter) counterId!: string | null;
  @Column('boolean', { nullable: true }) isNew!: boolean | null;
  @Column('bytea', { nullable: true }) abhaAddressHash!: Buffer | null;
  @Column('bytea', { nullable: true }) abhaNumberHash!: Buffer | null;
  @Column('timestamptz', { nullable: true }) verifiedAt!: Date | null;
  /** The step under way at ABDM, whose it is, and until when nobody else may take it. All null: none is. */
  @Column('text', { nullable: true }) callingStep!: string | null;
  @Column('uuid', { nullable: true }) callId!: string | null;
  @Column('timestamptz', { nullable: true }) callingUntil!: Date | null;
  @Column('text', { nullable: true }) failureCode!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}

/** A consent given before an enrolment. Never changed, never deleted: which words, when, and who was there. */
@Entity('abha_consent')
export class AbhaConsentRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => AbhaSessionRow) @Index('abha_consent_by_session') sessionId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') textVersion!: string;
  @Column('text') textLanguage!: string;
  /** SHA-256 of the text that was shown, in hex. */
  @Column('text') textHash!: string;
  @Column('text') operator!: string;
  @Column('text') channel!: AbhaChannel;
  @Column('timestamptz') givenAt!: Date;
}
