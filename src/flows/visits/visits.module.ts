import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { RecordBuilding } from './record-building.flow.js';
import { VisitIntake } from './visit-intake.flow.js';
import { VisitRetry } from './visit-retry.flow.js';

/** Needs a `HOSPITAL_PORT` from a global module. */
@Module({
  imports: [JobsModule],
  providers: [RecordBuilding, VisitIntake, VisitRetry],
  exports: [VisitIntake, VisitRetry],
})
export class VisitsModule {}
