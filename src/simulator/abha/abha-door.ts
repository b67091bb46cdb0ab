import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../contract/contract.js';
import { UNREADABLE } from '../gateway/body-parser.js';
import { Clients } from '../gateway/clients.js';
import { problems } from '../gateway/contract-door.js';
import { RecentIds } from '../gateway/recent-ids.js';
import { Violations } from '../gateway/violations.js';
import { type AbhaCall, keepAbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { ABHA_BASE, theM1Contract } from './m1-contract.js';

/** Checked where they are used, and refused in other words than a header of the contract. */
const TOKENS = new Set(['x-token', 't-token', 'r-token', 'transaction_id']);

/** Every ABHA call passes here: gateway token, headers, body and the job it asks for. */
@Injectable()
export class AbhaDoor implements CanActivate {
  private readonly seen = new RecentIds();

  constructor(
    private readonly clients: Clients,
    private readonly violations: Violations,
    private readonly refusals: AbhaRefusals,
    private readonly settings: AbhaSettings,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = request.routeOptions.url ?? '';
    if (!route.startsWith(`${ABHA_BASE}/`)) return true;
    const operation = theM1Contract().operationAt(request.method, route);
    if (operation) keepAbhaCall(request, this.checked(operation, request));
    return true;
  }

  private checked(operation: Operation, request: FastifyRequest): AbhaCall {
    const { operationId } = operation;
    const clientId = this.clientOf(operationId, request);
    this.checkHeaders(operation, request);
    const useCase = operation.body ? this.useCaseOf(operation, request) : operationId;
    return {
      operationId,
      useCase,
      requestId: header(request, 'request-id') ?? '',
      clientId,
      body: request.body,
      xToken: header(request, 'x-token'),
      tToken: header(request, 't-token'),
      rToken: header(request, 'r-token'),
      // All three spellings are published.
      benefitName: header(request, 'benefit_name') ?? header(request, 'benefit-name'),
      transactionId: header(request, 'transaction_id') ?? header(request, 'transaction-id'),
    };
  }

  private clientOf(operationId: string, request: FastifyRequest): string {
    const authorization = header(request, 'authorization');
    if (!authorization) {
      this.violations.record('no-authorization', 'No Authorization header', circumstances(operationId, request));
      throw this.refusals.as(operationId, 'gatewayTokenMissing');
    }
    const client = this.clients.ofSession(authorization);
    if (!client) throw this.refusals.as(operationId, 'gatewayTokenInvalid');
    return client.clientId;
  }

  private checkHeaders(operation: Operation, request: FastifyRequest): void {
    const { operationId } = operation;
    const about = circumstances(operationId, request);
    for (const rule of operation.headers.filter((one) => !TOKENS.has(one.name))) {
      const value = header(request, rule.name);
      const isFine = value === undefined ? !rule.required : rule.fits(value) && this.isOfNow(rule.name, value);
      if (isFine) continue;
      this.violations.record('header-not-as-contract', `${rule.name} is missing or malformed`, about);
      throw this.refusals.as(operationId, rule.name === 'timestamp' ? 'badTimestamp' : 'badRequestId');
    }
    const requestId = header(request, 'request-id') ?? '';
    if (this.seen.has(requestId)) this.violations.record('request-id-reused', 'Seen before', about);
    this.seen.add(requestId);
  }

  private isOfNow(name: string, value: string): boolean {
    const allowed = this.settings.current.clockDriftSeconds * 1000;
    return name !== 'timestamp' || allowed === 0 || Math.abs(Date.parse(value) - Date.now()) <= allowed;
  }

  private useCaseOf(operation: Operation, request: FastifyRequest): string {
    const { operationId } = operation;
    const body = request.body === UNREADABLE ? undefined : request.body;
    const judgement = theM1Contract().judge(operation, body);
    if ('useCase' in judgement) return judgement.useCase;
    const about = circumstances(operationId, request);
    const { field } = judgement;
    const rule = field === 'consent' ? 'abha-consent-missing' : 'body-not-as-contract';
    this.violations.record(rule, `${field}: ${problems(judgement.errors)}`, about);
    if (operationId === 'faceAuthInit' && body === undefined) throw this.refusals.as(operationId, 'noBody');
    const isEmpty = typeof body !== 'object' || body === null || Object.keys(body).length === 0;
    if (isEmpty && operationId === 'loginVerify') throw this.refusals.as(operationId, 'emptyBody');
    if (operationId === 'updateProfile') throw this.refusals.as(operationId, 'nothing');
    throw this.refusals.field(operationId, field);
  }
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim();
  return text === '' ? undefined : text;
}

function circumstances(operationId: string, request: FastifyRequest) {
  return { operationId, path: request.routeOptions.url, requestId: header(request, 'request-id') };
}
