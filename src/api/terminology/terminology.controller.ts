import { Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Recoding, TERM_KINDS, type TermKind } from '../../flows/visits/recoding.flow.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';

class UncodedFilter {
  /** drug, condition, lab-parameter …; all when left out. */
  @IsOptional() @IsIn(TERM_KINDS, { message: `must be one of ${TERM_KINDS.join(', ')}` }) kind?: TermKind;
  /** 1 to 1000. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit = 100;
}

class UncodedView {
  /** Which table of config/terminology would hold it. */
  kind!: string;
  /** As the hospital writes it. */
  text!: string;
  /** In how many visits. */
  visits!: number;
  /** The nearest terms the tables have, best first. Never used for a record. */
  suggestions!: readonly string[];
}

class UncodedPage {
  /** Words looked up, each once a visit. */
  terms!: number;
  /** Of these, without a code. */
  uncoded!: number;
  /** uncoded / terms, 0 to 1. */
  share!: number;
  /** Most frequent first. */
  words!: readonly UncodedView[];
}

class Recoded {
  /** Visits whose records are being built again. */
  visits!: number;
}

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
