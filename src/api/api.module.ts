import { Module } from '@nestjs/common';
import { ConsentModule } from '../flows/consent/consent.module.js';
import { PatientsModule } from '../flows/patients/patients.module.js';
import { VisitsModule } from '../flows/visits/visits.module.js';
import { WebhooksModule } from '../flows/webhooks/webhooks.module.js';
import { ApiKeys } from '../persistence/api-keys.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditQueries } from './audit/audit-queries.js';
import { ConsentsController } from './consents/consents.controller.js';
import { OperationController } from './operation.controller.js';
import { MergeProposalsController } from './patients/merge-proposals.controller.js';
import { PreviewController } from './records/preview.controller.js';
import { ValidateController } from './records/validate.controller.js';
import { TerminologyController } from './terminology/terminology.controller.js';
import { ImportController } from './visits/import.controller.js';
import { VisitQueries } from './visits/visit-queries.js';
import { VisitsController } from './visits/visits.controller.js';
import { DeliveryQueries } from './webhooks/delivery-queries.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

@Module({
  imports: [ConsentModule, PatientsModule, VisitsModule, WebhooksModule],
  controllers: [
    AuditController,
    ConsentsController,
    ImportController,
    MergeProposalsController,
    OperationController,
    PreviewController,
    TerminologyController,
    ValidateController,
    VisitsController,
    WebhooksController,
  ],
  providers: [ApiKeys, AuditQueries, DeliveryQueries, VisitQueries],
})
export class ApiModule {}
