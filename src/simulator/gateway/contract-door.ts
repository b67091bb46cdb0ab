import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { ErrorObject } from 'ajv';
import type { FastifyRequest } from 'fastify';
import { Contract, type HeaderRule, type Operation } from '../contract/contract.js';
import { badRequest, refuseBody } from '../contract/body-refusals.js';
import { accessDenied, API_GATEWAY, flatRefusal } from '../contract/refusal.js';
import { Settings } from '../settings.js';
import { type AbdmCall, faultOf, keepCall } from './abdm-call.js';
import { UNREADABLE } from './body-parser.js';
import { Clients } from './clients.js';
import { RecentIds } from './recent-ids.js';
import { Violations } from './violations.js';

/** Every ABDM call passes here: session token, headers, body, in the order the real gateway looks at them. */
@Injectable()
export class ContractDoor implements CanActivate {
  private readonly seen = new RecentIds();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly clients: Clients,
    private readonly violations: Violations,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const operation = this.contract.operationAt(request.method, request.routeOptions.url ?? '');
    if (operation) keepCall(request, this.checked(operation, request));
    return true;
  }

  private checked(operation: Operation, request: FastifyRequest): AbdmCall {
    const clientId = operation.needsSession ? this.clientOf(operation, request) : '';
    for (const rule of operation.headers) this.checkHeader(rule, operation, request);
    const requestId = header(request, 'request-id') ?? '';
    const hipId = header(request, 'x-hip-id');
    if (this.seen.has(requestId)) {
      this.violations.record('request-id-reused', 'Seen before', circumstances(operation, request));
      throw flatRefusal(400, 'ABDM-1064', 'request with this request id already exists');
    }
    this.seen.add(requestId);
    this.checkBody(operation, request);
    return {
      operationId: operation.operationId,
      requestId,
      clientId,
      hipId,
      linkToken: header(request, 'x-link-token'),
      body: request.body,
      fault: faultOf(request),
    };
  }

  private clientOf(operation: Operation, request: FastifyRequest): string {
    const authorization = header(request, 'authorization');
    if (!authorization) {
      this.violations.record('no-authorization', 'No Authorization header', circumstances(operation, request));
      throw API_GATEWAY.noToken();
    }
    const client = this.clients.ofSession(authorization);
    if (!client) throw API_GATEWAY.badToken();
    return client.clientId;
  }

  private checkHeader(rule: HeaderRule, operation: Operation, request: FastifyRequest): void {
    const value = header(request, rule.name);
    const about = circumstances(operation, request);
    if (!value && rule.required) {
      this.violations.record('header-not-as-contract', `${rule.name} is missing or blank`, about);
      throw accessDenied();
    }
    if (!value) {
      if (rule.name === 'x-hip-id') this.violations.record('hip-id-missing', 'No X-HIP-ID', about);
      return;
    }
    const isOurs = rule.name !== 'x-cm-id' || value === this.settings.current.cmId;
    if (isOurs && rule.fits(value)) return;
    this.violations.record('header-not-as-contract', `${rule.name} is malformed`, about);
    if (rule.name === 'request-id') throw flatRefusal(400, 'ABDM-1030: ', 'Invalid request ID');
    if (rule.name === 'timestamp') throw flatRefusal(400, 'ABDM-1016: ', 'Invalid Timestamp');
    throw accessDenied();
  }

  private checkBody(operation: Operation, request: FastifyRequest): void {
    const fits = operation.body;
    if (!fits) return;
    const body = request.body;
    if (body !== UNREADABLE && body !== undefined && fits(body)) return;
    const detail = body === undefined ? 'no body' : body === UNREADABLE ? 'not JSON' : problems(fits.errors);
    this.violations.record('body-not-as-contract', detail, circumstances(operation, request));
    throw body === UNREADABLE ? badRequest() : refuseBody(this.contract, operation, body);
  }
}

/** Paths and rules, never values. */
export function problems(errors: readonly ErrorObject[] | null | undefined): string {
  const lines = (errors ?? []).map((one) => {
    const extra: unknown = one.params['additionalProperty'];
    return `${one.instancePath || '/'} ${one.message ?? one.keyword}${typeof extra === 'string' ? ` (${extra})` : ''}`;
  });
  return [...new Set(lines)].slice(0, 10).join('; ');
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  return text === '' ? undefined : text;
}

function circumstances(operation: Operation, request: FastifyRequest) {
  return {
    operationId: operation.operationId,
    path: operation.path,
    requestId: header(request, 'request-id'),
    hipId: header(request, 'x-hip-id'),
  };
}
