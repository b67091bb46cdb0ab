import { createParamDecorator, Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AbhaSessionFlow } from '../../flows/abha/abha-sessions.flow.js';
import type { StepInput } from '../../flows/abha/step-input.js';
import { StepRefused } from '../../flows/abha/step-refused.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { isUuid } from '../../support/ids.js';
import { callerOf, type Caller } from '../api-key.guard.js';
import { Problem } from '../problem.js';
import { AbhaProblem } from './abha-problem.js';
import type { AbhaSessionView } from './abha-sessions.dto.js';
import { sessionView } from './session-view.js';

export const noSession = (): Problem =>
  new Problem(404, 'abha-session-unknown', 'There is no ABHA session with this id at this facility; begin a new one');

/** Where it is taken from: the answer is about a person, and nobody on the way is to keep it. */
export interface Asking {
  readonly caller: Caller;
  readonly id: string;
  readonly reply: FastifyReply;
}

/** In a controller behind `ApiKeyGuard`, on a route with `:id`. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext): Asking => {
  const http = context.switchToHttp();
  const { id } = http.getRequest<FastifyRequest<{ Params: { id: string } }>>().params;
  return { caller: callerOf(context), id, reply: http.getResponse<FastifyReply>() };
});

/** Takes steps for the controllers, and tells what came of them. */
@Injectable()
export class AbhaDesk {
  constructor(
    private readonly flow: AbhaSessionFlow,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async take(asking: Asking, input: StepInput): Promise<AbhaSessionView> {
    return this.answering(asking, async (by, id) => {
      const taken = await this.flow.take(by, id, input);
      return taken && sessionView(taken.session, this.clock.now(), taken.photos);
    });
  }

  read(asking: Asking): Promise<AbhaSessionView> {
    return this.answering(asking, async (by, id) => {
      const session = await this.flow.show(by, id);
      return session && sessionView(session, this.clock.now());
    });
  }

  /** Runs it, and says every refusal in the words of the API, with what the session expects now. */
  async answering<T>(
    { caller, id, reply }: Asking,
    ask: (by: { facilityId: string; keyId: string }, id: string) => Promise<T | undefined>,
  ): Promise<T> {
    void reply.header('cache-control', 'no-store');
    if (!isUuid(id)) throw noSession();
    const by = { facilityId: caller.facility.id, keyId: caller.keyId };
    try {
      const answer = await ask(by, id);
      if (answer === undefined) throw noSession();
      return answer;
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error;
      const session = await this.flow.read(by, id);
      throw problemFor(error, reply, session && sessionView(session, this.clock.now()).next);
    }
  }
}

/** With `Retry-After` where there is a time to wait. */
export function problemFor(refused: StepRefused, reply: FastifyReply, next?: AbhaSessionView['next']): AbhaProblem {
  if (refused.retryInSeconds !== undefined) void reply.header('retry-after', String(refused.retryInSeconds));
  return new AbhaProblem(refused, next);
}
