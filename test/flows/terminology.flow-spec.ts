import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit } from '../makers/legacy-visit.js';
import { addressIn, aLinkingHip, SECOND, type LinkingHip } from '../setup/linking-hip.js';

let hip: LinkingHip;
let tables: string;
beforeAll(async () => {
  tables = await mkdtemp(join(tmpdir(), 'terminology-'));
  await cp('config/terminology', tables, { recursive: true });
  hip = await aLinkingHip({ TERMINOLOGY_DIR: tables });
});
afterAll(async () => {
  await hip.stop();
  await rm(tables, { recursive: true });
});

const uncoded = async (query = ''): Promise<any> => (await hip.call('GET', `/api/v1/terminology/uncoded${query}`)).body;

const withDrug = (drug: string) =>
  aLegacyVisit({ RX: [{ DRUG: drug, DOSE: '1', FREQ: 'TDS', DAYS: '3', ROUTE: 'ORAL' }] });

describe('Words that no table codes', () => {
  it('are listed most frequent first, with how much of all they are', async () => {
    for (const drug of ['TAB QUXOLIN 5', 'tab  quxolin 5', 'TAB VELAMOR']) await hip.closes(withDrug(drug));
    const { terms, uncoded: count, share, words } = await uncoded('?kind=drug');
    expect(words.map(({ kind, visits }: any) => [kind, visits])).toEqual([
      ['drug', 2],
      ['drug', 1],
    ]);
    expect(words[0].text.toLowerCase()).toContain('quxolin');
    expect(terms).toBeGreaterThan(count);
    expect(share).toBeCloseTo(count / terms, 3);
  });

  it('are seen by their own facility only', async () => {
    const { body } = await hip.call('GET', '/api/v1/terminology/uncoded', undefined, { 'x-api-key': hip.otherKey });
    expect(body).toEqual({ terms: 0, uncoded: 0, share: 0, words: [] });
  });

  it('lie sealed in the database: a complaint may name a person', async () => {
    const rows = await hip.db.query('SELECT * FROM uncoded_term');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      for (const value of Object.values<any>(row)) {
        const text = Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
        expect(text.toLowerCase()).not.toContain('quxolin');
      }
    }
  });

  it('go away with the visit that is taken back', async () => {
    const row = withDrug('TAB ZZYXOR');
    await hip.closes(row);
    expect(JSON.stringify(await uncoded())).toContain('ZZYXOR');
    await hip.closes({ ...row, ROW_VER: 2, DEL_FLAG: 'Y' });
    expect(JSON.stringify(await uncoded())).not.toContain('ZZYXOR');
  });

  it('are refused a kind there is not', async () => {
    expect((await hip.call('GET', '/api/v1/terminology/uncoded?kind=poem')).status).toBe(400);
  });

  it('are coded once the table knows them, and ABDM is told of those records only', async () => {
    const [known, unknown] = [withDrug('TAB NOVAPAR 500'), withDrug('TAB STAYUNKNOWN')];
    const { id } = await hip.closes(known);
    await hip.closes(unknown);
    await hip.settle();
    await hip.later(20 * SECOND);
    await hip.forget();
    const documents = await documentsOf(id);
    await hip.whileStopped(() =>
      appendFile(
        join(tables, 'drugs.csv'),
        'Novapar,,,,90332006,Product containing paracetamol (medicinal product),invented for a test,none\n',
      ),
    );
    const answer = await hip.call('POST', '/api/v1/terminology/recode');
    expect(answer.status).toBe(202);
    expect(answer.body.visits).toBeGreaterThanOrEqual(2);
    await hip.settle();
    await hip.later(20 * SECOND);
    const words = JSON.stringify(await uncoded('?kind=drug'));
    expect(words).not.toContain('NOVAPAR');
    expect(words).toContain('STAYUNKNOWN');
    expect(await hip.asked('notify', addressIn(known))).toHaveLength(1);
    expect(await hip.asked('notify', addressIn(unknown))).toHaveLength(0);
    const recoded = await documentsOf(id);
    expect(recoded).toHaveLength(documents.length);
    expect(recoded).not.toEqual(documents);
  });
});

async function documentsOf(visitId: string): Promise<string[]> {
  const rows: { document_id: string }[] = await hip.db.query(
    'SELECT document_id FROM health_record WHERE visit_id = $1 AND superseded_at IS NULL ORDER BY hi_type',
    [visitId],
  );
  return rows.map((row) => row.document_id);
}
