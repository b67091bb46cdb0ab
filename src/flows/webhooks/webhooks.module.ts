import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { WebhookEndpoints } from './webhook-endpoints.js';
import { WebhookSending } from './webhook-sending.flow.js';

@Module({
  imports: [JobsModule],
  providers: [WebhookEndpoints, WebhookSending],
  exports: [WebhookEndpoints, WebhookSending],
})
export class WebhooksModule {}
