import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** A call to the ABHA service that has passed its contract. */
export interface AbhaCall<Body = unknown> {
  readonly operationId: string;
  /** Which job of the operation, by the name of its schema in m1.yaml, e.g. `EnrolOtpAadhaar`. */
  readonly useCase: string;
  readonly requestId: string;
  readonly clientId: string;
  readonly body: Body;
  readonly xToken: string | undefined;
  readonly tToken: string | undefined;
  readonly rToken: string | undefined;
  readonly benefitName: string | undefined;
  readonly transactionId: string | undefined;
}

const calls = new WeakMap<FastifyRequest, AbhaCall>();

export const keepAbhaCall = (request: FastifyRequest, call: AbhaCall): void => void calls.set(request, call);

/** In a controller: `@TheAbhaCall() call: AbhaCall<TheBody>`. The body's type is what the contract has just checked. */
export const TheAbhaCall = createParamDecorator((_: unknown, context: ExecutionContext): AbhaCall => {
  const call = calls.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!call) throw new Error('This route is not in m1.yaml, so no call was checked.');
  return call;
});

/** Bodies that bring an OTP. */
export interface OtpAnswer {
  readonly authData: { readonly otp: { readonly txnId: string; readonly otpValue: string } };
}

/** Bodies that ask for one. */
export interface OtpRequest {
  readonly txnId?: string;
  readonly loginId: string;
  readonly otpSystem: 'aadhaar' | 'abdm';
}
