import { Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Recoding } from '../../flows/visits/recoding.flow.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { Recoded, UncodedFilter, UncodedPage } from './terminology.dto.js';

@ApiTags('terminology')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/terminology')
export class TerminologyController {
  constructor(private readonly recoding: Recoding) {}

  @Get('uncoded')
  @ApiOperation({
    summary: 'Words of this facility that no table codes, most frequent first',
    description:
      'They are sent as text. Add rows to the tables of config/terminology, restart, then POST /api/v1/terminology/recode.',
  })
  @ApiResponse({ status: 200, type: UncodedPage })
  async uncoded(@CalledBy() { facility }: Caller, @Query() { kind, limit }: UncodedFilter): Promise<UncodedPage> {
    const { terms, uncoded } = await this.recoding.count(facility.id);
    const words = await this.recoding.mostFrequent(facility.id, kind, limit);
    return { terms, uncoded, share: terms === 0 ? 0 : Math.round((uncoded / terms) * 10_000) / 10_000, words };
  }

  @Post('recode')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Build the records of visits with uncoded words again, with the tables as they are now',
    description: 'Records that come out as they were are left alone; of the others ABDM is told.',
  })
  @ApiResponse({ status: 202, type: Recoded })
  async recode(@CalledBy() { facility }: Caller): Promise<Recoded> {
    return { visits: await this.recoding.recode(facility.id) };
  }
}
