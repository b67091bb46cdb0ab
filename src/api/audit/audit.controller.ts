import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { AuditFilter, AuditPage } from './audit.dto.js';
import { AuditQueries } from './audit-queries.js';

@ApiTags('audit')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly queries: AuditQueries) {}

  @Get()
  @ApiOperation({
    summary: 'Who took what, when: this facility’s part of the audit, newest first',
    description:
      'Who has taken a visit’s records: `?visit=OPD/25/100900&action=record.shared`. What happened to a patient: `?patientUhid=…`. ' +
      'Lines are never changed or removed, and each carries the hash of the one before (`npm run audit` checks them). Reading is written to the audit as well.',
  })
  @ApiResponse({ status: 200, type: AuditPage })
  list(@CalledBy() caller: Caller, @Query() filter: AuditFilter): Promise<AuditPage> {
    return this.queries.list(caller, filter);
  }
}
