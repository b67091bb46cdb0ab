import type { DataSource } from 'typeorm';
import type { Facility } from '../persistence/entities/facility.entity.js';
import { problemsOf, saveFacility } from '../persistence/facilities-file.js';
import { columns, databaseCommand, type Work } from './database-command.js';

const USAGE = `The facilities this adapter serves. First: npm run build

  npm run facilities -- add --hfr HFR_ID --name TEXT [--service ID] [--district TEXT] [--state TEXT]
  npm run facilities -- list

  --hfr       id in the Health Facility Registry: IN and ten digits
  --service   id under which ABDM calls the facility (X-HIP-ID), when the bridge gave it another than the HFR id

A facility that is there already is brought up to date; what is not given stays. Facilities that are also in the file
FACILITIES_FILE (config/facilities.yaml) are set back to what it says at the adapter's next start.`;

interface Wanted {
  readonly hfrId: string;
  readonly name: string;
  readonly serviceId: string | undefined;
  readonly district: string | undefined;
  readonly state: string | undefined;
}

process.exitCode = await databaseCommand(
  USAGE,
  { texts: ['hfr', 'name', 'service', 'district', 'state'] },
  ({ words: [verb, ...more], texts }): Work | undefined => {
    if (more.length > 0) return undefined;
    const { hfr: hfrId, name, service: serviceId, district, state } = texts;
    if (verb === 'add' && hfrId !== undefined && name !== undefined) {
      return ({ db }) => add(db, { hfrId, name, serviceId, district, state });
    }
    return verb === 'list' && Object.keys(texts).length === 0 ? ({ db }) => list(db) : undefined;
  },
);

async function add(db: DataSource, wanted: Wanted): Promise<void> {
  const facilities = await all(db);
  const before = facilities.find(({ hfrId }) => hfrId === wanted.hfrId);
  const facility = {
    hfrId: wanted.hfrId,
    name: wanted.name.trim(),
    serviceId: wanted.serviceId ?? before?.serviceId ?? wanted.hfrId,
    district: wanted.district ?? before?.district ?? undefined,
    state: wanted.state ?? before?.state ?? undefined,
  };
  const problems = problemsOf(facility);
  if (problems.length > 0) throw new Error(`The facility is not right:\n  - ${problems.join('\n  - ')}`);
  if (facilities.some((other) => other.serviceId === facility.serviceId && other.hfrId !== facility.hfrId)) {
    throw new Error('Another facility has this service id. ABDM gives every facility of a bridge one of its own.');
  }
  await saveFacility(db, facility);
  console.log(`${before === undefined ? 'Added' : 'Brought up to date'}. Next: npm run keys -- add --facility HFR_ID`);
}

async function list(db: DataSource): Promise<void> {
  const rows = (await all(db)).map((one) => [one.hfrId, one.serviceId, one.name, one.district ?? '', one.state ?? '']);
  console.log(columns(['HFR ID', 'SERVICE ID', 'NAME', 'DISTRICT', 'STATE'], rows));
}

function all(db: DataSource): Promise<Pick<Facility, 'hfrId' | 'serviceId' | 'name' | 'district' | 'state'>[]> {
  return db.query(
    'SELECT hfr_id AS "hfrId", service_id AS "serviceId", name, district, state FROM facility ORDER BY hfr_id',
  );
}
