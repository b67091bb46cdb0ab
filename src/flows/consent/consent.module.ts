import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { ConsentNotices } from './consent-notices.flow.js';

@Module({ imports: [JobsModule], providers: [ConsentNotices] })
export class ConsentModule {}
