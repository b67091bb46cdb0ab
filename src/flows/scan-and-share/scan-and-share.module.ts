import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { Counters } from './counters.js';
import { EndOfDay } from './end-of-day.flow.js';
import { ProfileShare } from './profile-share.flow.js';
import { QueueDesk } from './queue-desk.flow.js';
import { QueueFeed } from './queue-feed.js';
import { QueueList } from './queue-list.js';
import { QueueStatus } from './queue-status.js';
import { RunningToken } from './running-token.flow.js';
import { ShareNotInTime } from './share-not-in-time.flow.js';
import { SharedProfileReading } from './shared-profile-reading.js';
import { Tokens } from './tokens.js';

@Module({
  imports: [JobsModule],
  providers: [
    Counters,
    EndOfDay,
    ProfileShare,
    QueueDesk,
    QueueFeed,
    QueueList,
    QueueStatus,
    RunningToken,
    ShareNotInTime,
    SharedProfileReading,
    Tokens,
  ],
  exports: [Counters, QueueDesk, QueueFeed, QueueList, QueueStatus, SharedProfileReading],
})
export class ScanAndShareModule {}
