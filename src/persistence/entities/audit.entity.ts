import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who saw whose record. Written through `appendAudit` only; see the migration for the chain of hashes. */
@Entity('audit')
@Index('audit_by_patient', ['patientId', 'seq'])
@Index('audit_by_facility', ['facilityId', 'seq'])
@Index('audit_by_subject', ['subjectId', 'seq'])
@Index('audit_by_consent', ['consentId', 'seq'])
export class AuditRow {
  @PrimaryColumn('bigint') seq!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') actor!: string;
  @Column('text') action!: string;
  @Column('uuid', { nullable: true }) facilityId!: string | null;
  @Column('uuid', { nullable: true }) patientId!: string | null;
  @Column('uuid', { nullable: true }) subjectId!: string | null;
  @Column('uuid', { nullable: true }) consentId!: string | null;
  @Column('text', { nullable: true }) purpose!: string | null;
  @Column('text') outcome!: string;
  @Column('bytea') previousHash!: Buffer;
  @Column('bytea') hash!: Buffer;
}
