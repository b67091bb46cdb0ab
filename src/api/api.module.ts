import { Module } from '@nestjs/common';
import { AbhaModule } from '../flows/abha/abha.module.js';
import { ConsentModule } from '../flows/consent/consent.module.js';
import { PatientsModule } from '../flows/patients/patients.module.js';
import { ScanAndShareModule } from '../flows/scan-and-share/scan-and-share.module.js';
import { RegistrationsModule } from '../flows/registrations/registrations.module.js';
import { VisitsModule } from '../flows/visits/visits.module.js';
import { WebhooksModule } from '../flows/webhooks/webhooks.module.js';
import { ApiKeys } from '../persistence/api-keys.js';
import { AbhaDesk } from './abha/abha-desk.js';
import { AbhaSessionsController } from './abha/abha-sessions.controller.js';
import { AbhaCreatingController } from './abha/creating.controller.js';
import { AbhaVerifyingController } from './abha/verifying.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditQueries } from './audit/audit-queries.js';
import { ConsentsController } from './consents/consents.controller.js';
import { CountersController } from './counters/counters.controller.js';
import { OperationController } from './operation.controller.js';
import { MergeProposalsController } from './patients/merge-proposals.controller.js';
import { OpenStreams } from './queue/open-streams.js';
import { QueueController } from './queue/queue.controller.js';
import { QueueStreamController } from './queue/queue-stream.controller.js';
import { SharedProfilesController } from './queue/shared-profiles.controller.js';
import { PreviewController } from './records/preview.controller.js';
import { ValidateController } from './records/validate.controller.js';
import { RegistrationsController } from './registrations/registrations.controller.js';
import { OpdQueries } from './reports/opd-queries.js';
import { OpdReports } from './reports/opd-reports.js';
import { ReportsController } from './reports/reports.controller.js';
import { TerminologyController } from './terminology/terminology.controller.js';
import { ImportController } from './visits/import.controller.js';
import { VisitQueries } from './visits/visit-queries.js';
import { VisitsController } from './visits/visits.controller.js';
import { DeliveryQueries } from './webhooks/delivery-queries.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

@Module({
  imports: [
    AbhaModule,
    ConsentModule,
    PatientsModule,
    ScanAndShareModule,
    RegistrationsModule,
    VisitsModule,
    WebhooksModule,
  ],
  controllers: [
    AbhaCreatingController,
    AbhaSessionsController,
    AbhaVerifyingController,
    AuditController,
    ConsentsController,
    CountersController,
    ImportController,
    MergeProposalsController,
    OperationController,
    PreviewController,
    QueueController,
    QueueStreamController,
    SharedProfilesController,
    RegistrationsController,
    ReportsController,
    TerminologyController,
    ValidateController,
    VisitsController,
    WebhooksController,
  ],
  providers: [AbhaDesk, ApiKeys, AuditQueries, DeliveryQueries, OpdQueries, OpdReports, OpenStreams, VisitQueries],
})
export class ApiModule {}
