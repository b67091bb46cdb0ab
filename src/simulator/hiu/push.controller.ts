import { All, Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Transfers } from '../consent-manager/transfers.js';
import { ConnectionCut } from '../contract/refusal.js';
import { Violations } from '../gateway/violations.js';
import { PushAnswers } from './push-answers.js';
import { HiuPushes, type Push } from './pushes.js';

/** The simulated HIU's `dataPushUrl`. */
@Controller('hiu')
export class PushController {
  constructor(
    private readonly transfers: Transfers,
    private readonly answers: PushAnswers,
    private readonly pushes: HiuPushes,
    private readonly violations: Violations,
  ) {}

  @Post('push/:secret')
  @HttpCode(202)
  async push(@Param('secret') secret: string, @Body() body: Push, @Req() request: FastifyRequest): Promise<void> {
    const cameAt = Date.now();
    const transfer = this.transfers.ofPushUrl(secret);
    // Until the answer is about to go out: the HIP may give up waiting, or be refused.
    transfer?.unanswered.set(pageOf(body), contextsOf(body));
    const told = await this.answers.before(transfer, pageOf(body), request.raw.socket);
    this.pushes.receive(transfer, body, request.headers.authorization, cameAt);
    if (told?.loseAnswer) throw new ConnectionCut();
    if (!request.raw.socket.destroyed) transfer?.unanswered.delete(pageOf(body));
  }

  /** Where a redirecting HIU points: nobody should come. */
  @All('elsewhere')
  @HttpCode(202)
  elsewhere(@Req() request: FastifyRequest): void {
    this.violations.record('push-redirect-followed', request.method, { path: '/hiu/elsewhere' });
  }
}

/** The form is checked later. */
const pageOf = (body: unknown): number => Number((body as Partial<Push> | undefined | null)?.pageNumber);

function contextsOf(body: unknown): ReadonlySet<string> {
  const entries: unknown = (body as Partial<Push> | undefined | null)?.entries;
  const list = Array.isArray(entries) ? (entries as (Partial<Push['entries'][number]> | null)[]) : [];
  return new Set(list.flatMap((entry) => entry?.careContextReference ?? []));
}
