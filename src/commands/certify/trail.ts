import { ABHA_BASE, theM1Contract } from '../../simulator/abha/m1-contract.js';
import { theContract } from '../../simulator/contract/contract.js';
import type { LoggedMessage } from './abdm.js';
import type { Message } from './verdict.js';

const PUSH = '/hiu/push/';

/**
 * The messages of one conversation: those that name one of its ids (an ABHA address, a transaction, a consent …), and those
 * that answer them. A message's own REQUEST-ID, and the push URL it gives, lead on to the next.
 */
export function conversation(all: readonly LoggedMessage[], ids: ReadonlySet<string>): readonly LoggedMessage[] {
  const known = new Set(ids);
  const found = new Set<LoggedMessage>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const message of all) {
      if (found.has(message)) continue;
      const text = JSON.stringify([message.path, message.requestId, message.body]);
      if (![...known].some((id) => text.includes(id))) continue;
      found.add(message);
      if (message.requestId !== undefined) known.add(message.requestId);
      const push = pushUrlIn(message.body);
      if (push !== undefined) known.add(push);
    }
  }
  return [...found].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** For the report: without content, and without the secret of a push URL. */
export function shown(message: LoggedMessage): Message {
  const { at, direction, path, status, milliseconds, requestId } = message;
  return {
    at,
    from: direction === 'in' ? 'HIP' : 'ABDM',
    operation: operationOf(message),
    path: path.startsWith(PUSH) ? '{dataPushUrl}' : path,
    httpStatus: status,
    milliseconds,
    requestId,
  };
}

/** As ABDM's contract names it; the path where it has none. */
export function operationOf({ method, path }: Pick<LoggedMessage, 'method' | 'path'>): string {
  if (path.startsWith(PUSH)) return 'pushHealthInformation';
  if (path.startsWith(`${ABHA_BASE}/`)) return theM1Contract().operationAt(method, path)?.operationId ?? path;
  operations ??= new Map(
    [...theContract().allOperations(), ...theContract().allCallbacks()].map((one) => [one.path, one.operationId]),
  );
  return operations.get(path) ?? path;
}

/** Path → name; read when it is first needed, as compiling the contract takes a while. */
let operations: ReadonlyMap<string, string> | undefined;

function pushUrlIn(body: unknown): string | undefined {
  const url = (body as { hiRequest?: { dataPushUrl?: unknown } } | undefined)?.hiRequest?.dataPushUrl;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;
}
