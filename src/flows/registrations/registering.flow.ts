import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import { AbhaSessions, type VerifiedAbha } from '../../persistence/abha-sessions.js';
import { appendAudit, type AuditEntry } from '../../persistence/audit.js';
import { EndedAbhas } from '../../persistence/ended-abha.js';
import { Patients, type MetPatient } from '../../persistence/patients.js';
import { HOSPITAL_PORT, type HospitalPort } from '../../ports/hospital.port.js';
import type { VisitPatient } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { indiaDay } from '../../support/india-day.js';
import { abhaOf, differences, patientOfAbha, type Difference } from './abha-and-record.js';
import { PatientLookup, type FoundPatient } from './patient-lookup.js';
import { RegistrationOrigins, type NamedOrigin, type Origin } from './registration-origins.js';
import { AbhaHeldElsewhere, RegistrationRefused } from './registration-refused.js';
import { RegistrationRows, type Registration } from './registration-rows.js';

/** Who registers: a key of the facility's hospital. */
interface Desk {
  readonly facilityId: string;
  readonly keyId: string;
}

export interface RegistrationRequest extends NamedOrigin {
  /** The hospital's number of the patient. May be left out with a session or profile: then she is looked for. */
  readonly uhid?: string | undefined;
  /** Her columns as the hospital has them, where a visit has them. */
  readonly columns?: object | undefined;
  /** What the clerk says where ABHA and record differ. */
  readonly decision?: 'same-person' | 'other-person' | undefined;
}

/** All but `registered` leave everything as it was: the clerk has to do something. */
export type RegistrationOutcome =
  | {
      readonly state: 'registered';
      readonly registration: Registration;
      readonly isRepeated: boolean;
      readonly alike: readonly string[];
    }
  | { readonly state: 'needs-decision'; readonly uhid: string; readonly differences: readonly Difference[] }
  | { readonly state: 'needs-uhid'; readonly candidates: readonly VisitPatient[]; readonly isMobileKnown: boolean }
  | { readonly state: 'abha-of-another-patient'; readonly uhid: string };

/**
 * An OPD registration, where desk, kiosk and phone all end.
 *
 *   UHID + ABHA session | shared profile | neither
 *     ─▶ ABHA and record differ          ─▶ needs-decision: same person | other person (registered without that ABHA)
 *     ─▶ another patient has the ABHA    ─▶ refused, naming her UHID
 *     ─▶ registered: the ABHA is the patient's, her waiting visits are built again and linked, and a kiosk's session ends
 *
 * All of it is one transaction, so a process that dies in the middle has done nothing. Nobody is refused care for want of an
 * ABHA: without one she is registered all the same.
 */
@Injectable()
export class Registering {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly patients: Patients,
    private readonly ended: EndedAbhas,
    private readonly sessions: AbhaSessions,
    private readonly origins: RegistrationOrigins,
    private readonly lookup: PatientLookup,
    private readonly rows: RegistrationRows,
    @Inject(HOSPITAL_PORT) private readonly hospital: HospitalPort,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws RegistrationRefused */
  async register(desk: Desk, request: RegistrationRequest): Promise<RegistrationOutcome> {
    if (request.abhaSessionId !== undefined && request.sharedProfileId !== undefined) {
      throw new RegistrationRefused('two-sources');
    }
    try {
      return await this.db.transaction((tx) => this.inOneStep(tx, desk, request));
    } catch (error) {
      if (!(error instanceof AbhaHeldElsewhere)) throw error;
      // What was written so far is undone; that somebody saw another patient's number is not.
      const patientId = error.holder.id;
      await this.db.transaction((tx) =>
        this.audit(tx, desk, 'registration.compared', 'abha-of-another', { patientId }),
      );
      return { state: 'abha-of-another-patient', uhid: error.holder.known.uhid };
    }
  }

  /** Undefined: the facility has no such registration. Audited: it names the patient. */
  async find(desk: Desk, id: string): Promise<Registration | undefined> {
    return this.db.transaction(async (tx) => {
      const found = await this.rows.byId(tx, desk.facilityId, id);
      if (found === undefined) return undefined;
      await this.audit(tx, desk, 'registration.read', 'shown', { patientId: found.patientId, subjectId: found.id });
      return found;
    });
  }

  private async inOneStep(tx: EntityManager, desk: Desk, request: RegistrationRequest): Promise<RegistrationOutcome> {
    const { facilityId } = desk;
    const given = request.uhid === undefined ? undefined : this.readUhid(request.uhid);
    await this.origins.lock(tx, facilityId, request);
    const before = await this.rows.of(tx, facilityId, request);
    if (before !== undefined) return this.repeated(tx, desk, before, given);
    const origin = await this.origins.find(tx, facilityId, request);
    const uhid = given ?? (await this.uhidByAbha(tx, facilityId, origin));
    if (uhid === undefined) return this.askForUhid(tx, desk, origin, request.columns);
    const known = await this.lookup.byUhid(tx, facilityId, uhid);
    const said = this.said(uhid, request, known, origin);
    const record = { ...said, ...ownAbha(said, known) };
    const tolerance = this.config.DISCOVERY_BIRTH_YEAR_TOLERANCE;
    const differ = origin.abha === undefined ? [] : differences(record, origin.abha, tolerance);
    if (differ.length > 0 && request.decision === undefined) {
      await this.audit(tx, desk, 'registration.compared', 'differs', { patientId: known?.id });
      return { state: 'needs-decision', uhid, differences: differ };
    }
    const isHers = differ.length === 0 || request.decision === 'same-person';
    const used: Origin = isHers ? origin : { source: 'desk', counterId: origin.counterId };
    const isNew = known === undefined && used.abha !== undefined;
    const alike = isNew ? await this.lookup.alike(tx, facilityId, used.abha, said.mobile) : [];
    const met = await this.meet(tx, facilityId, said, used.abha);
    const { made, isRepeated } = await this.rows.make(tx, {
      facilityId,
      patientId: met.id,
      day: indiaDay(this.clock.now()),
      at: this.clock.now(),
      source: used.source,
      sharedProfileId: used.sharedProfileId,
      abhaSessionId: used.abhaSessionId,
      queueTokenId: used.queueTokenId,
      counterId: used.counterId,
      isAbhaCreated: used.abha?.isNew === true,
    });
    // Built again, because the records name the patient's ABHA.
    const waiting = met.known.abhaAddress === undefined ? [] : await this.patients.waitingVisits(tx, met.id);
    await this.jobs.addEach(tx, 'visit.build', waiting, 'build');
    const about = { patientId: met.id, subjectId: made.id };
    if (differ.length > 0) {
      await this.audit(tx, desk, 'registration.decided', isHers ? 'same-person' : 'other-person', about);
    }
    if (!isRepeated) await this.audit(tx, desk, 'registration.made', made.source, about);
    if (used.abhaSessionId !== undefined) await this.sessions.registered(tx, used.abhaSessionId, this.clock.now());
    return { state: 'registered', registration: made, isRepeated, alike: alike.map((one) => one.uhid) };
  }

  /** The same again gives the same, though session or profile may have gone by now. */
  private async repeated(
    tx: EntityManager,
    desk: Desk,
    before: Registration,
    given: string | undefined,
  ): Promise<RegistrationOutcome> {
    if (given !== undefined && given !== before.uhid) throw new RegistrationRefused('registered-otherwise');
    const about = { patientId: before.patientId, subjectId: before.id };
    await this.audit(tx, desk, 'registration.read', 'shown', about);
    return { state: 'registered', registration: before, isRepeated: true, alike: [] };
  }

  /** Without a UHID: whoever has this ABHA here already. */
  private async uhidByAbha(tx: EntityManager, facilityId: string, { abha }: Origin): Promise<string | undefined> {
    if (abha === undefined) throw new RegistrationRefused('uhid-missing');
    const holders = await this.lookup.holders(tx, facilityId, abhaOf(abha));
    return holders.length === 1 ? holders[0]?.known.uhid : undefined;
  }

  private async askForUhid(
    tx: EntityManager,
    desk: Desk,
    { abha }: Origin,
    columns: object | undefined,
  ): Promise<RegistrationOutcome> {
    const { facilityId } = desk;
    if (abha === undefined) throw new RegistrationRefused('uhid-missing');
    // Of the columns only this: whether the rest can be used is asked once it is known who she is.
    const typed = columns === undefined ? undefined : this.hospital.readPatient(columns, '').patient.mobile;
    const holders = await this.lookup.holders(tx, facilityId, abhaOf(abha));
    const candidates =
      holders.length > 0 ? holders.map(({ known }) => known) : await this.lookup.alike(tx, facilityId, abha, typed);
    if (candidates.length > 0) await this.audit(tx, desk, 'registration.compared', 'candidates-shown', {});
    return { state: 'needs-uhid', candidates, isMobileKnown: (abha.mobile ?? typed) !== undefined };
  }

  /** The hospital's number as visits have it: tidied, and refused where it could be an Aadhaar number. */
  private readUhid(given: string): string {
    const { patient, reasons } = this.hospital.readPatient({}, given);
    if (reasons.some(({ code }) => code.startsWith('uhid-'))) throw new RegistrationRefused('uhid-unusable');
    return patient.uhid;
  }

  /** What the hospital says of her now; else what it said last; else what ABDM says. */
  private said(
    uhid: string,
    { columns }: RegistrationRequest,
    known: FoundPatient | undefined,
    { abha }: Origin,
  ): VisitPatient {
    if (columns !== undefined) {
      const { patient, reasons } = this.hospital.readPatient(columns, uhid);
      if (reasons.length > 0) throw new RegistrationRefused('patient-unreadable', reasons);
      if (patient.uhid !== uhid) throw new RegistrationRefused('uhid-differs');
      return patient;
    }
    if (known !== undefined) return known.known;
    if (abha === undefined) throw new RegistrationRefused('patient-unknown');
    return patientOfAbha(uhid, abha);
  }

  /** @throws AbhaHeldElsewhere, which undoes all that this transaction has written */
  private async meet(
    tx: EntityManager,
    facilityId: string,
    said: VisitPatient,
    abha: VerifiedAbha | undefined,
  ): Promise<MetPatient> {
    const now = this.clock.now();
    const patient = abha === undefined ? said : { ...said, ...provedAbha(said, abha) };
    const abhaHash = abha === undefined ? null : this.patients.addressHash(patient);
    // She has proved that it is hers and in use, whatever we heard before.
    if (abhaHash !== null) await this.ended.lift(tx, { facilityId, abhaHash });
    const met = await this.patients.meet(tx, facilityId, patient, { now, visitAt: now });
    // Looked at after writing: two desks that give one ABHA to two patients wait for each other in `meet`.
    const other = await this.lookup.otherHolder(tx, facilityId, met.id, met.known);
    if (other !== undefined) throw new AbhaHeldElsewhere(other);
    return met;
  }

  private audit(
    tx: EntityManager,
    { facilityId, keyId }: Desk,
    action: AuditEntry['action'],
    outcome: string,
    about: { readonly patientId?: string | undefined; readonly subjectId?: string | undefined },
  ): Promise<void> {
    return appendAudit(tx, { at: this.clock.now(), actor: `hospital:${keyId}`, action, facilityId, outcome, ...about });
  }
}

type Abha = Pick<VisitPatient, 'abhaNumber' | 'abhaAddress'>;

/** Columns without an ABHA do not take away the one that is known. */
const ownAbha = (said: VisitPatient, known: FoundPatient | undefined): Abha => ({
  abhaNumber: said.abhaNumber ?? known?.known.abhaNumber,
  abhaAddress: said.abhaAddress ?? known?.known.abhaAddress,
});

/** What ABDM vouches for replaces what was typed; a number alone says nothing of her address. */
function provedAbha(said: VisitPatient, verified: VerifiedAbha): Abha {
  const { abhaNumber, abhaAddress } = abhaOf(verified);
  const isOtherPerson = abhaNumber !== undefined && said.abhaNumber !== undefined && said.abhaNumber !== abhaNumber;
  return {
    abhaNumber: abhaNumber ?? (abhaAddress === said.abhaAddress ? said.abhaNumber : undefined),
    abhaAddress: abhaAddress ?? (isOtherPerson ? undefined : said.abhaAddress),
  };
}
