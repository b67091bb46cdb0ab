import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AbhaSessionRow } from './abha-session.entity.js';
import { Facility } from './facility.entity.js';

/** A code that was asked for, or tried and not found right. Deleted once the code came back right, or after half an hour. */
@Entity('abha_code_use')
@Check('abha_code_use_what_check', `what IN ('sent', 'tried')`)
@Index('abha_code_use_by_identifier', ['facilityId', 'identifierHash'])
export class AbhaCodeUseRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid') @ForeignKey(() => AbhaSessionRow) @Index('abha_code_use_by_session') sessionId!: string;
  /** Keyed: of the Aadhaar number, mobile, ABHA number or address. */
  @Column('bytea') identifierHash!: Buffer;
  /** Which of the service's codes: each has its own time to wait. */
  @Column('text') way!: string;
  @Column('text') what!: 'sent' | 'tried';
  @Column('timestamptz') @Index('abha_code_use_by_time') at!: Date;
}
