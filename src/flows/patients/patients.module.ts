import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { MergeDecisions } from './merge-decisions.flow.js';

@Module({ imports: [JobsModule], providers: [MergeDecisions], exports: [MergeDecisions] })
export class PatientsModule {}
