import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Fault } from './faults.js';

/** A call to ABDM that has passed the contract. */
export interface AbdmCall<Body = unknown> {
  readonly operationId: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly hipId: string | undefined;
  readonly linkToken: string | undefined;
  readonly body: Body;
  readonly fault: Fault | undefined;
}

const calls = new WeakMap<FastifyRequest, AbdmCall>();
const faults = new WeakMap<FastifyRequest, Fault>();

export const keepCall = (request: FastifyRequest, call: AbdmCall): void => void calls.set(request, call);
export const keepFault = (request: FastifyRequest, fault: Fault): void => void faults.set(request, fault);
export const faultOf = (request: FastifyRequest): Fault | undefined => faults.get(request);

/** In a controller: `@TheCall() call: AbdmCall<TheBody>`. The body's type is what the contract has just checked. */
export const TheCall = createParamDecorator((_: unknown, context: ExecutionContext): AbdmCall => {
  const call = calls.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!call) throw new Error('This route is not in the contract, so no call was checked.');
  return call;
});
