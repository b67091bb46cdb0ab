import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AbdmModule } from '../abdm/abdm.module.js';
import { SESSION_STORE } from '../abdm/client/session.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { CallbackController } from './callback.controller.js';
import { DoorClock } from './door-clock.js';
import { FlowSteps } from './flow-steps.js';
import { Inbox } from './inbox.js';
import { LateAnswers } from './late-answers.js';
import { Outbox } from './outbox.js';
import { Sender } from './sender.js';
import { PostgresSessionStore } from './session-store.js';
import { Silence } from './silence.js';

@Global()
@Module({
  imports: [AbdmModule, DiscoveryModule, JobsModule],
  controllers: [CallbackController],
  providers: [
    DoorClock,
    FlowSteps,
    Inbox,
    LateAnswers,
    Outbox,
    Sender,
    Silence,
    PostgresSessionStore,
    { provide: SESSION_STORE, useExisting: PostgresSessionStore },
  ],
  exports: [AbdmModule, Outbox, SESSION_STORE, Silence],
})
export class ExchangeModule {}
