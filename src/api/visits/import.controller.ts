import { Controller, HttpCode, Inject, Post, Req, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { VisitIntake, VisitRefused } from '../../flows/visits/visit-intake.flow.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { Problem, problemBody } from '../problem.js';
import { linesOf, type Line } from './ndjson.js';
import { received, refusalProblem } from './visits.controller.js';

@ApiTags('visits')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/visits')
export class ImportController {
  constructor(
    private readonly intake: VisitIntake,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send many visits, one JSON object a line',
    description:
      'Streamed both ways: for every line that is not blank one result line comes back at once, with its number. A bad line never stops the rest; a connection that breaks loses nothing of what was answered, and sending the same file again changes nothing.',
  })
  @ApiConsumes('application/x-ndjson')
  @ApiProduces('application/x-ndjson')
  @ApiBody({ schema: { type: 'string' }, description: 'A visit a line, at most 24 MB each' })
  @ApiResponse({ status: 200, description: '{"line":1,"ok":true,"visit":{…}} or {"line":2,"ok":false,"problem":{…}}' })
  import(@CalledBy() caller: Caller, @Req() request: FastifyRequest): StreamableFile {
    const { body } = request;
    if (!(body instanceof Readable)) {
      throw new Problem(415, 'media-type', 'Send the lines with Content-Type: application/x-ndjson');
    }
    return new StreamableFile(Readable.from(this.results(caller, body)), {
      type: 'application/x-ndjson; charset=utf-8',
    });
  }

  private async *results(caller: Caller, body: Readable): AsyncGenerator<string> {
    for await (const line of linesOf(body)) {
      if (line.kind === 'text' && line.text.trim() === '') continue;
      yield `${JSON.stringify({ line: line.number, ...(await this.take(caller, line)) })}\n`;
    }
  }

  private async take(caller: Caller, line: Line): Promise<object> {
    if (line.kind === 'too-long') return no(problemBody(413, 'too-large', 'This line is larger than 24 MB'));
    let row: unknown;
    try {
      row = JSON.parse(line.text);
    } catch {
      return no(problemBody(400, 'not-json', 'This line is not JSON; mend it and send it again'));
    }
    try {
      return { ok: true, visit: received(await this.intake.receive(caller.facility, row)) };
    } catch (error) {
      if (error instanceof VisitRefused) return no(refusalProblem(error).getResponse());
      this.log.error({ error, line: line.number }, 'a line of an import ended in a fault');
      return no(problemBody(500, 'fault', 'Something went wrong here; send this line again later'));
    }
  }
}

const no = (problem: object | string): object => ({ ok: false, problem });
