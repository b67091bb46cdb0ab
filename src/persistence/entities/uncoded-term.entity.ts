import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Facility } from './facility.entity.js';
import { VisitRow } from './visit.entity.js';

/** Words of a visit for which no code is known. */
@Entity('uncoded_term')
@Index('uncoded_term_by_term', ['facilityId', 'kind', 'termHash'])
export class UncodedTermRow {
  @PrimaryColumn('uuid') @ForeignKey(() => VisitRow) visitId!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @PrimaryColumn('text') kind!: string;
  @PrimaryColumn('bytea') termHash!: Buffer;
  @Column('bytea') sealedTerm!: Buffer;
}
