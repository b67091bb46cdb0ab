import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ABHA_BASE, theM1Contract } from '../abha/m1-contract.js';
import type { Contract } from '../contract/contract.js';
import { faultOf, keepFault } from './abdm-call.js';
import type { Fault, Faults } from './faults.js';
import { LARGEST_BODY_KEPT, type Message, type MessageLog } from './message-log.js';

/** Around every call but the control API: the log, and the armed faults. */
export function watch(fastify: FastifyInstance, contract: Contract, faults: Faults, log: MessageLog): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (isControl(request)) return undefined;
    const route = request.routeOptions.url ?? '';
    const isOfAbha = route.startsWith(ABHA_BASE);
    const operation = (isOfAbha ? theM1Contract() : contract).operationAt(request.method, route);
    const fault = faults.take(operation?.operationId, pathOf(request));
    if (!fault) return undefined;
    keepFault(request, fault);
    return misbehave(fault, request, reply, log);
  });
  fastify.addHook('onSend', async (request, reply) => {
    if (!faultOf(request)?.loseAnswer) return;
    log.add(message(request, 0, reply.elapsedTime, `answer ${reply.statusCode} lost on purpose`));
    reply.raw.destroy();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (!isControl(request)) log.add(message(request, reply.statusCode, reply.elapsedTime));
    done();
  });
}

async function misbehave(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  log: MessageLog,
): Promise<FastifyReply | undefined> {
  if (fault.delayMs) await wait(fault.delayMs);
  if (fault.dropConnection) {
    log.add(message(request, 0, reply.elapsedTime, 'connection cut on purpose'));
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (fault.status === undefined) return undefined;
  return reply.status(fault.status).send(fault.body);
}

function message(request: FastifyRequest, status: number, milliseconds: number, note?: string): Message {
  const size = Number(request.headers['content-length'] ?? 0);
  return {
    direction: 'in',
    method: request.method,
    path: pathOf(request),
    status,
    at: new Date(Date.now() - milliseconds).toISOString(),
    milliseconds: Math.round(milliseconds),
    requestId: single(request.headers['request-id']),
    hipId: single(request.headers['x-hip-id']),
    note,
    body: size <= LARGEST_BODY_KEPT && typeof request.body !== 'symbol' ? request.body : undefined,
  };
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';
const isControl = (request: FastifyRequest): boolean => request.url.startsWith('/simulator');
const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
