import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** The data key, wrapped by `MASTER_KEY`. One row. */
@Entity('data_key')
@Check('data_key_id_check', 'id = 1')
export class DataKey {
  @PrimaryColumn('smallint') id!: number;
  @Column('bytea') wrapped!: Buffer;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}

/** A hospital: its id in the Health Facility Registry, and the bridge service id under which ABDM calls it. */
@Entity('facility')
export class Facility {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) hfrId!: string;
  /** `X-HIP-ID`. Often the HFR id, sometimes with a suffix per bridge (`IN…_1`). */
  @Column('text', { unique: true }) serviceId!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) district!: string | null;
  @Column('text', { nullable: true }) state!: string | null;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
}

/** A key of a facility's hospital system. Only the SHA-256 of its secret is kept. */
@Entity('api_key')
export class ApiKey {
  @PrimaryColumn('text') id!: string;
  @Column('uuid') @ForeignKey(() => Facility) facilityId!: string;
  @Column('bytea') hash!: Buffer;
  @Column('text') label!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
}
