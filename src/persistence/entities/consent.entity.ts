import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';
import { CareContext } from './health-record.entity.js';

/** A consent artefact as ABDM told us of it. After its end the detail is erased and a stub remains. */
@Entity('consent_artefact')
@Index('consent_by_facility', ['facilityId', 'status'])
@Check('consent_artefact_status_check', `status IN ('GRANTED', 'REVOKED', 'EXPIRED')`)
export class ConsentArtefact {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') status!: 'GRANTED' | 'REVOKED' | 'EXPIRED';
  @Column('bytea', { nullable: true }) patientHash!: Buffer | null;
  @Column('text', { nullable: true }) hiuId!: string | null;
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('bytea', { nullable: true }) sealedDetail!: Buffer | null;
  /** How ABDM signs an artefact is not published: `unverified` is what can honestly be said. */
  @Column('text', { default: 'unverified' }) signatureCheck!: string;
  @Column('timestamptz', { nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { nullable: true }) grantedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('timestamptz') updatedAt!: Date;
  /** Why it ended, when not by a notice of its own. */
  @Column('text', { nullable: true }) endReason!: string | null;
}

/** One health-information request and what was sent for it. */
@Entity('transfer')
@Check('transfer_state_check', `state IN ('accepted', 'refused', 'done', 'failed')`)
@Unique(['facilityId', 'transactionId'])
@Index('transfer_by_consent', ['consentId', 'acceptedAt'])
export class TransferRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') transactionId!: string;
  @Column('uuid') consentId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('text') state!: 'accepted' | 'refused' | 'done' | 'failed';
  @Column('text', { nullable: true }) refusal!: string | null;
  /** Where to send and under which key: erased when the transfer ends. */
  @Column('bytea', { nullable: true }) sealedRequest!: Buffer | null;
  @Column('integer', { default: 0 }) pageCount!: number;
  @Column('timestamptz') acceptedAt!: Date;
  @Column('timestamptz') deadlineAt!: Date;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}

@Entity('transfer_page')
@Check('transfer_page_state_check', `state IN ('pending', 'taken', 'failed', 'withheld')`)
export class TransferPage {
  @PrimaryColumn('uuid') @ForeignKey(() => TransferRow) transferId!: string;
  @PrimaryColumn('integer') number!: number;
  @Column('uuid') @ForeignKey(() => CareContext) careContextId!: string;
  /** The records it carries. */
  @Column('uuid', { array: true }) compositionIds!: string[];
  @Column('text') state!: 'pending' | 'taken' | 'failed' | 'withheld';
  @Column('text', { nullable: true }) code!: string | null;
  @Column('integer', { nullable: true }) httpStatus!: number | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
}
