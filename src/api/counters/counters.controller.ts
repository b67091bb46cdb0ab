import { createHash } from 'node:crypto';
import { Body, Controller, Get, Headers, Inject, Param, Patch, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Counters, type Counter } from '../../flows/scan-and-share/counters.js';
import { isNameOfFacility } from '../../persistence/counter-codes.js';
import type { Facility } from '../../persistence/entities/facility.entity.js';
import { CONFIG, type Config } from '../../support/config.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { Problem } from '../problem.js';
import { counterTitle as titleEnglish } from '../texts/counters.en.js';
import { counterTitle as titleHindi } from '../texts/counters.hi.js';
import { counterPng, counterSvg, counterUrl } from './counter-qr.js';
import { noCounter } from './no-counter.js';
import { CounterChange, CounterList, CounterView, NewCounter, QrWish } from './counters.dto.js';

const DAY_SECONDS = 86_400;

@ApiTags('counters')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/counters')
export class CountersController {
  constructor(
    private readonly counters: Counters,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The counters of this facility, open and closed' })
  @ApiResponse({ status: 200, type: CounterList })
  async list(@CalledBy() { facility }: Caller): Promise<CounterList> {
    return { counters: (await this.counters.list(facility.id)).map((counter) => this.view(facility, counter)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Make a counter',
    description:
      'Its code is printed in its QR code, so it never changes and a counter is not removed: close it with PATCH instead.',
  })
  @ApiResponse({ status: 201, type: CounterView })
  @ApiResponse({ status: 409, description: 'The facility has a counter with this code' })
  async make(@CalledBy() { facility }: Caller, @Body() wish: NewCounter): Promise<CounterView> {
    if (isNameOfFacility(wish.code, facility)) throw codeOfFacility();
    const { code, name, department = null, isOpen } = wish;
    const made = await this.counters.make(facility.id, { code, name, department, isOpen });
    if (made === undefined) {
      throw new Problem(
        409,
        'counter-exists',
        'This facility has a counter with this code; choose another code, or change the counter with PATCH',
      );
    }
    return this.view(facility, made);
  }

  @Get(':code')
  @ApiOperation({ summary: 'One counter' })
  @ApiParam({ name: 'code', example: 'OPD1' })
  @ApiResponse({ status: 200, type: CounterView })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  async one(@CalledBy() { facility }: Caller, @Param('code') code: string): Promise<CounterView> {
    return this.view(facility, await this.find(facility.id, code));
  }

  @Patch(':code')
  @ApiOperation({ summary: 'Rename, open or close a counter, or give it to a department' })
  @ApiParam({ name: 'code', example: 'OPD1' })
  @ApiResponse({ status: 200, type: CounterView })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  async change(
    @CalledBy() { facility }: Caller,
    @Param('code') code: string,
    @Body() changes: CounterChange,
  ): Promise<CounterView> {
    const changed = await this.counters.change(facility.id, code, changes);
    if (changed === undefined) throw noCounter();
    return this.view(facility, changed);
  }

  @Get(':code/qr')
  @ApiOperation({
    summary: 'The counter’s QR code, to hang on the wall',
    description: 'SVG (names itself to screen readers, in English and Hindi) or PNG. May be kept for a day.',
  })
  @ApiParam({ name: 'code', example: 'OPD1' })
  @ApiProduces('image/svg+xml', 'image/png')
  @ApiResponse({ status: 200, description: 'The picture' })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  @ApiResponse({ status: 304, description: 'It is as it was (If-None-Match)' })
  async qr(
    @CalledBy() { facility }: Caller,
    @Param('code') code: string,
    @Query() { format, size }: QrWish,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const counter = await this.find(facility.id, code);
    const url = this.urlOf(facility, counter);
    const titles = { en: titleEnglish(counter.name, facility.name), hi: titleHindi(counter.name, facility.name) };
    const picture = format === 'png' ? await counterPng(url, size) : await counterSvg(url, size, titles);
    const etag = `"${createHash('sha256').update(picture).digest('base64url')}"`;
    // Of the key's facility only: the same path is another counter under another key.
    reply.header('cache-control', `private, max-age=${DAY_SECONDS}`).header('vary', 'X-API-Key').header('etag', etag);
    if (known?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag))
      return void reply.status(304).send();
    reply.header('content-type', format === 'png' ? 'image/png' : 'image/svg+xml; charset=utf-8');
    // Opened by itself, an SVG is a page: it may do nothing.
    reply.header('content-security-policy', "default-src 'none'").header('x-content-type-options', 'nosniff');
    void reply.send(picture);
  }

  private async find(facilityId: string, code: string): Promise<Counter> {
    const counter = await this.counters.find(facilityId, code);
    if (counter === undefined) throw noCounter();
    return counter;
  }

  private urlOf({ serviceId }: Facility, { code }: Counter): string {
    return counterUrl(this.config.SHARE_PROFILE_URL, serviceId, code);
  }

  private view(facility: Facility, counter: Counter): CounterView {
    const { code, name, department, isOpen } = counter;
    return { code, name, department, isOpen, scanUrl: this.urlOf(facility, counter) };
  }
}

const codeOfFacility = (): Problem =>
  new Problem(400, 'fields-wrong', 'Mend the fields named in errors', [
    {
      field: 'code',
      code: 'name-of-facility',
      detail: 'must not be the id or the name of the facility: ABDM refuses it',
    },
  ]);
