import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AbhaAtFacility } from '../../persistence/ended-abha.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { newId } from '../../support/ids.js';
import { linkTokenRequest, type PatientWithAbha } from './link-request.js';

/** Six months less a day, when the token itself does not say. Source: NHA M2 document v2.8. */
const VALID_DAYS = 180;
const DAY_MS = 86_400_000;

export interface LinkTokenRow {
  readonly id: string;
  readonly facility_id: string;
  readonly abha_address_hash: Buffer;
  readonly details_hash: Buffer;
  readonly state: 'none' | 'asked' | 'usable' | 'refused';
  readonly sealed_token: Buffer | null;
  readonly made_with_abha_number: boolean;
  readonly expires_at: Date | null;
  readonly next_allowed_at: Date | null;
  readonly failure_code: string | null;
}

const label = (id: string): string => `link_token.sealed_token:${id}`;

/** Link tokens, one a facility, ABHA address and compared details. Lock order everywhere: token, visit, linking. */
@Injectable()
export class LinkTokens {
  constructor(
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Makes the row where there is none; locked either way until the transaction ends. */
  async lock(tx: EntityManager, facilityId: string, patient: PatientWithAbha): Promise<LinkTokenRow> {
    const [row]: LinkTokenRow[] = await tx.query(
      `INSERT INTO link_token (facility_id, abha_address_hash, details_hash, id, state) VALUES ($1, $2, $3, $4, 'none')
       ON CONFLICT (facility_id, abha_address_hash, details_hash) DO UPDATE SET state = link_token.state RETURNING *`,
      [facilityId, this.sealer.hash('abha-address', patient.abhaAddress), this.detailsHash(patient), newId()],
    );
    if (row === undefined) throw new Error('The link token row could not be made');
    return row;
  }

  /** Was this token asked for with the details the patient has now? */
  isFor(token: LinkTokenRow, patient: PatientWithAbha): boolean {
    return (
      token.abha_address_hash.equals(this.sealer.hash('abha-address', patient.abhaAddress)) &&
      token.details_hash.equals(this.detailsHash(patient))
    );
  }

  private detailsHash(patient: PatientWithAbha): Buffer {
    const { name, gender, yearOfBirth } = linkTokenRequest(patient);
    return this.sealer.hash('patient-details', `${name.toLowerCase()}|${gender}|${yearOfBirth}`);
  }

  async lockById(tx: EntityManager, id: string): Promise<LinkTokenRow | undefined> {
    const [row]: LinkTokenRow[] = await tx.query('SELECT * FROM link_token WHERE id = $1 FOR UPDATE', [id]);
    return row;
  }

  /** The token itself, while it is good. */
  usable(row: LinkTokenRow): string | undefined {
    if (row.state !== 'usable' || row.sealed_token === null || row.expires_at === null) return undefined;
    return row.expires_at > this.clock.now() ? this.sealer.open(label(row.id), row.sealed_token) : undefined;
  }

  async asked(tx: EntityManager, id: string, madeWithAbhaNumber: boolean): Promise<void> {
    await tx.query(
      `UPDATE link_token SET state = 'asked', made_with_abha_number = $2, sealed_token = NULL, expires_at = NULL,
         next_allowed_at = NULL, failure_code = NULL WHERE id = $1`,
      [id, madeWithAbhaNumber],
    );
  }

  async arrived(tx: EntityManager, id: string, token: string): Promise<LinkTokenRow> {
    const [rows] = await tx.query<[LinkTokenRow[], number]>(
      `UPDATE link_token SET state = 'usable', sealed_token = $2, expires_at = $3, failure_code = NULL,
         next_allowed_at = NULL WHERE id = $1 RETURNING *`,
      [id, this.sealer.seal(label(id), token), this.expiryOf(token)],
    );
    const row = rows[0];
    if (row === undefined) throw new Error('A link token arrived for a row that is gone');
    return row;
  }

  async ended(
    tx: EntityManager,
    id: string,
    state: 'none' | 'refused',
    code: string,
    waitSeconds: number,
  ): Promise<Date> {
    const nextAllowedAt = new Date(this.clock.now().getTime() + waitSeconds * 1000);
    await tx.query(
      `UPDATE link_token SET state = $2, sealed_token = NULL, expires_at = NULL, failure_code = $3, next_allowed_at = $4
       WHERE id = $1`,
      [id, state, code, nextAllowedAt],
    );
    return nextAllowedAt;
  }

  /** The address is not in use any more: nothing is to be linked with these. */
  async erase(tx: EntityManager, { facilityId, abhaHash }: AbhaAtFacility): Promise<void> {
    await tx.query(
      `UPDATE link_token SET state = 'none', sealed_token = NULL, expires_at = NULL
       WHERE facility_id = $1 AND abha_address_hash = $2 AND state = 'usable'`,
      [facilityId, abhaHash],
    );
  }

  /** A link token is a JWT; its `exp` counts where it can be read. */
  private expiryOf(token: string): Date {
    const latest = new Date(this.clock.now().getTime() + VALID_DAYS * DAY_MS);
    try {
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
      if (typeof claims.exp !== 'number') return latest;
      const exp = new Date(claims.exp * 1000 - 60_000);
      return exp < latest ? exp : latest;
    } catch {
      return latest; // not a JWT we can read: the published six months
    }
  }
}
