import { Module } from '@nestjs/common';
import { VisitsModule } from '../flows/visits/visits.module.js';
import { ApiKeys } from '../persistence/api-keys.js';
import { OperationController } from './operation.controller.js';
import { ImportController } from './visits/import.controller.js';
import { VisitQueries } from './visits/visit-queries.js';
import { VisitsController } from './visits/visits.controller.js';

@Module({
  imports: [VisitsModule],
  controllers: [ImportController, OperationController, VisitsController],
  providers: [ApiKeys, VisitQueries],
})
export class ApiModule {}
