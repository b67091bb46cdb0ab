import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { AbhaSessionFlow } from './abha-sessions.flow.js';
import { AccountChanges } from './account-changes.js';
import { ConsentTexts } from './consent-texts.js';
import { Enrolling } from './enrolling.js';
import { LoggingIn } from './logging-in.js';
import { OtpLimits } from './otp-limits.js';
import { OtpSending } from './otp-sending.js';
import { AbhaSessionStore } from './session-store.js';
import { SessionSteps } from './session-steps.js';

@Module({
  imports: [JobsModule],
  providers: [
    AbhaSessionFlow,
    AbhaSessionStore,
    AccountChanges,
    ConsentTexts,
    Enrolling,
    LoggingIn,
    OtpLimits,
    OtpSending,
    SessionSteps,
  ],
  exports: [AbhaSessionFlow, ConsentTexts],
})
export class AbhaModule {}
