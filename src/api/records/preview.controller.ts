import { Controller, Get, Header, Param, Query, UseGuards } from '@nestjs/common';
import {
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { RecordPreview } from '../../flows/visits/record-preview.js';
import { HI_TYPES, type HiType } from '../../ports/visit.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { Problem } from '../problem.js';

const noRecord = () =>
  new Problem(404, 'record-unknown', 'This facility has no such visit, or the visit no record of this type now');

class PreviewLanguage {
  @ApiPropertyOptional({ enum: ['en', 'hi'], default: 'en', description: 'Of the labels' })
  @IsOptional()
  @IsIn(['en', 'hi'], { message: 'must be en or hi' })
  lang: 'en' | 'hi' = 'en';
}

@ApiTags('records')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/visits/:id/records')
export class PreviewController {
  constructor(private readonly previews: RecordPreview) {}

  @Get(':hiType/preview')
  @ApiOperation({
    summary: 'The records of one type as the patient’s app shows them',
    description: 'A plain HTML page made from the documents as they are sent. Each look is written to the audit.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'hiType', enum: HI_TYPES })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'An HTML page' })
  @ApiResponse({ status: 404, description: 'No such visit at this facility, or no record of this type' })
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
  @Header('Cache-Control', 'no-store')
  @Header('X-Content-Type-Options', 'nosniff')
  @Header('Referrer-Policy', 'no-referrer')
  async preview(
    @CalledBy() { facility, keyId }: Caller,
    @Param('id', new IdPipe(noRecord)) id: string,
    @Param('hiType') hiType: string,
    @Query() { lang }: PreviewLanguage,
  ): Promise<string> {
    const known = HI_TYPES.find((each): each is HiType => each === hiType);
    if (known === undefined) {
      throw new Problem(404, 'record-type-unknown', `The types of records are ${HI_TYPES.join(', ')}`);
    }
    const page = await this.previews.page({ facilityId: facility.id, keyId }, id, known, lang);
    if (page === undefined) throw noRecord();
    return page;
  }
}
