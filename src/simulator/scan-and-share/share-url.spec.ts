import { describe, expect, it } from '@jest/globals';
import { counterIn, NotAShareUrl } from './share-url.js';

const BASE = 'https://phrsbx.abdm.gov.in/share-profile';

describe('the QR at a counter', () => {
  it.each([BASE, 'https://phr.abdm.gov.in/share-profile'])('is read from %s', (base) => {
    const counter = { hipId: 'IN2210000101', counterId: 'OPD1' };
    expect(counterIn(`${base}?hip-id=IN2210000101&counter-id=OPD1`)).toEqual(counter);
    expect(counterIn(`${base}?counter-id=OPD1&hip-id=IN2210000101`)).toEqual(counter);
  });

  it('is refused in the spelling no app reads, with a word on what to write', () => {
    expect(() => counterIn(`${BASE}?hipid=IN2210000101&counterid=OPD1`)).toThrow(/"hipid".*hip-id and counter-id/);
    expect(() => counterIn(`${BASE}?hip-id=IN2210000101&counterid=OPD1`)).toThrow(/"counterid"/);
  });

  it.each([
    'OPD1',
    'http://phrsbx.abdm.gov.in/share-profile?hip-id=IN2210000101&counter-id=OPD1',
    'https://phrsbx.abdm.gov.in.example.org/share-profile?hip-id=IN2210000101&counter-id=OPD1',
    'https://phrsbx.abdm.gov.in/face-auth?hip-id=IN2210000101&counter-id=OPD1',
    `${BASE}?hip-id=IN2210000101`,
    `${BASE}?hip-id=&counter-id=OPD1`,
    `${BASE}?hip-id=IN2210000101&counter-id=OPD1&counter-id=OPD2`,
    `${BASE}?hip-id=IN2210000101&counter-id=OPD%201`,
    `${BASE}?hip-id=IN2210000101&counter-id=ABCDEFGHIJ12345678901`,
    `${BASE}?hip-id=IN2210000101&counter-id=IN2210000101`,
  ])('is not %s', (qr) => expect(() => counterIn(qr)).toThrow(NotAShareUrl));
});
