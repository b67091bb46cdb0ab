import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, type Asked, CALLBACKS, HIP, linkBody, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterAll(() => hip.stop());

const AUGUST = { from: '2025-08-01T00:00:00.000Z', to: '2025-08-31T00:00:00.000Z' };

async function asks(grant: object, wishes: object = {}): Promise<Asked> {
  const { patient, reference } = await hip.aLinkedVisit();
  const whole = { abhaAddress: patient.abhaAddress, hipId: HIP, ...grant };
  const { body } = await hip.adapter.control('POST', 'consents', whole);
  await hip.acknowledge();
  await hip.adapter.control('POST', `consents/${(body as any).consentId}/request`, wishes);
  const asked = await hip.nextRequest(reference);
  await hip.accept(asked);
  return asked;
}

function aDocument(date: string, profile = 'OPConsultRecord'): string {
  const meta = { profile: [`https://nrces.in/ndhm/fhir/r4/StructureDefinition/${profile}`] };
  return JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Composition', meta, date } }] });
}

async function rulesBrokenBy(asked: Asked, plaintext: string, reference?: string): Promise<string[]> {
  await hip.push(asked, aPage(asked, plaintext, reference));
  return hip.brokenRules();
}

describe('what is in an entry', () => {
  it.each([
    ['on its first day', '2025-08-01T09:00:00+05:30'],
    ['on its last day in India', '2025-08-31T23:00:00+05:30'],
    ['a day off, as zones have it', '2025-07-31'],
  ])('may be of the consent’s time: %s', async (_what, date) => {
    expect(await rulesBrokenBy(await asks({ dateRange: AUGUST }), aDocument(date))).toEqual([]);
  });

  it.each([
    ['before', '2025-07-30T12:00:00Z'],
    ['after', '2025-09-02T12:00:00+05:30'],
  ])('may not be of the time %s it', async (_what, date) => {
    const asked = await asks({ dateRange: AUGUST });
    expect(await rulesBrokenBy(asked, aDocument(date))).toEqual(['push-outside-artefact']);
  });

  it('may not be of a time that was not asked for', async () => {
    const asked = await asks({}, { dateRange: AUGUST });
    expect(await rulesBrokenBy(asked, aDocument('2025-06-01'))).toEqual(['push-outside-artefact']);
  });

  it('may not be of a kind the consent does not name', async () => {
    const asked = await asks({ hiTypes: ['OPConsultation'] });
    const document = aDocument('2025-08-12', 'PrescriptionRecord');
    expect(await rulesBrokenBy(asked, document)).toEqual(['push-outside-artefact']);
  });

  it('may not be of another patient, though the consent names her care context', async () => {
    const { reference } = await hip.aLinkedVisit();
    const asked = await asks({ careContexts: [{ patientReference: 'UHID-1', careContextReference: reference }] });
    expect(await rulesBrokenBy(asked, aDocument('2025-08-12'), reference)).toEqual(['push-of-another-patient']);
  });

  it('is hers although it is linked to another address as well', async () => {
    const [asked, { patient: other, linkToken }] = [await asks({}), await hip.aLinkedVisit()];
    await hip.link(linkBody(other, asked.reference), linkToken);
    await hip.adapter.callback(CALLBACKS.linked);
    expect(await rulesBrokenBy(asked, aDocument('2025-08-12'))).toEqual([]);
  });
});
