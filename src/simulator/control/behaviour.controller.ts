import { randomUUID } from 'node:crypto';
import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CallbackTokens, type TokenKind } from '../gateway/callback-tokens.js';
import { Clients, withoutSlash } from '../gateway/clients.js';
import { type Fault, Faults } from '../gateway/faults.js';
import { type Message, MessageLog } from '../gateway/message-log.js';
import { post } from '../gateway/post.js';
import { type Violation, Violations } from '../gateway/violations.js';
import { type PushAnswer, Settings, type SettingValues } from '../settings.js';
import { checked } from './checked-body.js';
import { CALLBACK, FAULT, SETTINGS } from './schemas.js';

interface CallbackBody {
  readonly clientId?: string;
  readonly url?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly hipId?: string;
  readonly requestId?: string;
  readonly timestamp?: string;
  readonly token?: TokenKind;
  readonly times?: number;
}

/** `null` puts back what was never set. */
type SettingsBody = Partial<Omit<SettingValues, 'pushAnswer' | 'smsError'>> & {
  readonly pushAnswer?: PushAnswer | null;
  readonly smsError?: SettingValues['smsError'] | null;
};

/**
 * What the simulator has seen, and how it behaves.
 *
 * | call | body → answer |
 * |---|---|
 * | GET, DELETE /simulator/violations | → [{rule, meaning, detail, at, operationId?, requestId?, hipId?}] |
 * | GET, DELETE /simulator/messages?path= | → [{direction, method, path, status, at, milliseconds, requestId, hipId, body?}]; status 0: no answer |
 * | POST, DELETE /simulator/faults | {operationId or path, times?, status?, body?, delayMs?, dropConnection?, loseAnswer?, silent?, duplicateCallback?} |
 * | GET, POST /simulator/settings | any of SimulatorOptions that can change; smsError `ABDM-1004`, `ABDM-1008` or null; smsFlat; shareAnswerMs, tokenScope `counter` or `facility`, clockAheadMs (where a test moved the adapter's clock); pushAnswer {status?, delayMs?, times?, page?, dropConnection?, loseAnswer?, hang?, redirectTo?} or null |
 * | POST /simulator/callbacks | {clientId or url, path, body?, hipId?, requestId?, timestamp?, token?, times?} → {statuses}; an empty string leaves the header out |
 */
@Controller('simulator')
export class BehaviourController {
  constructor(
    private readonly settings: Settings,
    private readonly clients: Clients,
    private readonly tokens: CallbackTokens,
    private readonly faults: Faults,
    private readonly log: MessageLog,
    private readonly judge: Violations,
  ) {}

  @Get('violations')
  violations(): readonly Violation[] {
    return this.judge.all();
  }

  @Delete('violations')
  @HttpCode(204)
  forgetViolations(): void {
    this.judge.forget();
  }

  @Get('messages')
  messages(@Query('path') path?: string): readonly Message[] {
    return this.log.list(path);
  }

  @Delete('messages')
  @HttpCode(204)
  forgetMessages(): void {
    this.log.forget();
  }

  @Post('faults')
  arm(@Body(checked(FAULT)) fault: Fault): Fault {
    if (fault.operationId === undefined && fault.path === undefined) {
      throw new BadRequestException('Say which call: operationId or path.');
    }
    this.faults.arm(fault);
    return fault;
  }

  @Delete('faults')
  @HttpCode(204)
  disarm(): void {
    this.faults.disarm();
  }

  @Get('settings')
  current(): Readonly<SettingValues> {
    return this.settings.current;
  }

  @Post('settings')
  @HttpCode(200)
  change(@Body(checked(SETTINGS)) body: SettingsBody): Readonly<SettingValues> {
    const { pushAnswer, smsError, ...rest } = body;
    this.settings.change({
      ...rest,
      ...('pushAnswer' in body ? { pushAnswer: pushAnswer ?? undefined } : {}),
      ...('smsError' in body ? { smsError: smsError ?? undefined } : {}),
    });
    return this.settings.current;
  }

  @Post('callbacks')
  @HttpCode(200)
  async callbacks(@Body(checked(CALLBACK)) wish: CallbackBody): Promise<{ statuses: number[] }> {
    const base = wish.url ?? this.clients.client(wish.clientId)?.bridgeUrl;
    if (!base) throw new BadRequestException('Give url, or the clientId of a client with a bridge URL.');
    const token = this.tokens.ofKind(wish.token ?? 'valid', wish.clientId);
    const all = {
      authorization: token === undefined ? '' : `Bearer ${token}`,
      'request-id': wish.requestId ?? randomUUID(),
      timestamp: wish.timestamp ?? new Date().toISOString(),
      'x-hip-id': wish.hipId ?? '',
    };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const text = typeof wish.body === 'string' ? wish.body : JSON.stringify(wish.body ?? {});
    const statuses: number[] = [];
    for (let i = 0; i < (wish.times ?? 1); i += 1) {
      statuses.push(
        await post(`${withoutSlash(base)}${wish.path}`, headers, text, this.settings.current.callbackTimeoutMs),
      );
    }
    return { statuses };
  }
}
