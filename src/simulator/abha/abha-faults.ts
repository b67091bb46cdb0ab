import type { Fault } from '../gateway/faults.js';

/** A one-off failure of one ABHA call, in any of the shapes NHA's errors come in. */
export interface AbhaFaultWish {
  readonly operationId: string;
  readonly times?: number;
  readonly delayMs?: number;
  readonly status?: number;
  /** As it shall be spelled: `ABDM-1114`, or `ABDM-1114: ` as parts of the service do. */
  readonly code?: string;
  readonly message?: string;
  readonly shape?: 'wrapped' | 'flat' | 'array' | 'fields' | 'message';
  /** Whom shape `fields` blames. */
  readonly field?: string;
  /** A status without a body: 401, unless another is given. */
  readonly isEmpty?: boolean;
  readonly loseAnswer?: boolean;
  readonly dropConnection?: boolean;
}

export function abhaFault(wish: AbhaFaultWish): Fault {
  const { operationId, times, delayMs, loseAnswer, dropConnection } = wish;
  const base = { operationId, times, delayMs, loseAnswer, dropConnection };
  if (wish.isEmpty) return { ...base, status: wish.status ?? 401 };
  if (wish.code === undefined && wish.message === undefined && wish.field === undefined) {
    return wish.status === undefined ? base : { ...base, status: wish.status, body: gatewayTrouble(wish.status) };
  }
  return { ...base, status: wish.status ?? 400, body: bodyOf(wish) };
}

function bodyOf({
  shape = 'wrapped',
  field = 'loginId',
  code = 'ABDM-9999',
  message = 'Failed',
}: AbhaFaultWish): unknown {
  const timestamp = '2026-09-17 16:52:48';
  const bodies = {
    wrapped: { error: { code, message } },
    flat: { code, message, timestamp },
    array: [{ code, message }],
    fields: { [field]: message, timestamp },
    message: { message, timestamp },
  };
  return bodies[shape];
}

/** Spring's own words, as they come through when the service behind the gateway fails. */
const gatewayTrouble = (status: number) => ({
  timestamp: '2026-09-17T11:22:48.461+00:00',
  path: '/',
  status,
  error: status === 503 ? 'Service Unavailable' : 'Internal Server Error',
  requestId: 'simulator-1',
});
