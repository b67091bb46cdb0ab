import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { messageLabel, type StoredMessage } from '../../exchange/outbox.js';
import { appendAudit } from '../../persistence/audit.js';
import { Consents, type StoredConsent } from '../../persistence/consents.js';
import { PatientsByUhid } from '../../persistence/patients-by-uhid.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { termsOf, type ConsentTerms } from './consent-terms.js';

type Status = StoredConsent['status'];

/** What stays of every consent. */
export interface ConsentStub {
  readonly id: string;
  readonly status: Status;
  readonly hiuId: string | null;
  readonly purpose: string | null;
  readonly grantedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly expiresAt: Date | null;
  /** As it was found when the artefact came: `unverified`, unless somebody could check it. */
  readonly signatureCheck: string;
  /** Sorts the list, newest first. */
  readonly since: Date;
}

export interface Acknowledgement {
  /** When the notice was handled. */
  readonly at: Date;
  /** When ABDM took our answer; null: not yet, or never. */
  readonly sentAt: Date | null;
  readonly state: string;
  /** `OK`, or the code of the error we answered with. */
  readonly said: string | null;
}

export interface NamedVisit {
  readonly reference: string;
  readonly id: string;
  readonly opdNumber: string;
  readonly day: string;
  readonly state: string;
}

export interface HeldConsent extends ConsentStub {
  readonly terms: ConsentTerms | undefined;
  readonly visits: readonly NamedVisit[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly use: { readonly accepted: number; readonly refused: number; readonly lastAt: Date | null };
}

export interface ConsentWish {
  readonly status: Status | undefined;
  readonly patientUhid: string | undefined;
  readonly before: { readonly since: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Whose consents, and through which API key. */
export interface ConsentReader {
  readonly facilityId: string;
  readonly keyId: string;
}

const STUB = `id, status, hiu_id AS "hiuId", purpose, granted_at AS "grantedAt", ended_at AS "endedAt",
  end_reason AS "endReason", expires_at AS "expiresAt", signature_check AS "signatureCheck",
  coalesce(granted_at, ended_at, updated_at) AS since`;

/** The consents a facility holds, for the hospital to see. Every look is written to the audit. */
@Injectable()
export class HeldConsents {
  constructor(
    private readonly db: DataSource,
    private readonly consents: Consents,
    private readonly patients: PatientsByUhid,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(by: ConsentReader, { status, patientUhid, before, limit }: ConsentWish): Promise<readonly ConsentStub[]> {
    const patient = patientUhid === undefined ? undefined : await this.patients.find(by.facilityId, patientUhid);
    const found: ConsentStub[] = await this.db.query(
      `SELECT * FROM (SELECT ${STUB}, patient_hash FROM consent_artefact WHERE facility_id = $1) AS consent
       WHERE ($2::text IS NULL OR status = $2)
         AND ($3::bytea[] IS NULL OR patient_hash = ANY ($3))
         AND ($4::timestamptz IS NULL OR (since, id) < ($4::timestamptz, $5::uuid))
       ORDER BY since DESC, id DESC LIMIT $6`,
      [
        by.facilityId,
        status ?? null,
        patientUhid === undefined ? null : (patient?.abhaHashes ?? []),
        before?.since ?? null,
        before?.id ?? null,
        limit,
      ],
    );
    await this.audit(by, 'listed', { patientId: patient?.ids[0] });
    return found;
  }

  /** Undefined: the facility holds no such consent. */
  async one(by: ConsentReader, id: string): Promise<HeldConsent | undefined> {
    const [stub]: ConsentStub[] = await this.db.query(
      `SELECT ${STUB} FROM consent_artefact WHERE facility_id = $1 AND id = $2`,
      [by.facilityId, id],
    );
    const stored = stub && (await this.consents.find(this.db, id));
    if (stub === undefined || stored?.facilityId !== by.facilityId) return undefined;
    const terms = termsOf(stored);
    const held = {
      ...stub,
      terms,
      visits: await this.visits(by.facilityId, terms?.careContextReferences ?? []),
      acknowledgements: await this.acknowledgements(by.facilityId, id),
      use: await this.use(by.facilityId, id),
    };
    await this.audit(by, 'shown', { consentId: id });
    return held;
  }

  private visits(facilityId: string, references: readonly string[]): Promise<NamedVisit[]> {
    return this.db.query(
      `SELECT c.reference, v.id, v.opd_number AS "opdNumber", v.day::text AS day, v.state
       FROM care_context c JOIN visit v ON v.id = c.visit_id WHERE c.facility_id = $1 AND c.reference = ANY ($2)`,
      [facilityId, references],
    );
  }

  private async acknowledgements(facilityId: string, consentId: string): Promise<Acknowledgement[]> {
    const rows: (Omit<Acknowledgement, 'said'> & { id: string; sealed_message: Buffer | null })[] = await this.db.query(
      `SELECT id, created_at AS at, sent_at AS "sentAt", state, sealed_message FROM exchange
       WHERE name = 'consent.notify' AND direction = 'out' AND facility_id = $1 AND about = $2 ORDER BY created_at, id`,
      [facilityId, consentId],
    );
    return rows.map(({ id, sealed_message, ...row }) => ({
      ...row,
      said: sealed_message === null ? null : saidIn(this.sealer.openJson(messageLabel(id), sealed_message)),
    }));
  }

  private async use(facilityId: string, consentId: string): Promise<HeldConsent['use']> {
    const [use]: { accepted: number; refused: number; lastAt: Date | null }[] = await this.db.query(
      `SELECT count(*) FILTER (WHERE state <> 'refused')::int AS accepted,
         count(*) FILTER (WHERE state = 'refused')::int AS refused,
         max(accepted_at) FILTER (WHERE state <> 'refused') AS "lastAt"
       FROM transfer WHERE facility_id = $1 AND consent_id = $2`,
      [facilityId, consentId],
    );
    return use ?? { accepted: 0, refused: 0, lastAt: null };
  }

  private async audit(
    { facilityId, keyId }: ConsentReader,
    outcome: 'listed' | 'shown',
    about: { readonly patientId?: string | undefined; readonly consentId?: string },
  ): Promise<void> {
    const actor = `hospital:${keyId}`;
    await this.db.transaction((tx) =>
      appendAudit(tx, { at: this.clock.now(), actor, action: 'consent.read', facilityId, ...about, outcome }),
    );
  }
}

/** What one of our answers to a consent notice says. */
function saidIn(message: unknown): string | null {
  const { body } = message as StoredMessage;
  if (typeof body !== 'object' || body === null) return null;
  if ('error' in body) return (body.error as { code: string }).code;
  return 'acknowledgement' in body ? (body.acknowledgement as { status: string }).status : null;
}
