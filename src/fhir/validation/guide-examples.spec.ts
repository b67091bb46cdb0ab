import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  GUIDE_EXAMPLES,
  errorsOf,
  expectSameVerdict,
  ourTables,
  publishedPackage,
} from '../../../test/makers/verdicts.js';

const filesIn = (folder: string): string[] =>
  GUIDE_EXAMPLES === undefined
    ? []
    : readdirSync(`${GUIDE_EXAMPLES}/${folder}`).filter((name) => name.endsWith('.json'));

const read = (name: string): any => JSON.parse(readFileSync(`${GUIDE_EXAMPLES ?? ''}/${name}`, 'utf8'));

/** What the guide itself got wrong: a follow-up section with a code the profile does not know, before a known one. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'Bundle-OPConsultNote-example-05.json': ['unknown-section-before-known Bundle.entry[0].resource.section[6]'],
};

describe('the guide’s examples', () => {
  it('are without error but for one known defect, with our tables and with the published package', () => {
    for (const name of filesIn('.')) {
      expect([name, ...expectSameVerdict(read(name))]).toEqual([name, ...(KNOWN[name] ?? [])]);
    }
  });

  it('claim eight profiles of vital signs that the guide no longer has', () => {
    const [wellness] = filesIn('.').filter((name) => name.includes('Wellness'));
    if (wellness === undefined) return;
    const rules = ourTables.validate(read(wellness)).map(({ rule }) => rule);
    expect(rules.filter((rule) => rule === 'unknown-profile')).toHaveLength(8);
  });

  it('are without error one by one', () => {
    for (const name of filesIn('resources')) {
      const resource = read(`resources/${name}`);
      const errors = errorsOf((publishedPackage ?? ourTables).validateResource(resource));
      expect([name, ...errors]).toEqual([name]);
      expect(errorsOf(ourTables.validateResource(resource))).toEqual(errors);
    }
  });

  it('are without error where bundles of claims are sliced by type of resource', () => {
    for (const name of filesIn('nhcx')) {
      const errors = publishedPackage === undefined ? [] : errorsOf(publishedPackage.validate(read(`nhcx/${name}`)));
      expect([name, ...errors]).toEqual([name]);
    }
  });

  it('become invalid where a required entry of a claim is taken away', () => {
    const [name] = filesIn('nhcx').filter((each) => each.includes('ClaimBundle'));
    if (publishedPackage === undefined || name === undefined) return;
    const bundle = read(`nhcx/${name}`);
    bundle.entry = bundle.entry.filter(({ resource }: any) => resource.resourceType !== 'Claim');
    expect(errorsOf(publishedPackage.validate(bundle)).join()).toContain('missing-part Bundle.entry');
  });
});
