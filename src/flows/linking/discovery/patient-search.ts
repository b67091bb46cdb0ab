import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DiscoverPatient, MatchedBy } from '../../../abdm/messages/discover.js';
import { Patients } from '../../../persistence/patients.js';
import { Sealer, type HashKind } from '../../../persistence/sealing.js';
import type { VisitPatient } from '../../../ports/visit.js';
import { CONFIG, type Config } from '../../../support/config.js';
import {
  IDENTIFIER_TYPES,
  identifierType,
  normalIdentifier,
  type IdentifierType,
} from '../../../matching/identifiers.js';
import { pickOne, type AskedPatient } from '../../../matching/pick-one.js';

/** A number that so many share is nobody's own. */
const MOST_CANDIDATES = 200;

const HASH_KINDS: Record<IdentifierType, HashKind> = {
  ABHA_ADDRESS: 'abha-address',
  ABHA_NUMBER: 'abha-number',
  MOBILE: 'mobile',
  MR: 'uhid',
};

interface CandidateRow {
  readonly id: string;
  readonly person_id: string;
  readonly sealed_demographics: Buffer;
}

type FoundRow = VisitPatient & { readonly personId: string };

/** `personId`: of rows that are one person, the one that counts. */
export type Found =
  | { readonly kind: 'one'; readonly personId: string; readonly matchedBy: readonly MatchedBy[] }
  | { readonly kind: 'none' | 'several' };

/** Who of a facility's patients is meant. Only those who share an identifier are opened and compared. */
@Injectable()
export class PatientSearch {
  constructor(
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async find(tx: EntityManager, facilityId: string, patient: DiscoverPatient): Promise<Found> {
    const asked: AskedPatient = {
      abhaAddress: patient.id,
      verified: patient.verifiedIdentifiers,
      unverified: patient.unverifiedIdentifiers,
      name: patient.name,
      gender: patient.gender,
      yearOfBirth: patient.yearOfBirth,
    };
    const candidates = await this.candidates(tx, facilityId, asked);
    if (candidates.length > MOST_CANDIDATES) return { kind: 'several' };
    const pick = (rows: readonly FoundRow[]) =>
      pickOne(rows, asked, { birthYearTolerance: this.config.DISCOVERY_BIRTH_YEAR_TOLERANCE });
    const picked = pick(oneRowEach(candidates, pick));
    if (picked.kind !== 'one') return picked;
    return { kind: 'one', personId: picked.patient.personId, matchedBy: picked.matchedBy };
  }

  private async candidates(tx: EntityManager, facilityId: string, asked: AskedPatient): Promise<readonly FoundRow[]> {
    const rows: CandidateRow[] = await tx.query(
      `SELECT id, coalesce(merged_into, id) AS person_id, sealed_demographics FROM patient
       WHERE facility_id = $1 AND (abha_address_hash = ANY($2::bytea[]) OR abha_number_hash = ANY($3::bytea[])
         OR mobile_hash = ANY($4::bytea[]) OR uhid_hash = ANY($5::bytea[]))
       ORDER BY id LIMIT $6`,
      [facilityId, ...IDENTIFIER_TYPES.map((type) => this.hashes(type, asked)), MOST_CANDIDATES + 1],
    );
    return rows.map((row) => ({ ...this.patients.open(row.id, row.sealed_demographics), personId: row.person_id }));
  }

  private hashes(wanted: IdentifierType, { abhaAddress, verified, unverified }: AskedPatient): readonly Buffer[] {
    const typed = unverified.filter(({ type }) => identifierType(type) === 'MR');
    const values = [{ type: 'ABHA_ADDRESS', value: abhaAddress }, ...verified, ...typed]
      .filter(({ type }) => identifierType(type) === wanted)
      // A hospital number is kept as it was written.
      .flatMap(({ value }) => [normalIdentifier(wanted, value) ?? '', wanted === 'MR' ? value.trim() : '']);
    return [...new Set(values)]
      .filter((value) => value !== '')
      .map((value) => this.sealer.hash(HASH_KINDS[wanted], value));
  }
}

/**
 * The hospital may have said that two rows are one person: she is then looked at once, by the row that fits best, or she
 * would count as two who cannot be told apart.
 */
function oneRowEach(
  rows: readonly FoundRow[],
  pick: (rows: readonly FoundRow[]) => ReturnType<typeof pickOne<FoundRow>>,
): readonly FoundRow[] {
  const persons = new Map<string, { readonly row: FoundRow; readonly rank: number }>();
  for (const row of rows) {
    const picked = pick([row]);
    const strongest = picked.kind === 'one' ? picked.matchedBy[0] : undefined;
    const rank = strongest === undefined ? IDENTIFIER_TYPES.length : IDENTIFIER_TYPES.indexOf(strongest);
    const known = persons.get(row.personId);
    if (known === undefined || rank < known.rank) persons.set(row.personId, { row, rank });
  }
  return [...persons.values()].map(({ row }) => row);
}
