import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { DiscoverRequest } from './discover.js';
import { LinkConfirmRequest } from './link-confirm.js';

async function read<T extends object>(type: new () => T, body: object): Promise<T> {
  const message = plainToInstance(type, body);
  expect(await validate(message, { forbidUnknownValues: false })).toEqual([]);
  return message;
}

const discover = (patient: object) => read(DiscoverRequest, { transactionId: 'f901b782', patient });

describe('A discovery as it comes', () => {
  it('is read with identifiers null, half empty, or numbers', async () => {
    const { patient } = await discover({
      id: 'test.patient@sbx',
      verifiedIdentifiers: [{ type: 'MOBILE', value: 9812300045 }, { type: 'EMAIL', value: null }, null, 'x'],
      unverifiedIdentifiers: null,
      name: 'Test Patient',
      gender: 'F',
      yearOfBirth: 1988,
    });
    expect(patient.verifiedIdentifiers).toEqual([{ type: 'MOBILE', value: '9812300045' }]);
    expect(patient.unverifiedIdentifiers).toEqual([]);
    expect(patient.yearOfBirth).toBe('1988');
  });

  it('is read though name, gender, year and identifiers are missing: it finds nobody, and is answered', async () => {
    const { patient } = await discover({ name: null });
    expect(patient).toMatchObject({
      id: '',
      verifiedIdentifiers: [],
      unverifiedIdentifiers: [],
      name: '',
      gender: '',
      yearOfBirth: '',
    });
  });
});

describe('A code as it comes', () => {
  it.each([
    [123456, '123456'],
    ['123456', '123456'],
    [' 123456 ', '123456'],
    [null, ''],
    [{}, ''],
  ])('%j is read as %j: what is wrong with it is told by on-confirm', async (token, expected) => {
    const { confirmation } = await read(LinkConfirmRequest, { confirmation: { token, linkRefNumber: null } });
    expect(confirmation).toMatchObject({ token: expected, linkRefNumber: '' });
  });
});
