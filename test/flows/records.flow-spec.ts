import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFullVisit, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { addressIn, aLinkingHip, SECOND, type LinkingHip } from '../setup/linking-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterAll(() => hip.stop());

async function linked(row: Columns): Promise<any> {
  const { id } = await hip.closes(row);
  await hip.settle();
  const visit = await hip.visit(id);
  expect(visit.state).toBe('linked');
  return visit;
}

/** What the patient's app has decrypted: Compositions by the last word of their profile. */
async function pulled(row: Columns): Promise<{ profile: string; text: string }[]> {
  const [pull] = await hip.abdm('POST', `/simulator/patients/${addressIn(row)}/pull`, {});
  await hip.settle();
  const transfer = await hip.abdm('GET', `/simulator/transfers/${pull.transactionId}`);
  expect(transfer.state).toBe('transferred');
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  return transfer.entries.map(({ plaintext }: any) => ({
    profile: JSON.parse(plaintext).entry[0].resource.meta.profile[0].split('/').at(-1),
    text: plaintext,
  }));
}

const LAB = {
  LAB_NO: 'L26/1',
  TEST: 'CBC',
  SAMPLE: 'BLOOD',
  COLL_DT: '12/08/2025 10:10',
  AUTH_DT: '12/08/2025 12:00',
  AUTH_BY: 'DR PATHOLOGIST',
  STATUS: 'AUTH',
  RESULTS: [{ PARAM: 'Hb', RESULT: '8.8', UNIT: 'gm%', REF: '12-16' }],
};

describe('What a visit holds', () => {
  it('arrives as a document of each type, and each is linked under its type', async () => {
    const row = aFullVisit();
    const visit = await linked(row);
    expect([...new Set(visit.records.map(({ hiType }: any) => hiType))].sort()).toEqual([
      'DiagnosticReport',
      'DischargeSummary',
      'HealthDocumentRecord',
      'ImmunizationRecord',
      'Invoice',
      'OPConsultation',
      'Prescription',
      'WellnessRecord',
    ]);
    const profiles = (await pulled(row)).map(({ profile }) => profile);
    expect(new Set(profiles)).toEqual(
      new Set([
        'DiagnosticReportRecord',
        'DischargeSummaryRecord',
        'HealthDocumentRecord',
        'ImmunizationRecord',
        'InvoiceRecord',
        'OPConsultRecord',
        'PrescriptionRecord',
        'WellnessRecord',
      ]),
    );
    expect(profiles).toHaveLength(visit.records.length);
  });

  it('keeps two lab reports two documents, each on a page of its own', async () => {
    const row = aLegacyVisit({ LAB: [LAB, { ...LAB, LAB_NO: 'L26/2', TEST: 'LFT' }] });
    await linked(row);
    const reports = (await pulled(row)).filter(({ profile }) => profile === 'DiagnosticReportRecord');
    expect(reports).toHaveLength(2);
    const pages: { n: string }[] = await hip.db.query(
      'SELECT cardinality(composition_ids) AS n FROM transfer_page WHERE transfer_id = (SELECT id FROM transfer ORDER BY accepted_at DESC LIMIT 1)',
    );
    expect(pages.every(({ n }) => Number(n) === 1)).toBe(true);
  });

  it('stays in while a lab result is provisional, and goes out with a notice once it is authorised', async () => {
    const provisional = { ...LAB, LAB_NO: 'L26/3', STATUS: 'PROV', RESULTS: [{ PARAM: 'Hb', RESULT: '4.321' }] };
    const row = aLegacyVisit({ LAB: [provisional] });
    const before = await linked(row);
    expect(before.records.map(({ hiType }: any) => hiType)).not.toContain('DiagnosticReport');
    expect(JSON.stringify(await pulled(row))).not.toContain('4.321');

    await hip.closes({ ...row, ROW_VER: 2, LAB: [{ ...provisional, STATUS: 'AUTH' }] });
    await hip.settle();
    await hip.later(20 * SECOND);
    const after = await hip.visit(before.id);
    expect(after.records.map(({ hiType }: any) => hiType)).toContain('DiagnosticReport');
    const last = (await hip.asked('notify', addressIn(row))).at(-1);
    expect(last.body.notification.hiTypes).toContain('DiagnosticReport');
    expect(JSON.stringify(await pulled(row))).toContain('4.321');
  });
});

describe('The preview of a record', () => {
  const preview = (id: string, hiType: string, query = '', key = hip.key) =>
    fetch(`${hip.url}/api/v1/visits/${id}/records/${hiType}/preview${query}`, { headers: { 'x-api-key': key } });

  it('shows it as the patient sees it, in English and in Hindi, and is written to the audit', async () => {
    const visit = await linked(aFullVisit());
    for (const [query, words] of [
      ['', 'Medicines'],
      ['?lang=hi', 'दवाइयाँ'],
    ] as const) {
      const answer = await preview(visit.id, 'OPConsultation', query);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await answer.text();
      expect(html).toContain(words);
      expect(html).not.toMatch(/>\s*(NA|N\/A|undefined|null)\s*</);
    }
    const looks: unknown[] = await hip.db.query(
      `SELECT 1 FROM audit WHERE action = 'record.previewed' AND subject_id = $1`,
      [visit.id],
    );
    expect(looks).toHaveLength(2);
  });

  it('is not to be had for another facility, an unknown type, or a type the visit has not', async () => {
    const visit = await linked(aLegacyVisit());
    expect((await preview(visit.id, 'OPConsultation', '', hip.otherKey)).status).toBe(404);
    expect((await preview(visit.id, 'Novel')).status).toBe(404);
    expect((await preview(visit.id, 'DischargeSummary')).status).toBe(404);
    expect((await preview('not-an-id', 'OPConsultation')).status).toBe(404);
    expect((await preview(visit.id, 'OPConsultation', '?lang=fr')).status).toBe(400);
  });
});

describe('A document an engineer has made', () => {
  it('is judged as ours are, with an OperationOutcome', async () => {
    const row = aLegacyVisit();
    await linked(row);
    const [record] = await pulled(row);
    const document = JSON.parse(record!.text);
    const good = await hip.call('POST', '/api/v1/validate', document);
    expect(good.status).toBe(200);
    expect(good.headers.get('content-type')).toContain('application/fhir+json');
    expect(good.body.issue.every(({ severity }: any) => severity !== 'error')).toBe(true);

    delete document.timestamp;
    const bad = await hip.call('POST', '/api/v1/validate', document);
    expect(bad.body.resourceType).toBe('OperationOutcome');
    expect(bad.body.issue).toContainEqual(
      expect.objectContaining({ severity: 'error', expression: ['Bundle.timestamp'] }),
    );
  });

  it.each([
    ['a list', []],
    ['a word', '"x"'],
    ['nothing', 'null'],
    ['an empty object', {}],
  ])('that is %s gets an error, not a fault', async (_, body) => {
    const answer = await hip.call('POST', '/api/v1/validate', body, { 'content-type': 'application/json' });
    expect(answer.status).toBe(200);
    expect(answer.body.issue[0].severity).toBe('error');
  });

  it('may be sent as application/fhir+json', async () => {
    const answer = await hip.call('POST', '/api/v1/validate', '{"resourceType":"Bundle"}', {
      'content-type': 'application/fhir+json',
    });
    expect(answer.status).toBe(200);
    expect(answer.body.issue.some(({ severity }: any) => severity === 'error')).toBe(true);
  });

  it('is not judged for a stranger', async () => {
    expect((await hip.call('POST', '/api/v1/validate', {}, { 'x-api-key': 'ehk_nobody' })).status).toBe(401);
  });
});
