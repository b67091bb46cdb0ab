import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { VisitIntake, VisitRefused, type IntakeResult } from '../../flows/visits/visit-intake.flow.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';
import { VISIT_EXAMPLE } from './visit-example.js';
import { VisitQueries } from './visit-queries.js';
import { ReceivedVisit, VisitDetail, VisitFilter, VisitPage } from './visits.dto.js';

const badId = () => new Problem(404, 'visit-unknown', 'There is no visit with this id at this facility');

@ApiTags('visits')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/visits')
export class VisitsController {
  constructor(
    private readonly intake: VisitIntake,
    private readonly queries: VisitQueries,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send one visit, as e-Hospital has it',
    description:
      'The columns are those of `config/ehospital.yaml`. A correction is the same OPD_NO with a higher ROW_VER; DEL_FLAG "Y" withdraws. ' +
      'Sending the same again changes nothing. What cannot be understood is quarantined with a reason, never guessed.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: VISIT_EXAMPLE } })
  @ApiResponse({ status: 202, type: ReceivedVisit })
  @ApiResponse({ status: 400, description: 'Not a visit: problem+json with the columns to mend' })
  @ApiResponse({ status: 403, description: 'The visit is of another facility than the key' })
  @ApiResponse({ status: 409, description: 'This ROW_VER is known with another content' })
  @ApiResponse({ status: 415, description: 'Not application/json' })
  async receive(
    @CalledBy() caller: Caller,
    @Headers('content-type') type: string | undefined,
    @Body() row: unknown,
  ): Promise<ReceivedVisit> {
    // Text and forms are read as well, but never as a visit: their sender must hear what is wrong.
    if (!isJson(type)) throw new Problem(415, 'media-type', 'Send a visit with Content-Type: application/json');
    try {
      return received(await this.intake.receive(caller.facility, row));
    } catch (error) {
      if (error instanceof VisitRefused) throw refusalProblem(error);
      throw error;
    }
  }

  @Get()
  @ApiOperation({ summary: 'Visits of this facility, page by page' })
  @ApiResponse({ status: 200, type: VisitPage })
  list(@CalledBy() caller: Caller, @Query() filter: VisitFilter): Promise<VisitPage> {
    return this.queries.list(caller.facility.id, filter);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One visit: cleaning report, records, timeline' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: VisitDetail })
  @ApiResponse({ status: 404, description: 'There is no such visit at this facility' })
  async detail(@CalledBy() caller: Caller, @Param('id', new IdPipe(badId)) id: string): Promise<VisitDetail> {
    const detail = await this.queries.detail(caller, id);
    if (detail === undefined) throw badId();
    return detail;
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try a failed or quarantined visit again, or one whose ABHA address is known or in use by now',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 202, type: VisitDetail })
  @ApiResponse({ status: 409, description: 'There is nothing to try again, or its ABHA address is still not in use' })
  @ApiResponse({ status: 404, description: 'There is no such visit at this facility' })
  async retry(@CalledBy() caller: Caller, @Param('id', new IdPipe(badId)) id: string): Promise<VisitDetail> {
    const outcome = await this.queries.retry(caller.facility.id, id);
    if (outcome === 'unknown') throw badId();
    if (outcome === 'nothing-to-do') {
      throw new Problem(
        409,
        'nothing-to-retry',
        'There is nothing that trying again would change; see its timeline. A visit without an ABHA address, or one that could not be read, is mended at the hospital and sent with a higher ROW_VER',
      );
    }
    if (outcome === 'abha-not-in-use') {
      throw new Problem(
        409,
        'abha-not-in-use',
        'ABDM told us that the ABHA address of this visit is deactivated or deleted, and not yet that it is in use again. The patient has to reactivate it in her app; then try again',
      );
    }
    const detail = await this.queries.detail(caller, id);
    if (detail === undefined) throw badId();
    return detail;
  }
}

const isJson = (type = ''): boolean => /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type);

export const received = (result: IntakeResult): ReceivedVisit => ({
  ...result,
  reasons: result.reasons as ReceivedVisit['reasons'],
  links: { self: `/api/v1/visits/${result.id}` },
});

export function refusalProblem(refused: VisitRefused): Problem {
  switch (refused.kind) {
    case 'bad-input':
      return new Problem(
        400,
        'visit-not-readable',
        'This is not a visit; mend the columns named in errors',
        refused.problems,
      );
    case 'other-facility':
      return new Problem(
        403,
        'other-facility',
        'Send each visit with the API key of its own facility',
        refused.problems,
      );
    case 'conflict':
      return new Problem(
        409,
        'same-version-other-content',
        'Send the corrected visit with a higher ROW_VER',
        refused.problems,
      );
  }
}
