import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, instant, instantAt, isoDate, timeOf, weekdayOf, writeInstant, yearMonth } from '#domain/shared/dates.ts';

test('an instant late in the UTC day belongs to the next day in Shanghai', () => {
  const late = instant.parse(Date.parse('2026-11-22T16:30:00Z'));
  expect([dayOf(late), timeOf(late), writeInstant(late)]).toEqual(['2026-11-23', '00:30', '2026-11-23T00:30:00+08:00']);
  expect(instantAt(isoDate.parse('2026-11-23'), '00:30')).toBe(late);
});

test('weekdays count from Monday', () => {
  expect(['2026-11-22', '2026-11-23', '2024-02-29'].map((day) => weekdayOf(isoDate.parse(day)))).toEqual([7, 1, 4]);
});

test('days that do not exist are refused', () => {
  for (const day of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', '26-04-01', '']) expect(isoDate.safeParse(day).success).toBe(false);
  expect(isoDate.safeParse('2028-02-29').success).toBe(true);
});

test('adding days and months goes there and back', () => {
  const anyDay = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => isoDate.parse(date.toISOString().slice(0, 10)));
  fc.assert(fc.property(anyDay, fc.integer({ min: -4_000, max: 4_000 }), (day, count) => {
    expect(daysBetween(day, addDays(day, count))).toBe(count);
    const month = yearMonth.parse(day.slice(0, 7));
    expect(addMonths(addMonths(month, count % 200), -(count % 200))).toBe(month);
  }));
});
