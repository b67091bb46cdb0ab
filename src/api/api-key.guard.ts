import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeys, type KeyHolder } from '../persistence/api-keys.js';
import { Facilities } from '../persistence/facilities.js';
import type { Facility } from '../persistence/entities/facility.entity.js';
import { Problem } from './problem.js';

/** The hospital system that calls: its facility, and the id of its key (for the audit). */
export interface Caller {
  readonly facility: Facility;
  readonly keyId: string;
}

type WithCaller = FastifyRequest & { caller?: Caller };

const wrongKey = () =>
  new Problem(401, 'api-key-wrong', 'This API key is not known or was revoked; make one with: npm run keys -- add');

/** Whose key the request shows in `X-API-Key`. @throws Problem 401 */
export async function keyHolder(request: FastifyRequest, keys: ApiKeys): Promise<KeyHolder> {
  const key = request.headers['x-api-key'];
  if (typeof key !== 'string' || key === '') {
    throw new Problem(401, 'api-key-missing', 'Send the facility’s API key in the header X-API-Key');
  }
  const holder = await keys.holderOf(key);
  if (holder === undefined) throw wrongKey();
  return holder;
}

/** Lets in who shows a facility's API key in `X-API-Key`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly facilities: Facilities,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<WithCaller>();
    const holder = await keyHolder(request, this.keys);
    if (holder.role === 'district') {
      throw new Problem(
        403,
        'district-key',
        'This is a district’s key: it opens /api/v1/reports/opd and nothing else. Use the API key of the facility',
      );
    }
    const facility = await this.facilities.byId(holder.facilityId);
    if (facility === undefined) throw wrongKey();
    request.caller = { facility, keyId: holder.keyId };
    return true;
  }
}

/** The caller, in a controller behind `ApiKeyGuard`. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext): Caller => callerOf(context));

/** The same, for decorators that take more from the request. */
export function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (caller === undefined) throw new Error('CalledBy needs ApiKeyGuard');
  return caller;
}
