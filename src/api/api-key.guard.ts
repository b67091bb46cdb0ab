import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys } from '../persistence/api-keys.js';
import { Facilities } from '../persistence/facilities.js';
import type { Facility } from '../persistence/entities/facility.entity.js';
import { Problem } from './problem.js';

/** The hospital system that calls: its facility, and the id of its key (for the audit). */
export interface Caller {
  readonly facility: Facility;
  readonly keyId: string;
}

type WithCaller = FastifyRequest & { caller?: Caller };

/** Lets in who shows a facility's API key in `X-API-Key`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly facilities: Facilities,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string' || key === '') {
      throw new Problem(401, 'api-key-missing', 'Send the facility’s API key in the header X-API-Key');
    }
    const found = await this.keys.facilityOf(key);
    const facility = found && (await this.facilities.byId(found.facilityId));
    if (found === undefined || facility === undefined) {
      throw new Problem(
        401,
        'api-key-wrong',
        'This API key is not known or was revoked; make one with: npm run keys -- add',
      );
    }
    request.caller = { facility, keyId: found.keyId };
    return true;
  }
}

/** The caller, in a controller behind `ApiKeyGuard`. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (caller === undefined) throw new Error('CalledBy needs ApiKeyGuard');
  return caller;
});
