import { afterEach, describe, expect, test } from 'vitest';
import { countWorkdays, dueOn, extended, lawClock, lawTermOf, resumedDue, siteClock } from '#domain/complaints/deadlines.ts';
import { daysLeft, keepUntilOf } from '#domain/complaints/evidence.ts';
import { channels } from '#domain/complaints/model.ts';
import { isWorkday } from '#domain/shared/calendar.ts';
import { addDays, dayOf, instant, isoDate } from '#domain/shared/dates.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { loadCaseTerms } from '#storage/files/complaintData.ts';

const known = loadCalendar(findDataFolder());
const terms = loadCaseTerms(findDataFolder());
const day = (text: string) => isoDate.parse(text);
const workdays = (days: number) => ({ days, unit: 'workday' }) as const;
const found = <Value>(outcome: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string }) => (outcome.ok ? outcome.value : outcome.reason);

// Notices of real offices, and two holidays counted by hand from the published arrangement; first and last day counted.
test.each([['2025-09-26', '2025-10-09', 5], ['2025-11-27', '2025-12-04', 6], ['2025-08-18', '2025-08-22', 5], ['2026-02-13', '2026-02-25', 4], ['2026-09-30', '2026-10-10', 4]] as const)('%s to %s are %i working days', (first, last, count) => {
  expect(found(countWorkdays(day(first), day(last), known))).toBe(count);
  expect(found(dueOn(day(first), workdays(count - 1), known))).toBe(last);
});

describe('the clock', () => {
  test('of the site: a working day to confirm, fifteen to answer, an outside deadline when it is earlier', () => {
    expect(siteClock(day('2026-09-30'), null, terms, known)).toEqual({ confirmBy: '2026-10-08', answerBy: '2026-10-27', basis: 'site' });
    expect(siteClock(day('2026-02-13'), day('2026-02-20'), terms, known)).toMatchObject({ confirmBy: '2026-02-14', answerBy: '2026-02-20' });
    expect(siteClock(day('2026-02-13'), day('2027-01-01'), terms, known).answerBy).not.toBe('2027-01-01');
  });

  test('cannot be told past the last year that was published', () => {
    expect(found(dueOn(day('2026-12-30'), workdays(2), known))).toBe('calendar-missing');
    expect(found(countWorkdays(day('2026-12-31'), day('2027-01-01'), known))).toBe('calendar-missing');
    expect(siteClock(day('2026-12-31'), null, terms, known)).toEqual({ confirmBy: null, answerBy: null, basis: 'site' });
    expect(siteClock(day('2026-12-31'), day('2027-01-10'), terms, known).answerBy).toBe('2027-01-10');
  });

  test('of a law runs from the day a department signed, and only where the law has been read', () => {
    const petition = lawClock(day('2026-03-02'), { department: 'health', channel: 'petition', kind: 'complaint' }, null, terms, known);
    expect(petition).toMatchObject({ confirmBy: '2026-03-17', answerBy: '2026-05-01', basis: 'law' });
    const market = lawClock(day('2026-03-02'), { department: 'market-regulation', channel: null, kind: 'complaint' }, null, terms, known);
    expect([market.confirmBy, market.basis, market.term?.article]).toEqual(['2026-03-11', 'site', '第十四条']);
    expect(lawTermOf({ department: 'market-regulation', channel: '12315', kind: 'tipOff' }, terms)).toBeUndefined();
    expect(lawClock(day('2026-03-02'), { department: 'health', channel: null, kind: 'complaint' }, null, terms, known)).toMatchObject({ basis: 'site', term: null });
  });

  test('is put off by working days, no longer than the law that binds the case or this site allows, never past an outside deadline', () => {
    const ours = { department: '', channel: 'site', kind: 'complaint' } as const;
    expect(found(extended(day('2026-03-02'), 5, ours, null, terms, known))).toBe('2026-03-09');
    expect(found(extended(day('2026-03-02'), 15, ours, null, terms, known))).toBe('2026-03-23');
    expect(found(extended(day('2026-03-02'), 16, ours, null, terms, known))).toBe('extension-too-long');
    expect(found(extended(day('2026-03-02'), 15, ours, day('2026-03-10'), terms, known))).toBe('2026-03-10');
    // 信访: thirty days from the day it was due, whatever working days they hold.
    const petition = { department: 'health', channel: 'petition', kind: 'complaint' } as const;
    expect(found(extended(day('2026-05-01'), 19, petition, null, terms, known))).toBe('2026-05-29');
    expect(found(extended(day('2026-05-01'), 20, petition, null, terms, known))).toBe('extension-too-long');
    expect(found(extended(day('2026-12-28'), 5, ours, null, terms, known))).toBe('calendar-missing');
  });

  test('stands still while the complainant is waited for', () => {
    expect(found(resumedDue(day('2026-03-20'), day('2026-03-02'), day('2026-03-09'), known))).toBe('2026-03-27');
    expect(found(resumedDue(day('2026-03-20'), day('2026-03-02'), day('2026-03-02'), known))).toBe('2026-03-20');
  });
});

describe('whatever the server’s time zone', () => {
  const own = process.env['TZ'];
  afterEach(() => {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  });

  test('each channel has the same clock and the same extension in every zone, never past a day set outside, never before the day it began', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu'];
    const told = zones.map((zone) => {
      process.env['TZ'] = zone;
      return channels.flatMap((channel) => (['complaint', 'tipOff'] as const).flatMap((kind) => Array.from({ length: 60 }, (_, at) => addDays(day('2025-01-02'), at * 11)).map((on) => {
        const outside = Number(on.slice(-2)) % 3 === 0 ? addDays(on, 12) : null;
        const bound = { department: Number(on.slice(-1)) % 2 === 0 ? 'market-regulation' : 'health', channel, kind };
        const clock = lawClock(on, bound, outside, terms, known);
        const later = clock.answerBy === null ? null : extended(clock.answerBy, 5, bound, outside, terms, known);
        for (const due of [clock.answerBy, later?.ok === true ? later.value : null]) {
          if (due === null) continue;
          expect(due > on).toBe(true);
          if (outside !== null) expect(due <= outside).toBe(true);
        }
        if (channel === 'petition') expect(clock.basis).toBe('law');
        return [channel, kind, on, clock.confirmBy, clock.answerBy, clock.basis, later?.ok === true ? later.value : later?.reason].join();
      })));
    });
    for (const one of told) expect(one).toEqual(told[0]);
    expect(new Set(told[0]?.map((line) => line.split(',')[0])).size).toBe(channels.length);
  });

  test('every day of three years has the same due days, each a working day with so many between', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London', 'Asia/Kathmandu'];
    const told = zones.map((zone) => {
      process.env['TZ'] = zone;
      return Array.from({ length: 1_000 }, (_, at) => addDays(day('2024-01-01'), at)).map((from) => {
        const due = dueOn(from, workdays(1 + (Number(from.slice(-2)) % 15)), known);
        if (!due.ok) return `${from} ${due.reason}`;
        expect(isWorkday(due.value, known)).toBe(true);
        expect(found(countWorkdays(addDays(from, 1), due.value, known))).toBe(1 + (Number(from.slice(-2)) % 15));
        return `${from} ${due.value} ${dayOf(instant.parse(Date.parse(`${from}T23:59:59+08:00`)))}`;
      }).join('\n');
    });
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('2024-02-04 ');
  });
});

test('recordings: the last day counts from the end of the time named, and is told only where they matter', () => {
  expect(keepUntilOf({ recorded: true }, day('2026-11-20'), terms.recordingDays)).toBe('2027-02-18');
  expect([keepUntilOf({ recorded: true }, null, 90), keepUntilOf({ recorded: false }, day('2026-11-20'), 90)]).toEqual([null, null]);
  expect([daysLeft(day('2026-11-25'), day('2026-11-23')), daysLeft(day('2026-11-23'), day('2026-11-23')), daysLeft(day('2026-11-20'), day('2026-11-23'))]).toEqual([3, 1, 0]);
});
