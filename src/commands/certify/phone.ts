import { randomInt } from 'node:crypto';
import type { CounterView } from '../../api/counters/counters.dto.js';
import type { QueueTokenView, QueueView, SharedProfileView } from '../../api/queue/queue.dto.js';
import type { Abdm } from './abdm.js';
import type { Hospital } from './hospital.js';
import { CannotGoOn } from './scene.js';

/** One tap on Share, as it ended on the phone. */
export interface Share {
  readonly shareRequestId: string | null;
  readonly status: string;
  readonly answeredAfterMs?: number;
  readonly token?: { readonly tokenNumber: string; readonly expirySeconds: number };
  readonly error?: { readonly code: string };
}

/** A token as the app shows it. */
export interface ShownToken {
  readonly context: string;
  readonly status: string;
  readonly tokenNumber: string | null;
  readonly expirySeconds: number | null;
}

/** She scans a counter’s QR with her app, and taps Share, or Cancel. Waits for what the phone shows then. */
export function scans(abdm: Abdm, abhaAddress: string, qr: string, wishes: object = {}): Promise<Share> {
  return abdm.call('POST', `patients/${encodeURIComponent(abhaAddress)}/scan`, { qr, wait: true, ...wishes });
}

export function tokensOf(abdm: Abdm, abhaAddress: string): Promise<readonly ShownToken[]> {
  return abdm.call('GET', `patients/${encodeURIComponent(abhaAddress)}/tokens`);
}

/** A counter that nobody has used yet. */
export function aCounter(hospital: Hospital): Promise<CounterView> {
  const code = `C${String(randomInt(100_000_000, 999_999_999))}`;
  return asked(hospital, 'POST', 'counters', { code, name: 'OPD registration' });
}

/** Whoever waits there, in order. */
export async function queueOf(hospital: Hospital, { code }: CounterView): Promise<readonly QueueTokenView[]> {
  return (await asked<QueueView>(hospital, 'GET', `queue?counter=${code}`)).tokens;
}

/** What the desk’s form is filled with. */
export const sharedProfile = (hospital: Hospital, id: string): Promise<SharedProfileView> =>
  asked(hospital, 'GET', `shared-profiles/${id}`);

async function asked<T>(hospital: Hospital, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await hospital.ask(method, path, body);
  if (!answer.ok) throw new CannotGoOn(`The HIP answered ${answer.status} to ${method} ${path.split(/[/?]/)[0] ?? ''}`);
  // The adapter’s API is described at /docs.
  return (await answer.json()) as T;
}
