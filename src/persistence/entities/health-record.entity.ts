import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Facility } from './facility.entity.js';
import { Patient, VisitRow } from './visit.entity.js';

/** What is linked: one visit under one reference number. */
@Entity('care_context')
@Unique(['facilityId', 'reference'])
@Index('care_context_by_abha', ['facilityId', 'linkedAbhaHash'])
@Index('care_context_unlinked', ['patientId'], { where: '(linked_at IS NULL)' })
export class CareContext {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('uuid', { unique: true }) @ForeignKey(() => VisitRow) visitId!: string;
  @Column('uuid') @ForeignKey(() => Patient) patientId!: string;
  @Column('text') reference!: string;
  /** Kind and date of the visit only: whoever reads it may not have proved who they are. */
  @Column('text') display!: string;
  @Column('text', { array: true }) hiTypes!: string[];
  @Column('timestamptz') visitAt!: Date;
  @Column('timestamptz', { nullable: true }) linkedAt!: Date | null;
  @Column('bytea', { nullable: true }) linkedAbhaHash!: Buffer | null;
}

/** One FHIR document bundle, serialised once: these bytes are what is encrypted and sent. */
@Entity('health_record')
@Unique(['visitId', 'rowVersion', 'compositionId'])
@Index('health_record_current', ['careContextId'], { where: '(superseded_at IS NULL)' })
export class HealthRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') @ForeignKey(() => VisitRow) visitId!: string;
  @Column('uuid') @ForeignKey(() => CareContext) careContextId!: string;
  @Column('integer') rowVersion!: number;
  @Column('text') hiType!: string;
  /** Which record of the visit, the same in every version of it. */
  @Column('uuid') compositionId!: string;
  /** The Bundle's id, which comes from its content: equal ids, equal documents. */
  @Column('uuid') documentId!: string;
  @Column('bytea') sealedBundle!: Buffer;
  @Column('integer') bytes!: number;
  @Column('text') profileVersion!: string;
  @Column('timestamptz') builtAt!: Date;
  @Column('timestamptz', { nullable: true }) supersededAt!: Date | null;
}
