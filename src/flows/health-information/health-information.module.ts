import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { HealthInformationPush } from './health-information-push.flow.js';
import { HealthInformationRequests } from './health-information-requests.flow.js';
import { Transfers } from './transfers.js';

@Module({ imports: [JobsModule], providers: [HealthInformationPush, HealthInformationRequests, Transfers] })
export class HealthInformationModule {}
