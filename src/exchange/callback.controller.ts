import { All, Body, Controller, Headers, HttpCode, HttpException, Inject, Post, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CallbackVerifier } from '../abdm/callback/callback-verifier.js';
import { INCOMING } from '../abdm/messages/index.js';
import type { ReplyToUs } from '../abdm/messages/parts.js';
import { CALLBACKS, isAskedByUs, type AskedByAbdm, type AskedByUs } from '../abdm/protocol.js';
import { Facilities } from '../persistence/facilities.js';
import { CONFIG, type Config } from '../support/config.js';
import { counters } from '../support/counters.js';
import { isUuid } from '../support/ids.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { DoorClock, NotStoredInTime, type AtTheDoor } from './door-clock.js';
import { Inbox, type Question } from './inbox.js';

/** ABDM's messages are 7 deep; without an end, a body of brackets alone would exhaust the stack of whoever reads it. */
const DEEPEST = 40;

type CallbackHeaders = Readonly<Record<string, string | undefined>>;

/** What ABDM reads of a "no": its own error envelope. `fields` are paths, never values. */
function no(status: number, code: string, message: string, fields?: readonly string[]): HttpException {
  return new HttpException({ error: { code, message, ...(fields && { fields }) } }, status);
}

/**
 * The callback door: signature, headers, facility, shape; then stored with its job, and answered 202. Written once for all
 * rows of `PROTOCOL`; the work happens in the worker.
 */
@ApiExcludeController()
@Controller()
export class CallbackController {
  constructor(
    private readonly verifier: CallbackVerifier,
    private readonly inbox: Inbox,
    private readonly clock: DoorClock,
    private readonly facilities: Facilities,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Post([...CALLBACKS.keys()])
  @HttpCode(202)
  async receive(
    @Req() request: FastifyRequest,
    @Headers() headers: CallbackHeaders,
    @Body() body: unknown,
  ): Promise<void> {
    const name = this.nameOf(request);
    if (name === undefined) return this.receiveUnknown(request, headers, body);
    const outcome = await this.take(name, headers, body).catch((error: unknown) => {
      counters.received.inc({ exchange: name, outcome: error instanceof HttpException ? 'refused' : 'fault' });
      throw error instanceof NotStoredInTime ? no(503, 'ABDM-1024', 'Dependent service unavailable') : error;
    });
    counters.received.inc({ exchange: name, outcome });
    this.log.info({ exchange: name, requestId: headers['request-id'], outcome }, 'callback');
  }

  /** ABDM has callbacks that are published nowhere: they are kept, so that somebody can learn from them. */
  @All(['api/v3/*', 'v3/*', ':any/v3/*', 'api/:any/v3/*', 'api/:any/:more/v3/*'])
  @HttpCode(202)
  async receiveUnknown(
    @Req() request: FastifyRequest,
    @Headers() headers: CallbackHeaders,
    @Body() body: unknown,
  ): Promise<void> {
    // A known path with a slash too many, or one that is a setting.
    if (request.method === 'POST' && this.nameOf(request) !== undefined) return this.receive(request, headers, body);
    const requestId = await this.authentic(headers);
    if (isDeeperThan(DEEPEST, body)) throw no(400, 'ABDM-1006', 'Bad Request, invalid request Body');
    const facility = await this.facilities.byServiceId(headers['x-hip-id'] ?? '');
    await this.inbox.store(
      {
        name: 'unknown',
        requestId,
        facilityId: facility?.id,
        question: undefined,
        hiuId: undefined,
        body: { method: request.method, url: request.url, body },
      },
      false,
    );
    counters.received.inc({ exchange: 'unknown', outcome: 'ignored' });
    this.log.warn({ path: pathOf(request), requestId }, 'a callback on a path we do not know was kept');
  }

  /** By the table of conversations; one path of it is not published, so the deployer may have found another. */
  private nameOf(request: FastifyRequest): AskedByUs | AskedByAbdm | undefined {
    const path = pathOf(request);
    return CALLBACKS.get(path) ?? (path === this.config.PATIENT_STATUS_PATH ? 'patient.status' : undefined);
  }

  private async take(
    name: AskedByUs | AskedByAbdm,
    headers: CallbackHeaders,
    body: unknown,
  ): Promise<'accepted' | 'repeated' | 'ignored' | 'answered'> {
    const requestId = await this.authentic(headers);
    const message = await this.wellFormed(name, body);
    const call = { name, requestId, hipId: hipIdIn(name, headers), message };
    return this.clock.within(call, (isOver) => this.keep(call, headers['x-hiu-id'], body, isOver));
  }

  private async keep(
    { name, requestId, hipId, message }: AtTheDoor,
    hiuId: string | undefined,
    body: unknown,
    isOver: () => boolean,
  ): Promise<'accepted' | 'repeated' | 'ignored'> {
    const question = isAskedByUs(name)
      ? await this.inbox.questionUnder(name, (message as ReplyToUs).response.requestId)
      : undefined;
    const facilityId = await this.facilityOf(name, hipId, question);
    const isAnswerToNothing = isAskedByUs(name) && question === undefined;
    const isNew = await this.inbox.store({ name, requestId, facilityId, question, hiuId, body }, !isAnswerToNothing);
    if (isNew && isOver()) await this.inbox.ignore(requestId);
    if (!isNew) return 'repeated';
    if (!isAnswerToNothing) return 'accepted';
    this.log.warn({ exchange: name, requestId }, 'a reply to nothing we asked was kept and ignored');
    return 'ignored';
  }

  private async authentic(headers: CallbackHeaders): Promise<string> {
    let refusal: string | undefined;
    try {
      refusal = await this.verifier.refusal(headers['authorization'], new Date());
    } catch (error) {
      this.log.error({ error }, 'callback tokens cannot be checked: the gateway gives no keys');
      throw no(503, 'ABDM-1024', 'Dependent service unavailable');
    }
    if (refusal !== undefined) {
      this.log.warn({ reason: refusal }, 'a callback without a valid token was refused');
      throw no(401, '900901', 'Invalid Credentials');
    }
    const requestId = headers['request-id'];
    if (!isUuid(requestId)) throw no(400, 'ABDM-1030', 'Invalid request ID');
    return requestId;
  }

  private async wellFormed(name: AskedByUs | AskedByAbdm, body: unknown): Promise<object> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw no(400, 'ABDM-1064', 'Request body was missing');
    }
    if (isDeeperThan(DEEPEST, body)) throw no(400, 'ABDM-1006', 'Bad Request, invalid request Body');
    const message = plainToInstance(INCOMING[name] as new () => object, body);
    const errors = await validate(message, {
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    if (errors.length > 0) throw no(400, 'ABDM-1006', 'Bad Request, invalid request Body', pathsIn(errors));
    return message;
  }

  /** What ABDM starts must name a facility of ours; a reply must come for the facility that asked. */
  private async facilityOf(
    name: AskedByUs | AskedByAbdm,
    hipId: string | undefined,
    question: Question | undefined,
  ): Promise<string | undefined> {
    const facility = hipId === undefined ? undefined : await this.facilities.byServiceId(hipId);
    const isRight = isAskedByUs(name)
      ? hipId === undefined ||
        (facility !== undefined && (question === undefined || question.facilityId === facility.id))
      : facility !== undefined;
    if (!isRight) throw no(400, 'ABDM-1035', 'Invalid HIP ID');
    return facility?.id ?? question?.facilityId;
  }
}

/** The M2 document has confirm come with the HIP's id under `X-HIU-ID`. */
function hipIdIn(name: AskedByUs | AskedByAbdm, headers: CallbackHeaders): string | undefined {
  return headers['x-hip-id'] ?? (name === 'care-context.link-confirm' ? headers['x-hiu-id'] : undefined);
}

const pathOf = (request: FastifyRequest): string => (request.url.split('?')[0] ?? '').replace(/\/+$/, '');

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

function pathsIn(errors: readonly ValidationError[], above = ''): string[] {
  return errors.flatMap((error) => {
    const path = above === '' ? error.property : `${above}.${error.property}`;
    return error.children?.length ? pathsIn(error.children, path) : [path];
  });
}
