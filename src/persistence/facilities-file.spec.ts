import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { readFacilities } from './facilities-file.js';

describe('The facilities file', () => {
  it('gives the facilities, with the HFR id as service id where the bridge gave no other', () => {
    const text = `
      facilities:
        - { hfrId: IN2210000101, name: ' District Hospital Bastar ', district: Bastar, state: Chhattisgarh }
        - { hfrId: IN2210000103, serviceId: IN2210000103_1, name: CHC Lohandiguda }`;
    expect(readFacilities(text)).toEqual([
      {
        hfrId: 'IN2210000101',
        serviceId: 'IN2210000101',
        name: 'District Hospital Bastar',
        district: 'Bastar',
        state: 'Chhattisgarh',
      },
      { hfrId: 'IN2210000103', serviceId: 'IN2210000103_1', name: 'CHC Lohandiguda' },
    ]);
  });

  it.each(['', 'facilities: []', 'facilities:', '# nothing yet'])('may name none: %j', (text) => {
    expect(readFacilities(text)).toEqual([]);
  });

  it('is refused with all its problems at once, each with its place', () => {
    const text = `
      facilities:
        - { hfrId: IN22, name: A }
        - { hfrId: IN2210000101, serviceId: '-', name: '' }
        - just words
        -`;
    expect(problemsIn(text)).toEqual([
      'facilities[0].hfrId',
      'facilities[1].serviceId',
      'facilities[1].name',
      ...['hfrId', 'serviceId', 'name'].map((field) => `facilities[2].${field}`),
      ...['hfrId', 'serviceId', 'name'].map((field) => `facilities[3].${field}`),
    ]);
  });

  it('is refused when it names one facility, or one service id, twice', () => {
    const text = `
      facilities:
        - { hfrId: IN2210000101, name: A }
        - { hfrId: IN2210000101, serviceId: B_1, name: B }
        - { hfrId: IN2210000102, serviceId: IN2210000101, name: C }`;
    expect(problemsIn(text)).toEqual(['facilities[1].hfrId', 'facilities[2].serviceId']);
  });

  it('is refused when it is no list, or no YAML, with a sentence', () => {
    expect(() => readFacilities('facilities: IN2210000101')).toThrow('facilities: a list is expected');
    expect(() => readFacilities('facilities: [')).toThrow();
  });

  it('comes with the program, naming none', async () => {
    const shipped = await readFile(new URL('../../config/facilities.yaml', import.meta.url), 'utf8');
    expect(readFacilities(shipped)).toEqual([]);
    const example = shipped.replace('facilities: []', '').replaceAll(/^# ?(?=facilities:| {2})/gm, '');
    expect(readFacilities(example)).toHaveLength(1);
  });
});

/** Where, in the order of the message. */
function problemsIn(text: string): readonly string[] {
  try {
    readFacilities(text);
  } catch (error) {
    return String(error).match(/facilities\[\d\]\.\w+/g) ?? [];
  }
  return [];
}
