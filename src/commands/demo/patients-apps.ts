import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRecord } from '../../persistence/sealed-record.js';
import type { SimulatedTransfer } from './abdm.js';
import type { Stage } from './stage.js';

const AT_ONCE = 64;
const WITHIN_MS = 60_000;

export interface PullReport {
  readonly pulled: number;
  /** Built and not arrived, arrived and not built, or arrived otherwise than built. */
  readonly different: number;
}

interface Built {
  readonly key: string;
  readonly json: string;
}

/** One that is linked is pulled; the others wait for their patient's ABHA. */
interface Kept extends Built {
  readonly isLinked: boolean;
}

/** Every patient's app pulls everything; what it decrypted is compared, byte for byte, with what was built. */
export async function pullEverything(stage: Stage, out: string | undefined): Promise<PullReport> {
  const addresses = [...new Set((await stage.abdm.links()).map((link) => link.abhaAddress))];
  const arrived: Built[] = [];
  await inTurns(addresses, async (address) => {
    for (const { transactionId, hipId } of await stage.abdm.pull(address)) {
      const transfer = await ended(stage, transactionId);
      for (const { careContextReference, plaintext, checksumMatches } of transfer.entries) {
        const json = checksumMatches ? plaintext : `wrong checksum ${plaintext}`;
        arrived.push({ key: `${hipId} ${careContextReference}`, json });
      }
    }
  });
  const built = await builtRecords(stage);
  if (out !== undefined) await writeOut(out, built, arrived);
  const expected = built.filter(({ isLinked }) => isLinked);
  return { pulled: arrived.length, different: differences(expected, arrived) };
}

/** Grants, takes, revokes, and asks again: the last must bring nothing. */
export async function revocationHolds(stage: Stage): Promise<boolean> {
  const [link] = await stage.abdm.links();
  if (link === undefined) return false;
  const consentId = await stage.abdm.consent(link.abhaAddress, link.hipId);
  await until(() => stage.abdm.isAcknowledged(consentId, 'GRANTED'));
  const before = await ended(stage, await stage.abdm.request(consentId));
  await stage.abdm.revoke(consentId);
  await until(() => stage.abdm.isAcknowledged(consentId, 'REVOKED'));
  const after = await ended(stage, await stage.abdm.request(consentId));
  return before.entries.length > 0 && after.state === 'refused' && after.entries.length === 0;
}

async function ended(stage: Stage, transactionId: string): Promise<SimulatedTransfer> {
  let transfer = await stage.abdm.transfer(transactionId);
  await until(async () => {
    transfer = await stage.abdm.transfer(transactionId);
    return transfer.state === 'transferred' || transfer.state === 'failed' || transfer.state === 'refused';
  });
  return transfer;
}

async function builtRecords(stage: Stage): Promise<Kept[]> {
  const { db, sealer } = stage.database;
  const rows: { id: string; service_id: string; reference: string; sealed_bundle: Buffer; is_linked: boolean }[] =
    await db.query(
      `SELECT r.id, f.service_id, c.reference, r.sealed_bundle, c.linked_at IS NOT NULL AS is_linked
     FROM health_record r JOIN care_context c ON c.id = r.care_context_id JOIN facility f ON f.id = c.facility_id
     WHERE r.superseded_at IS NULL`,
    );
  return rows.map(({ id, service_id, reference, sealed_bundle, is_linked }) => ({
    key: `${service_id} ${reference}`,
    json: openRecord(sealer, id, sealed_bundle),
    isLinked: is_linked,
  }));
}

function differences(built: readonly Built[], arrived: readonly Built[]): number {
  const count = new Map<string, number>();
  const add = ({ key, json }: Built, by: number): void => {
    const record = `${key}\n${json}`;
    count.set(record, (count.get(record) ?? 0) + by);
  };
  built.forEach((record) => add(record, 1));
  arrived.forEach((record) => add(record, -1));
  return [...count.values()].reduce((sum, by) => sum + Math.abs(by), 0);
}

async function writeOut(out: string, built: readonly Built[], arrived: readonly Built[]): Promise<void> {
  for (const [kind, records] of [
    ['built', built],
    ['decrypted', arrived],
  ] as const) {
    for (const { key, json } of records) {
      const folder = join(out, kind, key.replace(/[^A-Za-z0-9-]+/g, '_'));
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${fileNameOf(json)}.json`), json);
    }
  }
}

/** Last part of the Composition's profile and its id's first, e.g. `OPConsultRecord-1f0c2a9b`: a visit may have two of a kind. */
function fileNameOf(json: string): string {
  const bundle = JSON.parse(json) as { entry?: { resource?: { id?: string; meta?: { profile?: string[] } } }[] };
  const composition = bundle.entry?.[0]?.resource;
  const type = composition?.meta?.profile?.[0]?.split('/').at(-1) ?? 'record';
  return `${type}-${composition?.id?.split('-', 1)[0] ?? ''}`;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const turn = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + WITHIN_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt)
      throw new Error('The simulator’s patient waited a minute for an answer that did not come');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
