import { type ArgumentsHost, Catch, NotFoundException } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_GATEWAY, ConnectionCut, Refusal } from '../contract/refusal.js';
import { Violations } from './violations.js';

/** Puts refusals on the wire as ABDM does; the control API keeps Nest's own error bodies. */
@Catch()
export class AnswerFilter extends BaseExceptionFilter {
  constructor(
    host: HttpAdapterHost,
    private readonly violations: Violations,
  ) {
    super(host.httpAdapter);
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof ConnectionCut) {
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    if (error instanceof Refusal) return refuse(reply, error);
    if (error instanceof NotFoundException && !request.url.startsWith('/simulator')) {
      const path = request.url.split('?')[0];
      this.violations.record('unknown-path', `${request.method} ${path ?? ''}`, { path });
      return refuse(reply, API_GATEWAY.noSuchPath());
    }
    super.catch(error, host);
  }
}

function refuse(reply: FastifyReply, refusal: Refusal): void {
  const { status, body, headers } = refusal;
  void reply.headers(headers);
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  void (body === undefined ? reply.status(status).send() : reply.status(status).type(type).send(body));
}
