import { errorIn, secondsIn } from '../client/gateway-error.js';
import { AbhaServiceError } from './abha-service-error.js';
import type { AbhaFailure } from './failures.js';
import { kindOf, type Refusal } from './refusal-rules.js';

const LOCKED_SECONDS = 30 * 60;

/** An answer that is not 2xx. `body`: parsed JSON, text, or nothing at all. */
export function refusalFrom(
  status: number,
  body: unknown,
  about: { readonly retryAfter?: unknown; readonly hadUserToken: boolean },
): AbhaServiceError {
  const refusal = readRefusal(status, body);
  const { kind, field } = kindOf(refusal, about.hadUserToken);
  return new AbhaServiceError(kind, {
    status,
    code: refusal.code,
    uidaiCode: refusal.uidaiCode,
    field,
    retryAfterSeconds: secondsIn(about.retryAfter) ?? (kind === 'otp-locked' ? LOCKED_SECONDS : undefined),
  });
}

/**
 * HTTP 200 that says no: `authResult` is there and is not `success` (`failed` in the documents, `failure` in one client).
 * Undefined: it says yes.
 */
export function failedAuthIn(body: unknown, proof: 'otp' | 'biometric'): AbhaServiceError | undefined {
  const { authResult, message } = (body ?? {}) as { authResult?: unknown; message?: unknown };
  if (typeof authResult === 'string' && authResult.toLowerCase() === 'success') return undefined;
  if (authResult === undefined) return new AbhaServiceError('unreadable', { status: 200 });
  const told = refusalFrom(200, { message }, { hadUserToken: false });
  if (told.kind !== 'other') return told;
  return new AbhaServiceError(failedKind(proof, String(message)), { status: 200 });
}

/** "…is either expired or incorrect" is told as wrong: the next try decides. */
function failedKind(proof: 'otp' | 'biometric', message: string): AbhaFailure {
  if (proof === 'biometric') return 'biometric-mismatch';
  return /expired/i.test(message) && !/incorrect|not match|invalid/i.test(message) ? 'otp-expired' : 'wrong-otp';
}

function readRefusal(status: number, body: unknown): Refusal {
  const { code, message } = errorIn(body);
  const uidaiCode = /UIDAI Error code\s*:\s*([A-Z]{0,2}-?\d{1,4})/i.exec(message)?.[1];
  return { status, code, message, field: code === '' ? fieldIn(body) : undefined, uidaiCode };
}

const NO_FIELDS = new Set(['message', 'timestamp', 'path', 'status', 'error', 'requestid', 'description', 'type']);

/** `{<field>: reason, timestamp}`: the first field. Its name is ABDM's; anything longer than a name is none. */
function fieldIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const names = Object.entries(body).filter(([, reason]) => typeof reason === 'string');
  return names
    .map(([name]) => name)
    .find((name) => !NO_FIELDS.has(name.toLowerCase()) && /^[A-Za-z]{1,40}$/.test(name));
}
