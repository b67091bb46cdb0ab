import type { DataSource } from 'typeorm';
import { newId } from '../support/ids.js';
import { COUNTER_CODE, isNameOfFacility } from './counter-codes.js';

/** A counter as `config/facilities.yaml` gives it, below its facility. */
export interface CounterEntry {
  readonly code: string;
  readonly name: string;
  readonly department: string | undefined;
}

type Of = Parameters<typeof isNameOfFacility>[1];

/** The counters of one facility's entry, and what is wrong with them. */
export function readCounters(
  given: unknown,
  facility: Of,
): { readonly counters: readonly CounterEntry[]; readonly problems: readonly string[] } {
  if (given === undefined || given === null) return { counters: [], problems: [] };
  if (!Array.isArray(given)) return { counters: [], problems: ['counters: a list is expected'] };
  const counters = given.map(entryOf);
  const problems = counters.flatMap((counter, index) =>
    problemsOf(counter, facility, counters.slice(0, index)).map((problem) => `counters[${index}].${problem}`),
  );
  return { counters, problems };
}

function entryOf(given: unknown): CounterEntry {
  const { code, name, department } = (given ?? {}) as Record<string, unknown>;
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return {
    code: text(code).toUpperCase(),
    name: text(name) || text(code),
    department: text(department) || undefined,
  };
}

function problemsOf({ code }: CounterEntry, facility: Of, before: readonly CounterEntry[]): readonly string[] {
  if (!COUNTER_CODE.test(code)) return ['code: 1 to 20 letters and digits are expected'];
  if (isNameOfFacility(code, facility)) return ['code: the id or name of the facility is refused by ABDM'];
  return before.some((other) => other.code === code) ? ['code: a counter above has it'] : [];
}

/** Makes the counters, or brings name and department up to date. One that is left out stays; closed ones stay closed. */
export async function saveCounters(
  db: DataSource,
  facilityId: string,
  counters: readonly CounterEntry[],
): Promise<void> {
  for (const { code, name, department } of counters) {
    await db.query(
      `INSERT INTO counter (id, facility_id, code, name, department, created_at) VALUES ($1, $2, $3, $4, $5, now())
       ON CONFLICT (facility_id, code) DO UPDATE SET name = excluded.name, department = excluded.department`,
      [newId(), facilityId, code, name, department ?? null],
    );
  }
}
