import { describe, expect, it } from '@jest/globals';
import { Problem } from '../problem.js';
import { daysOf, districtPeriod, facilityPeriod } from './report-period.js';

const TODAY = '2028-02-17';

describe('The period of a report', () => {
  it('is today, unless something else is asked for', () => {
    expect(facilityPeriod({}, TODAY)).toEqual({ from: TODAY, to: TODAY });
    expect(facilityPeriod({ from: '2028-01-01' }, TODAY)).toEqual({ from: '2028-01-01', to: '2028-01-01' });
    expect(facilityPeriod({ from: '2027-03-01', to: '2028-02-29' }, TODAY)).toMatchObject({ to: '2028-02-29' });
  });

  it.each([
    { from: '2028-01-02', to: '2028-01-01' },
    { from: '2027-01-01', to: '2028-02-01' },
  ])('is refused when it ends before it begins or is longer than a year: %j', (asked) => {
    expect(() => facilityPeriod(asked, TODAY)).toThrow(Problem);
  });

  it('of a district is a calendar month, the last one unless another is asked for', () => {
    const february = { from: '2028-02-01', to: '2028-02-29' };
    expect(districtPeriod({}, TODAY)).toEqual({ from: '2028-01-01', to: '2028-01-31' });
    expect(districtPeriod({}, '2028-01-01').to).toBe('2027-12-31');
    expect(districtPeriod(february, '2028-03-01')).toEqual(february);
    expect(districtPeriod({ from: '2027-12-01', to: '2027-12-31' }, TODAY).to).toBe('2027-12-31');
    expect(daysOf(february)).toHaveLength(29);
  });

  it.each([
    [TODAY, '2028-02-01'],
    ['2028-02-29', '2028-02-01'],
    [TODAY, '2028-03-01'],
  ])('of a district is over: on %s the month from %s is not to be had', (today, from) => {
    expect(() => districtPeriod({ from }, today)).toThrow(
      expect.objectContaining({ response: expect.objectContaining({ code: 'month-not-over' }) }),
    );
  });

  it.each([
    { from: TODAY, to: TODAY },
    { from: '2028-02-01', to: '2028-02-28' },
    { from: '2028-01-01', to: '2028-02-29' },
    { to: '2028-02-28' },
    { from: '2028-02-02' },
  ])('of a district is nothing else: %j', (asked) => {
    expect(() => districtPeriod(asked, TODAY)).toThrow(Problem);
  });
});
