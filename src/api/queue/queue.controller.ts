import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Counters, type Counter } from '../../flows/scan-and-share/counters.js';
import { QueueDesk, type NotDone } from '../../flows/scan-and-share/queue-desk.flow.js';
import { QueueList, type QueuedToken } from '../../flows/scan-and-share/queue-list.js';
import { QueueStatus } from '../../flows/scan-and-share/queue-status.js';
import { SKIPPED_BEHIND } from '../../flows/scan-and-share/token-steps.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { IdPipe } from '../id-pipe.js';
import { noCounter } from '../counters/no-counter.js';
import { Problem } from '../problem.js';
import {
  AtCounter,
  CalledNext,
  CounterFilter,
  QueueFilterDto,
  QueueStatusView,
  QueueTokenView,
  QueueView,
} from './queue.dto.js';
import { tokenView } from './token-view.js';

const noToken = () => new Problem(404, 'token-unknown', 'There is no token with this id at this facility');
const TOKEN_ID = new IdPipe(noToken);

/** The queue of a counter, for desks and boards. Live: GET /queue/stream. */
@ApiTags('queue')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/queue')
export class QueueController {
  constructor(
    private readonly counters: Counters,
    private readonly db: DataSource,
    private readonly desk: QueueDesk,
    private readonly queue: QueueList,
    private readonly status: QueueStatus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Today’s tokens, in the order in which they are called' })
  @ApiResponse({ status: 200, type: QueueView })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  async list(@CalledBy() { facility }: Caller, @Query() { counter, state }: QueueFilterDto): Promise<QueueView> {
    const counterId = counter === undefined ? undefined : (await this.find(facility.id, counter)).id;
    return { tokens: (await this.queue.list(facility.id, { counterId, state })).map(tokenView) };
  }

  @Get('status')
  @ApiOperation({
    summary: 'Which number each counter serves now, how long it takes, how many wait',
    description:
      '`runningToken` and `averageServiceMinutes` are what a patient’s app is told; `runningLabel` is for the board.',
  })
  @ApiResponse({ status: 200, type: QueueStatusView })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  async statuses(@CalledBy() { facility }: Caller, @Query() { counter }: CounterFilter): Promise<QueueStatusView> {
    const wanted =
      counter === undefined ? await this.counters.list(facility.id) : [await this.find(facility.id, counter)];
    const counters: QueueStatusView['counters'] = [];
    for (const { id, code, name, isOpen } of wanted) {
      const { waiting, called, done, left, ...status } = await this.status.of(this.db, id);
      counters.push({
        ...{ counter: code, name, isOpen, waiting, called, done, left },
        runningToken: status.runningToken ?? null,
        runningLabel: status.runningLabel ?? null,
        averageServiceMinutes: status.averageServiceMinutes ?? null,
      });
    }
    return { counters };
  }

  @Post('call-next')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Call the next patient of a counter',
    description:
      'Two desks that press at once get two tokens. Whoever is called already stays called: say done or left.',
  })
  @ApiResponse({ status: 200, type: CalledNext })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  async callNext(@CalledBy() { facility }: Caller, @Body() { counter }: AtCounter): Promise<CalledNext> {
    const called = await this.desk.callNext(facility.id, await this.find(facility.id, counter));
    return { token: called === undefined ? null : tokenView(called) };
  }

  @Post(':tokenId/call-again')
  @HttpCode(200)
  @ApiOperation({ summary: 'Call her again; also who had left and came back' })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiResponse({ status: 200, type: QueueTokenView })
  @ApiResponse({ status: 404, description: 'This facility has no such token' })
  @ApiResponse({ status: 409, description: 'She was not called yet, or is done' })
  async callAgain(@CalledBy() { facility }: Caller, @Param('tokenId', TOKEN_ID) id: string): Promise<QueueTokenView> {
    return shown(await this.desk.callAgain(facility.id, id));
  }

  @Post(':tokenId/skip')
  @HttpCode(200)
  @ApiOperation({
    summary: 'She was called and did not come: she waits again',
    description: `Behind the next ${SKIPPED_BEHIND} who wait, and not at the end: who was away for a minute must not lose a morning.`,
  })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiResponse({ status: 200, type: QueueTokenView })
  @ApiResponse({ status: 404, description: 'This facility has no such token' })
  @ApiResponse({ status: 409, description: 'She is done, or has left' })
  async skip(@CalledBy() { facility }: Caller, @Param('tokenId', TOKEN_ID) id: string): Promise<QueueTokenView> {
    return shown(await this.desk.skip(facility.id, id));
  }

  @Post(':tokenId/done')
  @HttpCode(200)
  @ApiOperation({ summary: 'She was served' })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiResponse({ status: 200, type: QueueTokenView })
  @ApiResponse({ status: 404, description: 'This facility has no such token' })
  @ApiResponse({ status: 409, description: 'She was not called yet, or has left' })
  async done(@CalledBy() { facility }: Caller, @Param('tokenId', TOKEN_ID) id: string): Promise<QueueTokenView> {
    return shown(await this.desk.done(facility.id, id));
  }

  @Post(':tokenId/left')
  @HttpCode(200)
  @ApiOperation({ summary: 'She went away; call-again when she comes back' })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiResponse({ status: 200, type: QueueTokenView })
  @ApiResponse({ status: 404, description: 'This facility has no such token' })
  @ApiResponse({ status: 409, description: 'She was served' })
  async left(@CalledBy() { facility }: Caller, @Param('tokenId', TOKEN_ID) id: string): Promise<QueueTokenView> {
    return shown(await this.desk.left(facility.id, id));
  }

  @Post(':tokenId/transfer')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send her to another counter: she waits there, with the number she has',
    description:
      'By the time she has waited, before those who came later. Call her by her `label`: it tells her number from those of that counter.',
  })
  @ApiParam({ name: 'tokenId', format: 'uuid' })
  @ApiResponse({ status: 200, type: QueueTokenView })
  @ApiResponse({ status: 404, description: 'This facility has no such token, or no such counter' })
  @ApiResponse({ status: 409, description: 'She is done or has left, or that counter is closed' })
  async transfer(
    @CalledBy() { facility }: Caller,
    @Param('tokenId', TOKEN_ID) id: string,
    @Body() { counter }: AtCounter,
  ): Promise<QueueTokenView> {
    const to = await this.find(facility.id, counter);
    if (!to.isOpen) {
      throw new Problem(409, 'counter-closed', 'That counter is closed; open it with PATCH /api/v1/counters/{code}');
    }
    return shown(await this.desk.transfer(facility.id, id, to));
  }

  private async find(facilityId: string, code: string): Promise<Counter> {
    const counter = await this.counters.find(facilityId, code);
    if (counter === undefined) throw noCounter();
    return counter;
  }
}

/** @throws Problem when it could not be done */
function shown(outcome: QueuedToken | NotDone): QueueTokenView {
  if (typeof outcome !== 'string') return tokenView(outcome);
  if (outcome === 'unknown') throw noToken();
  throw new Problem(409, 'token-state', WHAT_NOW[outcome]);
}

const WHAT_NOW: Readonly<Record<Exclude<NotDone, 'unknown'>, string>> = {
  waiting: 'She waits, and was not called; call her with POST /api/v1/queue/call-next when it is her turn',
  called: 'She is called already',
  done: 'She was served; if she is to be seen again, let her scan the counter’s code again: she waits again, at the end',
  left: 'She has left; if she came back, call her with POST /api/v1/queue/{tokenId}/call-again; or let her scan the code again, and she waits at the end',
  'other-day': 'This token is of another day; let her scan a counter’s code again',
};
