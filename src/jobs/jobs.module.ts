import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Heartbeat } from './heartbeat.js';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { JobRunner } from './job-runner.js';

@Module({
  imports: [DiscoveryModule],
  providers: [Heartbeat, JobHandlers, JobQueue, JobRunner],
  exports: [JobQueue, JobRunner],
})
export class JobsModule {}
