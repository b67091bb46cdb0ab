import type { DataSource } from 'typeorm';
import { ApiKeys } from '../persistence/api-keys.js';
import { columns, databaseCommand, type Work } from './database-command.js';

const USAGE = `API keys, with which a hospital's system sends its visits (header X-API-Key). First: npm run build

  npm run keys -- add --facility HFR_ID --label TEXT   makes a key and shows it, this once
  npm run keys -- list [--facility HFR_ID]             never shows a key, only its id
  npm run keys -- revoke ID                            from now on it opens nothing

The label says which system holds the key: it is no place for a person's name.`;

process.exitCode = await databaseCommand(
  USAGE,
  { texts: ['facility', 'label'] },
  ({ words: [verb, id, ...more], texts: { facility, label } }): Work | undefined => {
    if (more.length > 0) return undefined;
    if (verb === 'add' && id === undefined && facility !== undefined && label?.trim()) {
      return ({ db }) => add(db, facility, label.trim());
    }
    if (verb === 'list' && id === undefined && label === undefined) return ({ db }) => list(db, facility);
    if (verb === 'revoke' && id !== undefined && facility === undefined && label === undefined) {
      return ({ db }) => revoke(db, id);
    }
    return undefined;
  },
);

async function add(db: DataSource, hfrId: string, label: string): Promise<void> {
  const key = await new ApiKeys(db).make(await facilityId(db, hfrId), label);
  console.log(key);
  console.log('This is the only time the key is shown: it is stored as a hash. Put it into the hospital’s system now.');
}

async function list(db: DataSource, hfrId: string | undefined): Promise<void> {
  const id = hfrId === undefined ? null : await facilityId(db, hfrId);
  const keys: { id: string; hfr_id: string; label: string; created_at: Date; revoked_at: Date | null }[] =
    await db.query(
      `SELECT k.id, f.hfr_id, k.label, k.created_at, k.revoked_at FROM api_key k JOIN facility f ON f.id = k.facility_id
       WHERE $1::uuid IS NULL OR f.id = $1 ORDER BY f.hfr_id, k.created_at`,
      [id],
    );
  const rows = keys.map((key) => [
    // With its prefix: an id may begin with a dash, which `revoke` would take for an option.
    `ehk_${key.id}`,
    key.hfr_id,
    key.label,
    key.created_at.toISOString(),
    key.revoked_at?.toISOString() ?? '',
  ]);
  console.log(columns(['ID', 'FACILITY', 'LABEL', 'MADE', 'REVOKED'], rows));
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
