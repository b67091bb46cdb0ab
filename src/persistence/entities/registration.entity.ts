import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AbhaSessionRow } from './abha-session.entity.js';
import { Facility } from './facility.entity.js';
import { Counter, QueueToken, SharedProfileRow } from './queue.entity.js';
import { Patient } from './visit.entity.js';

export const REGISTRATION_SOURCES = ['scan-and-share', 'abha-session', 'desk'] as const;
/** How she came: by phone, by an ABHA session at desk or kiosk, or without an ABHA that ABDM vouches for. */
export type RegistrationSource = (typeof REGISTRATION_SOURCES)[number];

/** An OPD registration: a patient of the hospital on a day, and whence her ABHA is known. */
@Entity('registration')
@Check('registration_source_check', `source IN (${REGISTRATION_SOURCES.map((source) => `'${source}'`).join(', ')})`)
@Index('registration_by_day', ['facilityId', 'day'])
@Index('registration_once_a_day', ['patientId', 'day'], { unique: true, where: `source = 'desk'` })
export class RegistrationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  /** In India. */
  @Column('date') day!: string;
  @Column('timestamptz') registeredAt!: Date;
  @Column('text') source!: RegistrationSource;
  @Column('uuid', { nullable: true, unique: true }) @ForeignKey(() => SharedProfileRow) sharedProfileId!: string | null;
  @Column('uuid', { nullable: true, unique: true }) @ForeignKey(() => AbhaSessionRow) abhaSessionId!: string | null;
  @Column('uuid', { nullable: true }) @ForeignKey(() => QueueToken) queueTokenId!: string | null;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Counter) counterId!: string | null;
  /** Her ABHA was made in that session. Reports count `abha_session.is_new`: not every such session ends in a registration. */
  @Column('boolean') isAbhaCreated!: boolean;
}
