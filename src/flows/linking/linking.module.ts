import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { ContextNotify } from './context-notify.flow.js';
import { HipInitiatedLinking } from './hip-initiated-linking.flow.js';
import { LinkTokens } from './link-tokens.js';
import { Linkings } from './linkings.js';

@Module({ imports: [JobsModule], providers: [ContextNotify, HipInitiatedLinking, LinkTokens, Linkings] })
export class LinkingModule {}
