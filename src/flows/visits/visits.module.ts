import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { CONFIG } from '../../support/config.js';
import { DocumentCheck } from './document-check.js';
import { Recoding } from './recoding.flow.js';
import { RecordBuilding } from './record-building.flow.js';
import { RecordPreview } from './record-preview.js';
import { loadRecordTools, RECORD_TOOLS } from './record-tools.js';
import { RecordWorkshop } from './record-workshop.js';
import { VisitIntake } from './visit-intake.flow.js';
import { VisitRetry } from './visit-retry.flow.js';
import { WaitingReasons } from './waiting-reason.js';

/** Needs a `HOSPITAL_PORT` from a global module. */
@Module({
  imports: [JobsModule],
  providers: [
    { provide: RECORD_TOOLS, useFactory: loadRecordTools, inject: [CONFIG] },
    DocumentCheck,
    Recoding,
    RecordBuilding,
    RecordPreview,
    RecordWorkshop,
    VisitIntake,
    VisitRetry,
    WaitingReasons,
  ],
  exports: [DocumentCheck, Recoding, RecordPreview, VisitIntake, VisitRetry, WaitingReasons],
})
export class VisitsModule {}
