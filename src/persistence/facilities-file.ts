import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { newId } from '../support/ids.js';
import { readCounters, saveCounters, type CounterEntry } from './counters-file.js';

/** A facility as `config/facilities.yaml` and the command line give it. */
export interface FacilityEntry {
  /** `IN` and ten digits. */
  readonly hfrId: string;
  /** `X-HIP-ID`; the HFR id unless the bridge gave the facility another. */
  readonly serviceId: string;
  readonly name: string;
  readonly district?: string | undefined;
  readonly state?: string | undefined;
  /** Where patients scan a QR code; the hospital can make more. */
  readonly counters?: readonly CounterEntry[] | undefined;
}

const HFR_ID = /^IN\d{10}$/;
const SERVICE_ID = /^[A-Za-z0-9][A-Za-z0-9 _@-]*[A-Za-z0-9]$/;

/** @throws Error naming every entry that is not right */
export function readFacilities(text: string): readonly FacilityEntry[] {
  const document: unknown = parse(text);
  const entries = (document as { facilities?: unknown } | null)?.facilities ?? [];
  if (!Array.isArray(entries)) throw new Error('facilities: a list is expected');
  const problems: string[] = [];
  const facilities: FacilityEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { hfrId, serviceId, name, district, state, ...more } = ((entry as unknown) ?? {}) as Record<string, unknown>;
    const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
    const facility = {
      hfrId: text(hfrId),
      serviceId: text(serviceId) || text(hfrId),
      name: text(name),
      district: text(district) || undefined,
      state: text(state) || undefined,
    };
    const { counters, problems: counterProblems } = readCounters(more['counters'], facility);
    const all = [...problemsOf(facility), ...repetitionsIn(facilities, facility), ...counterProblems];
    problems.push(...all.map((problem) => `facilities[${index}].${problem}`));
    facilities.push({ ...facility, ...(counters.length > 0 && { counters }) });
  }
  if (problems.length > 0) throw new Error(`The facilities are not right:\n  - ${problems.join('\n  - ')}`);
  return facilities;
}

/** Empty when the entry can be used. */
export function problemsOf({ hfrId, serviceId, name }: FacilityEntry): readonly string[] {
  return [
    ...(HFR_ID.test(hfrId) ? [] : ['hfrId: IN and ten digits are expected']),
    ...(SERVICE_ID.test(serviceId) ? [] : ['serviceId: letters, digits and -_@ are expected']),
    ...(name === '' ? ['name: a name is expected'] : []),
  ];
}

/** Two entries of one facility, or two facilities that ABDM could not tell apart. */
function repetitionsIn(before: readonly FacilityEntry[], { hfrId, serviceId }: FacilityEntry): readonly string[] {
  const isSame = before.some((other) => other.hfrId !== '' && other.hfrId === hfrId);
  const isShared = before.some((other) => other.serviceId !== '' && other.serviceId === serviceId);
  if (isSame) return ['hfrId: this facility is named above; keep one of the two'];
  return isShared ? ['serviceId: a facility above has it; each needs one of its own'] : [];
}

/** Makes the facility, or brings its name, place and service id up to date. Returns its id. */
export async function saveFacility(db: DataSource, facility: FacilityEntry): Promise<string> {
  const [row]: { id: string }[] = await db.query(
    `INSERT INTO facility (id, hfr_id, service_id, name, district, state) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (hfr_id) DO UPDATE SET service_id = excluded.service_id, name = excluded.name,
       district = excluded.district, state = excluded.state
     RETURNING id`,
    [newId(), facility.hfrId, facility.serviceId, facility.name, facility.district ?? null, facility.state ?? null],
  );
  if (row === undefined) throw new Error('The facility could not be stored');
  return row.id;
}

/** Reads the file, if there is one, into the database. */
export async function saveFacilitiesFile(db: DataSource, path: string): Promise<void> {
  if (!existsSync(path)) return;
  for (const facility of readFacilities(await readFile(path, 'utf8'))) {
    const id = await saveFacility(db, facility);
    await saveCounters(db, id, facility.counters ?? []);
  }
}
