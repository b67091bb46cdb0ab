import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Facility } from './facility.entity.js';
import { CareContext } from './health-record.entity.js';
import { Patient, VisitRow } from './visit.entity.js';

export const LINK_TOKEN_STATES = ['none', 'asked', 'usable', 'refused'] as const;

/**
 * A patient's link token at one facility: good for six months and any number of care contexts, but only for whom ABDM
 * compared. Two people under one ABHA address (a typing error) have two rows, and the wrong one is refused.
 */
@Entity('link_token')
@Check('link_token_state_check', `state IN (${LINK_TOKEN_STATES.map((state) => `'${state}'`).join(', ')})`)
export class LinkToken {
  @PrimaryColumn('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @PrimaryColumn('bytea') abhaAddressHash!: Buffer;
  /** Of name, gender and year of birth. */
  @PrimaryColumn('bytea') detailsHash!: Buffer;
  @Column('uuid', { unique: true }) id!: string;
  @Column('text') state!: (typeof LINK_TOKEN_STATES)[number];
  @Column('bytea', { nullable: true }) sealedToken!: Buffer | null;
  /** Linking must carry the ABHA number exactly when the token was made with it. */
  @Column('boolean', { default: false }) madeWithAbhaNumber!: boolean;
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  /** ABDM remembers a request for a while (1092) and blocks for a day (1027): not before this. */
  @Column('timestamptz', { nullable: true }) nextAllowedAt!: Date | null;
  @Column('text', { nullable: true }) failureCode!: string | null;
}

export const LINKING_STATES = ['waiting-for-abha', 'awaiting-link-token', 'awaiting-link', 'linked', 'failed'] as const;
export type LinkingState = (typeof LINKING_STATES)[number];

@Entity('linking')
@Check('linking_state_check', `state IN (${LINKING_STATES.map((state) => `'${state}'`).join(', ')})`)
@Index('linking_by_token', ['linkTokenId', 'state'])
@Index('linking_by_patient', ['patientId'])
export class LinkingRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { unique: true }) @ForeignKey(() => VisitRow) visitId!: string;
  @Column('uuid', { unique: true }) @ForeignKey(() => CareContext) careContextId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  @Column('bytea', { nullable: true }) abhaAddressHash!: Buffer | null;
  @Column('uuid', { nullable: true }) @ForeignKey(() => LinkToken, 'id') linkTokenId!: string | null;
  @Column('text') state!: LinkingState;
  @Column('integer', { default: 0 }) tokenRenewals!: number;
  @Column('text', { array: true, default: '{}' }) hiTypesLinked!: string[];
  @Column('text', { array: true, default: '{}' }) hiTypesAsked!: string[];
  @Column('integer', { default: 0 }) notifyAttempt!: number;
  @Column('timestamptz', { nullable: true }) notifiedAt!: Date | null;
  @Column('text', { nullable: true }) failureCode!: string | null;
  @Column('timestamptz') updatedAt!: Date;
}
