import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { HeldConsents } from '../../flows/consent/held-consents.js';
import { isUuid } from '../../support/ids.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { isInstant, readCursor, writeCursor } from '../cursor.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { consentSummary, consentView } from './consent-view.js';
import { ConsentFilter, ConsentPage, ConsentView } from './consents.dto.js';

const noConsent = () => new Problem(404, 'consent-unknown', 'This facility holds no consent with this id');

@ApiTags('consents')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/consents')
export class ConsentsController {
  constructor(private readonly consents: HeldConsents) {}

  @Get()
  @ApiOperation({
    summary: 'The consents this facility holds, newest first',
    description:
      'Patients give and take them back in their ABHA app; a hospital can only look. Each look is written to the audit.',
  })
  @ApiResponse({ status: 200, type: ConsentPage })
  async list(@CalledBy() { facility, keyId }: Caller, @Query() filter: ConsentFilter): Promise<ConsentPage> {
    const { status, patientUhid, limit, cursor } = filter;
    const before = cursor === undefined ? undefined : readCursor(cursor, (at, id) => isInstant(at) && isUuid(id));
    const found = await this.consents.list(
      { facilityId: facility.id, keyId },
      { status, patientUhid, before: before && { since: before.key, id: before.id }, limit: limit + 1 },
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const isMore = found.length > limit && last !== undefined;
    return {
      consents: shown.map(consentSummary),
      next: isMore ? writeCursor(last.since.toISOString(), last.id) : null,
    };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One consent: history, what it allows, which visits it names, how often it was used',
    description: 'After its end the artefact is erased, and `terms` is null. Each look is written to the audit.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: ConsentView })
  @ApiResponse({ status: 404, description: 'This facility holds no such consent' })
  async one(
    @CalledBy() { facility, keyId }: Caller,
    @Param('id', new IdPipe(noConsent)) id: string,
  ): Promise<ConsentView> {
    const consent = await this.consents.one({ facilityId: facility.id, keyId }, id);
    if (consent === undefined) throw noConsent();
    return consentView(consent);
  }
}
