import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageOn, fitsMonths } from '#domain/shared/age.ts';
import { isoDate, yearMonth } from '#domain/shared/dates.ts';

const day = (text: string) => isoDate.parse(text);
const month = (text: string) => yearMonth.parse(text);

test('a child born in March 2025 is 11 or 12 months old on 5 March 2026', () => {
  expect(ageOn(day('2026-03-05'), month('2025-03'))).toEqual({ least: 11, most: 12 });
});

test('a child expected next month has a negative age', () => {
  expect(ageOn(day('2026-11-22'), month('2026-12'))).toEqual({ least: -2, most: -1 });
});

/** 满月龄 by the calendar: months completed, where a birthday that a month lacks falls on the month's last day. */
const monthsCompleted = (born: Date, on: Date): number => {
  const whole = (on.getUTCFullYear() - born.getUTCFullYear()) * 12 + on.getUTCMonth() - born.getUTCMonth();
  const lastDay = new Date(Date.UTC(on.getUTCFullYear(), on.getUTCMonth() + 1, 0)).getUTCDate();
  return on.getUTCDate() >= Math.min(born.getUTCDate(), lastDay) ? whole : whole - 1;
};

test('whatever the day of birth, the exact age is one of the two', () => {
  const anyDay = fc.date({ min: new Date('2019-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).map((date) => new Date(`${date.toISOString().slice(0, 10)}T00:00:00Z`));
  fc.assert(fc.property(anyDay, anyDay, (born, on) => {
    const { least, most } = ageOn(day(on.toISOString().slice(0, 10)), month(born.toISOString().slice(0, 7)));
    expect([least, most]).toContain(monthsCompleted(born, on));
  }), { numRuns: 2_000 });
});

test('an age is refused only when neither possible age fits', () => {
  expect(fitsMonths({ least: 11, most: 12 }, 12, 24)).toBe('check');
  expect(fitsMonths({ least: 12, most: 13 }, 12, 24)).toBe('fits');
  expect(fitsMonths({ least: 23, most: 24 }, 12, 24)).toBe('check');
  expect(fitsMonths({ least: 24, most: 25 }, 12, 24)).toBe('too-old');
  expect(fitsMonths({ least: 10, most: 11 }, 12, 24)).toBe('too-young');
});
