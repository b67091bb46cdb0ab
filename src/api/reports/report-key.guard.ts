import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys, type KeyHolder } from '../../persistence/api-keys.js';
import { keyHolder } from '../api-key.guard.js';

type WithReader = FastifyRequest & { reportReader?: KeyHolder };

/** Lets in who shows a facility's or a district's API key in `X-API-Key`. */
@Injectable()
export class ReportKeyGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithReader>();
    request.reportReader = await keyHolder(request, this.keys);
    return true;
  }
}

/** Whose key it is, in a controller behind `ReportKeyGuard`. */
export const ReadBy = createParamDecorator((_: unknown, context: ExecutionContext): KeyHolder => {
  const { reportReader } = context.switchToHttp().getRequest<WithReader>();
  if (reportReader === undefined) throw new Error('ReadBy needs ReportKeyGuard');
  return reportReader;
});
