import { Inject, Injectable } from '@nestjs/common';
import type { Bundle } from 'fhir/r4.js';
import { DataSource } from 'typeorm';
import { previewHtml } from '../../fhir/preview/index.js';
import { appendAudit } from '../../persistence/audit.js';
import { HealthRecords } from '../../persistence/health-records.js';
import type { HiType } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';

/** The records of one type of a visit, as the patient's app shows them. Looking is an access to a record: it is audited. */
@Injectable()
export class RecordPreview {
  constructor(
    private readonly db: DataSource,
    private readonly records: HealthRecords,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns an HTML page, or undefined when the facility has no such visit or the visit no such record */
  async page(
    by: { readonly facilityId: string; readonly keyId: string },
    visitId: string,
    hiType: HiType,
    language: 'en' | 'hi',
  ): Promise<string | undefined> {
    const [visit]: { patient_id: string | null }[] = await this.db.query(
      'SELECT patient_id FROM visit WHERE id = $1 AND facility_id = $2',
      [visitId, by.facilityId],
    );
    if (visit === undefined) return undefined;
    const records = await this.records.ofVisit(visitId, hiType);
    if (records.length === 0) return undefined;
    await this.db.transaction((tx) =>
      appendAudit(tx, {
        at: this.clock.now(),
        actor: `hospital:${by.keyId}`,
        action: 'record.previewed',
        facilityId: by.facilityId,
        patientId: visit.patient_id ?? undefined,
        subjectId: visitId,
        outcome: hiType,
      }),
    );
    // Our own documents, validated before they were kept.
    return previewHtml(
      records.map(({ json }) => JSON.parse(json) as Bundle),
      language,
    );
  }
}
