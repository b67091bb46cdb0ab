import { describe, expect, it } from '@jest/globals';
import { AuditFilter } from './audit/audit.dto.js';
import { fieldsPipe } from './fields.js';
import type { Problem } from './problem.js';
import { EndpointWishDto } from './webhooks/webhooks.dto.js';

/** What is said of the fields of a query or body. */
async function said(metatype: typeof AuditFilter | typeof EndpointWishDto, value: object): Promise<unknown> {
  const error: unknown = await fieldsPipe()
    .transform(value, { type: 'query', metatype })
    .catch((problem: unknown) => problem);
  return (error as { getResponse?: () => object }).getResponse === undefined
    ? 'nothing'
    : ((error as Problem).getResponse() as { errors: unknown }).errors;
}

const EVENTS = 'visit.linked, visit.failed, consent.granted, consent.revoked, records.shared, profile.shared';

describe('Of a field that is wrong', () => {
  it('is said, once, that it is missing, and what it should be', async () => {
    expect(await said(EndpointWishDto, {})).toEqual([
      { field: 'url', code: 'missing', detail: 'is missing: must be a URL' },
      { field: 'events', code: 'missing', detail: `is missing: must be a list of some of ${EVENTS}` },
    ]);
  });

  it('is said, once, what it should be', async () => {
    expect(await said(EndpointWishDto, { url: 7, events: 'visit.linked' })).toEqual([
      { field: 'url', code: 'isString', detail: 'must be a URL' },
      { field: 'events', code: 'isArray', detail: `must be a list of some of ${EVENTS}` },
    ]);
    expect(await said(AuditFilter, { limit: 'many' })).toEqual([
      { field: 'limit', code: expect.any(String), detail: 'must be a whole number from 1 to 200' },
    ]);
  });

  it('because the whole is a list, is said that it must be an object', async () => {
    expect(await said(AuditFilter, [])).toEqual([
      { field: expect.any(String), code: 'form', detail: 'must be a JSON object' },
    ]);
  });

  it('and unknown is said which are known', async () => {
    expect(await said(AuditFilter, { foo: '1' })).toEqual([
      {
        field: 'foo',
        code: 'unknown',
        detail: expect.stringMatching(/^is not known here; known are .*patientUhid.*limit, cursor$/),
      },
    ]);
  });

  it.each(['visit', 'patientUhid'])('%s, a control character is named', async (field) => {
    expect(await said(AuditFilter, { [field]: 'OPD\u0000' })).toEqual([
      { field, code: 'matches', detail: 'must not hold control characters' },
    ]);
  });

  it('that is an action nobody knows, the known ones are said', async () => {
    expect(await said(AuditFilter, { action: 'record.taken' })).toEqual([
      { field: 'action', code: 'isIn', detail: expect.stringMatching(/^must be one of record\.shared, .*audit\.read/) },
    ]);
    expect(await said(AuditFilter, { action: 'record.shared' })).toBe('nothing');
  });
});
