import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { ConsentNotices } from './consent-notices.flow.js';
import { HeldConsents } from './held-consents.js';

@Module({ imports: [JobsModule], providers: [ConsentNotices, HeldConsents], exports: [HeldConsents] })
export class ConsentModule {}
