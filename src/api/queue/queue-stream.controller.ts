import type { ServerResponse } from 'node:http';
import { Controller, Get, Query, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Counters } from '../../flows/scan-and-share/counters.js';
import { QueueFeed, type QueueEvent } from '../../flows/scan-and-share/queue-feed.js';
import { ApiKeyGuard, CalledBy, type Caller } from '../api-key.guard.js';
import { noCounter } from '../counters/no-counter.js';
import { endSoon, OpenStreams, writeTo } from './open-streams.js';
import { CounterFilter } from './queue.dto.js';
import { tokenView } from './token-view.js';

/** Proxies and phones give up on a connection that is silent for longer. */
const BEAT_MS = 15_000;
/** A revoked key must not watch for ever; whoever watches connects again by itself. */
const LONGEST_MS = 3_600_000;
const COME_AGAIN_MS = 2_000;

@ApiTags('queue')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/queue')
export class QueueStreamController {
  constructor(
    private readonly counters: Counters,
    private readonly feed: QueueFeed,
    private readonly streams: OpenStreams,
  ) {}

  @Get('stream')
  @ApiOperation({
    summary: 'The queue, live (server-sent events)',
    description:
      'First an event `state` with `{tokens}` as GET /queue has them; then an event `token` for each that changes, as it is ' +
      'now (replace the one with its id; when its `counter` is another, it has gone there). `state` comes again after a ' +
      'break: replace all. A comment every 15 seconds keeps the connection open; it ends after an hour at the latest, ' +
      'connect again then. At most 50 streams of a key at a time. A browser’s EventSource cannot send X-API-Key: read the stream with fetch, or through your server.',
  })
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, description: 'Events, until you or the adapter end it' })
  @ApiResponse({ status: 404, description: 'This facility has no such counter' })
  @ApiResponse({ status: 429, description: 'This key watches too many streams already' })
  async stream(
    @CalledBy() { facility, keyId }: Caller,
    @Query() { counter }: CounterFilter,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = counter === undefined ? undefined : await this.counters.find(facility.id, counter);
    if (counter !== undefined && found === undefined) throw noCounter();
    const response = reply.raw;
    const isThere = this.streams.open(keyId, response);
    reply.hijack();
    if (isThere) this.send(response, facility.id, found?.id);
  }

  /** Awaits nothing: who goes away from here on is heard to go. */
  private send(response: ServerResponse, facilityId: string, counterId: string | undefined): void {
    let stopWatching = (): void => undefined;
    const end = (): void => {
      stop();
      endSoon(response);
    };
    const beat = setInterval(() => writeTo(response, ': still here\n\n'), BEAT_MS);
    const longest = setTimeout(end, LONGEST_MS);
    const stop = (): void => {
      stopWatching();
      clearInterval(beat);
      clearTimeout(longest);
    };
    response.once('close', stop);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // nginx collects answers before it passes them on, unless it is told.
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${COME_AGAIN_MS}\n\n`);
    stopWatching = this.feed.watch({ facilityId, counterId, send: (event) => writeTo(response, written(event)), end });
  }
}

function written(event: QueueEvent): string {
  const data = event.kind === 'state' ? { tokens: event.tokens.map(tokenView) } : tokenView(event.token);
  return `event: ${event.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
