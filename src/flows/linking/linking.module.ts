import { Module } from '@nestjs/common';
import { JobsModule } from '../../jobs/jobs.module.js';
import { AbhaEndings } from './abha-endings.js';
import { ContextNotify } from './context-notify.flow.js';
import { ChosenContexts } from './discovery/chosen-contexts.js';
import { Discoveries } from './discovery/discoveries.js';
import { LinkingNotInTime } from './discovery/not-in-time.flow.js';
import { OtpDelivery } from './discovery/otp-delivery.flow.js';
import { PatientSearch } from './discovery/patient-search.js';
import { UserLinks } from './discovery/user-links.js';
import { HipInitiatedLinking } from './hip-initiated-linking.flow.js';
import { LinkTokens } from './link-tokens.js';
import { Linkings } from './linkings.js';
import { PatientStatus } from './patient-status.flow.js';
import { SmsDeepLink } from './sms-deep-link.flow.js';
import { UserInitiatedLinking } from './user-initiated-linking.flow.js';

@Module({
  imports: [JobsModule],
  providers: [
    AbhaEndings,
    ChosenContexts,
    ContextNotify,
    Discoveries,
    HipInitiatedLinking,
    LinkTokens,
    LinkingNotInTime,
    Linkings,
    OtpDelivery,
    PatientSearch,
    PatientStatus,
    SmsDeepLink,
    UserInitiatedLinking,
    UserLinks,
  ],
})
export class LinkingModule {}
