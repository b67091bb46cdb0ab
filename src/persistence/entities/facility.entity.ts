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

export const KEY_ROLES = ['facility', 'district'] as const;

/** A key of a facility's hospital system, or of a district's office. Only the SHA-256 of its secret is kept. */
@Entity('api_key')
@Check('api_key_role_check', `role IN (${KEY_ROLES.map((role) => `'${role}'`).join(', ')})`)
@Check(
  'api_key_holder_check',
  `(role = 'facility') = (facility_id IS NOT NULL) AND (role = 'district') = (district IS NOT NULL)`,
)
export class ApiKey {
  @PrimaryColumn('text') id!: string;
  @Column('uuid', { nullable: true }) @ForeignKey(() => Facility) facilityId!: string | null;
  @Column('bytea') hash!: Buffer;
  @Column('text') label!: string;
  @Column('timestamptz', { default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { nullable: true }) revokedAt!: Date | null;
  @Column('text', { default: 'facility' }) role!: (typeof KEY_ROLES)[number];
  /** Of a district's key: its facilities are those of this district and state. */
  @Column('text', { nullable: true }) district!: string | null;
  @Column('text', { nullable: true }) state!: string | null;
}
