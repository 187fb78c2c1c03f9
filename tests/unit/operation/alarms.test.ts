import { expect, test } from 'vitest';
import { alarmsOf, closesBelow, type Standing } from '#domain/operation/alarms.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { alarmText } from '#text/alarms.ts';

const now = instant.parse(Date.parse('2026-11-23T10:00:00+08:00'));
const minute = 60_000;
const well: Standing = {
  now, disk: { free: 50 * 1024 ** 3, total: 100 * 1024 ** 3 }, outbox: { oldestDueAt: null, dead: 0 },
  backups: { kind: 'on', age: 5 * minute, late: false, failed: false }, calendarUntil: isoDate.parse('2027-12-31'), newestEventAt: instant.parse(now - minute),
};
const codesOf = (change: Partial<Standing>) => alarmsOf({ ...well, ...change }).map(({ code, level }) => `${code} ${level}`);

test('where all is well nothing is said', () => {
  expect(alarmsOf(well)).toEqual([]);
  expect(codesOf({ disk: null, newestEventAt: null })).toEqual([]);
});

test.each<[string, Partial<Standing>, readonly string[]]>([
  ['little space', { disk: { free: closesBelow, total: 1e12 } }, ['disk-low warning']],
  ['hardly any space', { disk: { free: closesBelow - 1, total: 1e12 } }, ['disk-closed urgent']],
  ['a notice due for 29 minutes', { outbox: { oldestDueAt: instant.parse(now - 29 * minute), dead: 0 } }, []],
  ['a notice due for half an hour and more', { outbox: { oldestDueAt: instant.parse(now - 31 * minute), dead: 0 } }, ['outbox-stuck urgent']],
  ['a notice due later', { outbox: { oldestDueAt: instant.parse(now + 600 * minute), dead: 2 } }, ['outbox-dead warning']],
  ['no backups', { backups: { kind: 'off' } }, ['backup-off warning']],
  ['a backup that failed', { backups: { kind: 'on', age: minute, late: false, failed: true } }, ['backup-failed urgent']],
  ['no backup yet', { backups: { kind: 'on', age: null, late: true, failed: false } }, ['backup-late urgent']],
  ['a calendar that ends within 45 days', { calendarUntil: isoDate.parse('2026-12-31') }, ['calendar-ending warning']],
  ['a calendar that has ended', { calendarUntil: isoDate.parse('2025-12-31') }, ['calendar-missing urgent']],
  ['no calendar', { calendarUntil: null }, ['calendar-missing urgent']],
  ['a clock behind what was recorded', { newestEventAt: instant.parse(now + 6 * minute) }, ['clock-behind urgent']],
  ['several, urgent first', { backups: { kind: 'off' }, calendarUntil: null }, ['calendar-missing urgent', 'backup-off warning']],
])('%s', (_, change, expected) => {
  expect(codesOf(change)).toEqual(expected);
});

test('each is told in words that say what to do', () => {
  for (const alarm of alarmsOf({ ...well, disk: { free: 1e8, total: 1e12 }, outbox: { oldestDueAt: instant.parse(now - 300 * minute), dead: 3 }, backups: { kind: 'on', age: null, late: true, failed: false }, calendarUntil: null, newestEventAt: instant.parse(now + 10 * minute) })) {
    const { title, what } = alarmText(alarm);
    expect(title.length, alarm.code).toBeGreaterThan(4);
    expect(what, alarm.code).toMatch(/。$/);
    expect(what).not.toMatch(/undefined|null|NaN/);
  }
});
