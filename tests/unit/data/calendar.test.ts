import { describe, expect, test } from 'vitest';
import { addWorkdays, isWorkday } from '#domain/shared/calendar.ts';
import { addDays, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { copyOfData, problemsOf, realData, spoil } from '#tests/unit/data/copyOfData.ts';

const cn = loadCalendar(realData);
const day = (text: string): IsoDate => isoDate.parse(text);
const workdaysFrom = (from: IsoDate, until: IsoDate): number => {
  let count = 0;
  for (let at = from; at <= until; at = addDays(at, 1)) if (isWorkday(at, cn) === true) count += 1;
  return count;
};

describe('spans of workdays', () => {
  // The first three are spans that published government notices state in so many words.
  test.each([
    ['2025-09-26', '2025-10-09', 5],
    ['2025-11-27', '2025-12-04', 6],
    ['2025-08-18', '2025-08-22', 5],
    ['2026-02-13', '2026-02-25', 4],
    ['2026-09-30', '2026-10-10', 4],
  ])('%s to %s, both counted, are %i workdays', (from, until, expected) => {
    expect(workdaysFrom(day(from), day(until))).toBe(expected);
    expect(addWorkdays(day(from), expected - 1, cn)).toEqual({ ok: true, value: until });
  });
});

describe('single days', () => {
  test('a make-up Saturday is worked, a Monday holiday is not, an ordinary Sunday is not', () => {
    expect(isWorkday(day('2026-02-14'), cn)).toBe(true);
    expect(isWorkday(day('2026-02-16'), cn)).toBe(false);
    expect(isWorkday(day('2026-11-22'), cn)).toBe(false);
    expect(isWorkday(day('2026-11-23'), cn)).toBe(true);
  });

  test('a year without a published calendar is not guessed', () => {
    expect(isWorkday(day('2027-01-04'), cn)).toBe('unknown');
    expect(addWorkdays(day('2026-12-30'), 1, cn)).toEqual({ ok: true, value: '2026-12-31' });
    expect(addWorkdays(day('2026-12-30'), 2, cn)).toEqual({ ok: false, reason: 'calendar-ends' });
  });

  test('five workdays after the Friday before Spring Festival fall after the holiday', () => {
    expect(addWorkdays(day('2026-02-13'), 5, cn)).toEqual({ ok: true, value: '2026-02-27' });
    expect(addWorkdays(day('2026-02-13'), 0, cn)).toEqual({ ok: true, value: '2026-02-13' });
    expect(() => addWorkdays(day('2026-02-13'), -1, cn)).toThrow(RangeError);
  });
});

describe('a fault in a calendar stops the load', () => {
  test('a day that does not exist, a wrong year and an unknown key are named', () => {
    const data = copyOfData();
    spoil(data, 'calendars/cn-2026.json', '"2026-10-07"', '"2026-02-30"');
    spoil(data, 'calendars/cn-2025.json', '"year": 2025', '"year": 2024');
    spoil(data, 'calendars/cn-2024.json', '"region"', '"zone": "CN",\n  "region"');
    const problems = problemsOf(() => loadCalendar(data));
    expect(problems.some((problem) => /^data\/calendars\/cn-2026\.json, key daysOff\.\d+: expected a real day YYYY-MM-DD, got "2026-02-30"$/.test(problem))).toBe(true);
    expect(problems).toContain('data/calendars/cn-2025.json, key year: expected the year in the file\'s name, got "2024"');
    expect(problems).toContain('data/calendars/cn-2024.json, key zone: unknown key');
  });

  test('a make-up workday must be a weekend day', () => {
    const data = copyOfData();
    spoil(data, 'calendars/cn-2026.json', '"2026-10-10"', '"2026-10-12"');
    expect(problemsOf(() => loadCalendar(data))).toEqual(['data/calendars/cn-2026.json, key makeUpWorkdays: expected a Saturday or Sunday, got "2026-10-12"']);
  });
});
