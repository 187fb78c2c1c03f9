import { expect, test } from 'vitest';
import { dayText, fullDayText, monthText, slotDayText, slotStartText, slotTimeText } from '#text/dates.ts';

test('a visit is said with its weekday and its clock', () => {
  expect(slotStartText('2026-11-22T10:30:00+08:00')).toBe('11月22日 周日 10:30');
  expect(slotDayText('2026-11-28T00:15:00+08:00')).toBe('11月28日 周六');
  expect(slotTimeText('2026-11-23T09:00:00+08:00', '2026-11-23T09:45:00+08:00')).toBe('09:00–09:45');
});

test('a day of another year says its year', () => {
  expect(dayText('2026-11-08', '2026-11-22')).toBe('11月8日');
  expect(dayText('2025-12-31', '2026-01-01')).toBe('2025年12月31日');
  expect(fullDayText('2024-09-08')).toBe('2024年9月8日');
  expect(monthText('2027-03')).toBe('2027年3月');
});
