import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DiscoveryOutcome } from '../../../persistence/entities/discovery.entity.js';
import { Patients } from '../../../persistence/patients.js';
import { Sealer } from '../../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../../support/clock.js';
import { CONFIG, type Config } from '../../../support/config.js';
import { newId } from '../../../support/ids.js';
import { patientReference } from '../link-request.js';
import { normalIdentifier } from '../../../matching/identifiers.js';
import { MOST_CONTEXTS, type NamedContext } from './link-entries.js';

const label = (facilityId: string, transactionId: string): string =>
  `discovery.sealed_abha_address:${facilityId}:${transactionId}`;

/** What a patient may link. */
export interface Offer extends NamedContext {
  readonly careContextId: string;
}

interface OfferRow {
  readonly id: string;
  readonly reference: string;
  readonly display: string;
  readonly hi_types: readonly string[];
  readonly patient_id: string;
  readonly sealed_demographics: Buffer;
}

/** An offer, and whether it still stands. */
export interface OfferNow extends Offer {
  readonly isLinked: boolean;
  readonly hasRecords: boolean;
}

export interface Discovery {
  readonly id: string;
  readonly abhaAddress: string;
  readonly personId: string;
}

interface DiscoveryRow {
  readonly id: string;
  readonly patient_id: string;
  readonly sealed_abha_address: Buffer;
}

/** Who looked for her visits here, and what she was shown: only that can be chosen, and only by her. */
@Injectable()
export class Discoveries {
  constructor(
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The newest visits of a person that have records and are not linked, nor about to be: of those ABDM was asked to link,
   * the answer may be here any second.
   */
  async offersTo(tx: EntityManager, facilityId: string, personId: string): Promise<readonly Offer[]> {
    const rows: OfferRow[] = await tx.query(
      `SELECT c.id, c.reference, c.display, c.patient_id, p.sealed_demographics, array_agg(DISTINCT r.hi_type) AS hi_types
       FROM patient p
       JOIN care_context c ON c.patient_id = p.id AND c.linked_at IS NULL
       JOIN visit v ON v.id = c.visit_id AND v.state NOT IN ('withdrawn', 'quarantined')
       JOIN linking l ON l.care_context_id = c.id AND l.state NOT IN ('linked', 'awaiting-link')
       JOIN health_record r ON r.care_context_id = c.id AND r.superseded_at IS NULL
       WHERE p.facility_id = $1 AND (p.id = $2 OR p.merged_into = $2)
       GROUP BY c.id, p.id ORDER BY c.visit_at DESC, c.id LIMIT $3`,
      [facilityId, personId, MOST_CONTEXTS],
    );
    return rows.map((row) => this.named(row));
  }

  /**
   * ABDM may ask under one transaction twice: what it was told last counts, until a link has begun with it. That one keeps
   * what it began with. Returns our id of the discovery.
   */
  async keep(
    tx: EntityManager,
    discovery: {
      readonly facilityId: string;
      readonly transactionId: string;
      readonly abhaAddress: string;
      readonly personId: string | undefined;
      readonly outcome: DiscoveryOutcome;
      readonly offers: readonly Offer[];
    },
  ): Promise<string> {
    const { facilityId, transactionId } = discovery;
    const isOffered = discovery.outcome === 'offered';
    const freshId = newId();
    const [row]: { id: string }[] = await tx.query(
      `INSERT INTO discovery (id, facility_id, transaction_id, sealed_abha_address, patient_id, outcome, asked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (facility_id, transaction_id) DO UPDATE SET sealed_abha_address = excluded.sealed_abha_address,
         patient_id = excluded.patient_id, outcome = excluded.outcome, asked_at = excluded.asked_at
       WHERE NOT discovery.has_link RETURNING id`,
      [
        freshId,
        facilityId,
        transactionId,
        isOffered ? this.sealer.seal(label(facilityId, transactionId), normalAddress(discovery.abhaAddress)) : null,
        discovery.personId ?? null,
        discovery.outcome,
        this.clock.now(),
      ],
    );
    if (row === undefined) return this.idUnder(tx, facilityId, transactionId);
    const { id } = row;
    if (id !== freshId) await tx.query('DELETE FROM discovery_offer WHERE discovery_id = $1', [id]);
    if (discovery.offers.length === 0) return id;
    await tx.query(
      `INSERT INTO discovery_offer (discovery_id, care_context_id, hi_types)
       SELECT $1, o.id, string_to_array(o.hi_types, ',') FROM unnest($2::uuid[], $3::text[]) AS o (id, hi_types)`,
      [
        id,
        discovery.offers.map(({ careContextId }) => careContextId),
        discovery.offers.map(({ hiTypes }) => hiTypes.join(',')),
      ],
    );
    return id;
  }

  private async idUnder(tx: EntityManager, facilityId: string, transactionId: string): Promise<string> {
    const [row]: { id: string }[] = await tx.query(
      'SELECT id FROM discovery WHERE facility_id = $1 AND transaction_id = $2',
      [facilityId, transactionId],
    );
    if (row === undefined) throw new Error('A discovery vanished while it was kept');
    return row.id;
  }

  /** Locked until the transaction ends. Undefined when it is of another facility, brought nothing, or is too old. */
  async find(tx: EntityManager, facilityId: string, transactionId: string): Promise<Discovery | undefined> {
    const oldest = new Date(this.clock.now().getTime() - this.config.DISCOVERY_VALID_MINUTES * 60_000);
    const [row]: DiscoveryRow[] = await tx.query(
      `SELECT * FROM discovery WHERE facility_id = $1 AND transaction_id = $2 AND asked_at >= $3
         AND outcome = 'offered' FOR UPDATE`,
      [facilityId, transactionId, oldest],
    );
    if (row === undefined) return undefined;
    return {
      id: row.id,
      abhaAddress: this.sealer.open(label(facilityId, transactionId), row.sealed_abha_address),
      personId: row.patient_id,
    };
  }

  /** Whose discovery it was. */
  async abhaAddressOf(tx: EntityManager, discoveryId: string): Promise<string> {
    const [row]: { facility_id: string; transaction_id: string; sealed_abha_address: Buffer }[] = await tx.query(
      'SELECT facility_id, transaction_id, sealed_abha_address FROM discovery WHERE id = $1',
      [discoveryId],
    );
    if (row === undefined) throw new Error('A link is of a discovery that is not known');
    return this.sealer.open(label(row.facility_id, row.transaction_id), row.sealed_abha_address);
  }

  /** What was offered, as it stands now. */
  async offersOf(tx: EntityManager, discoveryId: string): Promise<readonly OfferNow[]> {
    const rows: (OfferRow & { is_linked: boolean; has_records: boolean })[] = await tx.query(
      `SELECT c.id, c.reference, c.display, c.patient_id, p.sealed_demographics, o.hi_types,
         c.linked_at IS NOT NULL OR l.state = 'awaiting-link' AS is_linked,
         v.state NOT IN ('withdrawn', 'quarantined') AND EXISTS (
           SELECT 1 FROM health_record r WHERE r.care_context_id = c.id AND r.superseded_at IS NULL) AS has_records
       FROM discovery_offer o
       JOIN discovery d ON d.id = o.discovery_id
       JOIN care_context c ON c.id = o.care_context_id
       JOIN visit v ON v.id = c.visit_id
       JOIN linking l ON l.care_context_id = c.id
       JOIN patient p ON p.id = c.patient_id AND d.patient_id IN (p.id, p.merged_into)
       WHERE o.discovery_id = $1`,
      [discoveryId],
    );
    return rows.map((row) => ({ ...this.named(row), isLinked: row.is_linked, hasRecords: row.has_records }));
  }

  isOf(discovery: Discovery, abhaAddress: string): boolean {
    return discovery.abhaAddress === normalAddress(abhaAddress) && discovery.abhaAddress !== '';
  }

  addressHash(abhaAddress: string): Buffer {
    return this.sealer.hash('abha-address', normalAddress(abhaAddress));
  }

  private named(row: OfferRow): Offer {
    return {
      careContextId: row.id,
      patientReference: patientReference(this.patients.open(row.patient_id, row.sealed_demographics), row.patient_id),
      reference: row.reference,
      display: row.display,
      hiTypes: row.hi_types,
    };
  }
}

const normalAddress = (abhaAddress: string): string => normalIdentifier('ABHA_ADDRESS', abhaAddress) ?? '';
