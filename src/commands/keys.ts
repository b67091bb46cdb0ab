import type { DataSource } from 'typeorm';
import { ApiKeys, type District } from '../persistence/api-keys.js';
import { columns, databaseCommand, type Work } from './database-command.js';

const USAGE = `API keys, with which a hospital's system sends its visits (header X-API-Key). First: npm run build

  npm run keys -- add --facility HFR_ID --label TEXT   makes a key and shows it, this once
  npm run keys -- add --district NAME [--state NAME] --label TEXT
                                                       a district's key: reports over its facilities, nothing else
  npm run keys -- list [--facility HFR_ID]             never shows a key, only its id
  npm run keys -- revoke ID                            from now on it opens nothing

The label says which system holds the key: it is no place for a person's name.`;

process.exitCode = await databaseCommand(
  USAGE,
  { texts: ['facility', 'district', 'state', 'label'] },
  ({ words: [verb, id, ...more], texts: { facility, district, state, label } }): Work | undefined => {
    if (more.length > 0 || (district === undefined && state !== undefined)) return undefined;
    if (verb === 'add' && id === undefined && label?.trim()) {
      if (facility !== undefined && district === undefined) return ({ db }) => add(db, facility, label.trim());
      if (facility === undefined && district?.trim()) {
        return ({ db }) => addForDistrict(db, district.trim(), state?.trim(), label.trim());
      }
      return undefined;
    }
    if (label !== undefined || district !== undefined) return undefined;
    if (verb === 'list' && id === undefined) return ({ db }) => list(db, facility);
    if (verb === 'revoke' && id !== undefined && facility === undefined) return ({ db }) => revoke(db, id);
    return undefined;
  },
);

async function add(db: DataSource, hfrId: string, label: string): Promise<void> {
  show(await new ApiKeys(db).make(await facilityId(db, hfrId), label));
}

async function addForDistrict(db: DataSource, name: string, state: string | undefined, label: string): Promise<void> {
  const found: District[] = await db.query(
    `SELECT DISTINCT district, state FROM facility
     WHERE lower(district) = lower($1) AND ($2::text IS NULL OR lower(state) = lower($2))`,
    [name, state ?? null],
  );
  const [one, ...others] = found;
  if (one === undefined) {
    throw new Error('No facility is in this district. See how theirs is written: npm run facilities -- list');
  }
  if (others.length > 0) {
    throw new Error(
      'The facilities of this name are not all in one state, or it is not written alike at all of them. Mend them, or ' +
        'say which: --state NAME',
    );
  }
  show(await new ApiKeys(db).makeForDistrict(one, label));
}

function show(key: string): void {
  console.log(key);
  console.log(
    'This is the only time the key is shown: it is stored as a hash. Put it into the system that uses it now.',
  );
}

async function list(db: DataSource, hfrId: string | undefined): Promise<void> {
  const id = hfrId === undefined ? null : await facilityId(db, hfrId);
  const keys: { id: string; holder: string; label: string; created_at: Date; revoked_at: Date | null }[] =
    await db.query(
      `SELECT k.id, coalesce(f.hfr_id, concat_ws(', ', k.district, k.state)) AS holder, k.label, k.created_at, k.revoked_at
       FROM api_key k LEFT JOIN facility f ON f.id = k.facility_id
       WHERE $1::uuid IS NULL OR f.id = $1 ORDER BY f.hfr_id, k.district, k.created_at`,
      [id],
    );
  const rows = keys.map((key) => [
    // With its prefix: an id may begin with a dash, which `revoke` would take for an option.
    `ehk_${key.id}`,
    key.holder,
    key.label,
    key.created_at.toISOString(),
    key.revoked_at?.toISOString() ?? '',
  ]);
  console.log(columns(['ID', 'FACILITY OR DISTRICT', 'LABEL', 'MADE', 'REVOKED'], rows));
}

async function revoke(db: DataSource, given: string): Promise<void> {
  const [id = ''] = given.replace(/^ehk_/, '').split('.');
  if (!(await new ApiKeys(db).revoke(id))) {
    throw new Error('There is no such key, or it was revoked before. The ids: npm run keys -- list');
  }
  console.log('Revoked: requests with this key are refused from now on.');
}

async function facilityId(db: DataSource, hfrId: string): Promise<string> {
  const [row]: { id: string }[] = await db.query('SELECT id FROM facility WHERE hfr_id = $1', [hfrId]);
  if (row !== undefined) return row.id;
  throw new Error('There is no facility with this HFR id. Add it: npm run facilities -- add --hfr HFR_ID --name TEXT');
}
