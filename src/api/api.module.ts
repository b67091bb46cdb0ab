import { Module } from '@nestjs/common';
import { VisitsModule } from '../flows/visits/visits.module.js';
import { ApiKeys } from '../persistence/api-keys.js';
import { OperationController } from './operation.controller.js';
import { PreviewController } from './records/preview.controller.js';
import { ValidateController } from './records/validate.controller.js';
import { TerminologyController } from './terminology/terminology.controller.js';
import { ImportController } from './visits/import.controller.js';
import { VisitQueries } from './visits/visit-queries.js';
import { VisitsController } from './visits/visits.controller.js';

@Module({
  imports: [VisitsModule],
  controllers: [
    ImportController,
    OperationController,
    PreviewController,
    TerminologyController,
    ValidateController,
    VisitsController,
  ],
  providers: [ApiKeys, VisitQueries],
})
export class ApiModule {}
