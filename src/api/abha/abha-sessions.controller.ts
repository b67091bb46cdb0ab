import { Body, Controller, Get, HttpCode, Inject, Post, Query, StreamableFile, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiPropertyOptional,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import { AbhaSessionFlow } from '../../flows/abha/abha-sessions.flow.js';
import type { FileName } from '../../flows/abha/account-changes.js';
import { ConsentTexts } from '../../flows/abha/consent-texts.js';
import { StepRefused } from '../../flows/abha/step-refused.js';
import { WAYS } from '../../flows/abha/steps.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { Problem } from '../problem.js';
import { AbhaDesk, Asked, type Asking } from './abha-desk.js';
import { ABHA_DESCRIPTION } from './abha-description.js';
import { AbhaProblem } from './abha-problem.js';
import { AbhaSessionView, ConsentTextView, OpenAbhaSession } from './abha-sessions.dto.js';
import { sessionView } from './session-view.js';

class ConsentLanguage {
  @ApiPropertyOptional({ type: String, default: 'en', example: 'hi' })
  @IsOptional()
  @Length(2, 20, { message: 'must be a language, such as hi' })
  lang = 'en';
}

@ApiTags('abha')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/abha')
export class AbhaSessionsController {
  constructor(
    private readonly flow: AbhaSessionFlow,
    private readonly desk: AbhaDesk,
    private readonly texts: ConsentTexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('consent-text')
  @ApiOperation({ summary: 'What a person agrees to before an ABHA number is made' })
  @ApiResponse({ status: 200, type: ConsentTextView })
  @ApiResponse({ status: 404, description: 'There is no text in this language' })
  consentText(@Query() { lang }: ConsentLanguage): ConsentTextView {
    const text = this.texts.in(lang);
    const languages = [...this.texts.languages];
    if (text === undefined) {
      throw new Problem(404, 'consent-language-unknown', `There is a consent text in: ${languages.join(', ')}`);
    }
    return { ...text, statements: [...text.statements], languages };
  }

  @Post('sessions')
  @ApiOperation({
    summary: 'Begin: make an ABHA number, or verify somebody who has one',
    description: ABHA_DESCRIPTION,
  })
  @ApiBody({ type: OpenAbhaSession })
  @ApiResponse({ status: 201, type: AbhaSessionView })
  @ApiResponse({ status: 403, description: 'This way is switched off at this hospital' })
  async open(@CalledBy() { facility, keyId }: Caller, @Body() wish: OpenAbhaSession): Promise<AbhaSessionView> {
    const { purpose, way, channel, operator, counter } = wish;
    if (WAYS[way].purpose !== purpose) {
      throw new Problem(400, 'fields-wrong', 'Mend the fields named in errors', [
        { field: 'way', code: 'other-purpose', detail: `is a way to ${WAYS[way].purpose}` },
      ]);
    }
    try {
      const session = await this.flow.open({ facilityId: facility.id, keyId }, { way, channel, operator, counter });
      return sessionView(session, this.clock.now());
    } catch (error) {
      throw error instanceof StepRefused ? new AbhaProblem(error) : error;
    }
  }

  @Get('sessions/:id')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @ApiOperation({
    summary: 'The session as it is now',
    description: 'All a page needs to draw itself, also after a reload.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: AbhaSessionView })
  read(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.read(asking);
  }

  @Get('sessions/:id/card')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @ApiOperation({ summary: 'The ABHA card, as ABDM serves it; kept nowhere' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('image/png', 'image/jpeg', 'application/pdf')
  card(@Asked() asking: Asking): Promise<StreamableFile> {
    return this.file(asking, 'card');
  }

  @Get('sessions/:id/card-file')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @ApiOperation({ summary: 'The ABHA card as a file to save, as ABDM serves it; kept nowhere' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('image/png', 'image/jpeg', 'application/pdf')
  cardFile(@Asked() asking: Asking): Promise<StreamableFile> {
    return this.file(asking, 'card-file');
  }

  @Get('sessions/:id/qr')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @ApiOperation({ summary: 'The QR code of the ABHA, as ABDM serves it; kept nowhere' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('image/png', 'image/jpeg')
  qr(@Asked() asking: Asking): Promise<StreamableFile> {
    return this.file(asking, 'qr');
  }

  @Get('sessions/:id/photo')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @ApiOperation({ summary: 'The photo of the ABHA; kept nowhere' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiProduces('image/png', 'image/jpeg')
  photo(@Asked() asking: Asking): Promise<StreamableFile> {
    return this.file(asking, 'photo');
  }

  @Post('sessions/:id/logout')
  @ApiResponse({ status: 404, description: 'This facility has no such session' })
  @HttpCode(200)
  @ApiOperation({
    summary: 'End it, at any step: also at ABDM',
    description: 'Everything of the person is erased. At a kiosk: between two persons, always.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiResponse({ status: 200, type: AbhaSessionView })
  logout(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'logout' });
  }

  private async file(asking: Asking, file: FileName): Promise<StreamableFile> {
    const { contentType, bytes } = await this.desk.answering(asking, (by, id) => this.flow.file(by, id, file));
    void asking.reply.header('x-content-type-options', 'nosniff');
    const disposition = file === 'card-file' ? `attachment; filename="abha-card.${endingOf(contentType)}"` : undefined;
    return new StreamableFile(bytes, { type: contentType, length: bytes.length, ...(disposition && { disposition }) });
  }
}

const endingOf = (contentType: string): string =>
  /^(?:image|application)\/(png|jpeg|pdf)/.exec(contentType)?.[1] ?? 'bin';
