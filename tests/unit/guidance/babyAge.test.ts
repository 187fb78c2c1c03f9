import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysAfter, daysUntil, exactAge, monthsAfter, readBirthDay, readDueDay, readTypedDay } from '#domain/guidance/babyAge.ts';

const anyDay = fc.date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));

/** The calendar definition, by walking day after day with the Date object alone: no code is shared. */
const walk = (birth: string, today: string): { months: number; days: number } => {
  const born = Number(birth.slice(8));
  let [at, months, days] = [new Date(`${birth}T00:00:00Z`), 0, 0];
  while (at.toISOString().slice(0, 10) < today) {
    at = new Date(at.getTime() + 86_400_000);
    const tomorrow = new Date(at.getTime() + 86_400_000);
    const isLastDay = tomorrow.getUTCDate() === 1;
    if (at.getUTCDate() === born || (isLastDay && at.getUTCDate() < born)) [months, days] = [months + 1, 0];
    else days += 1;
  }
  return { months, days };
};

describe('满 N 个月零 D 天', () => {
  test.each([
    ['2026-01-31', '2026-02-27', 0, 27], ['2026-01-31', '2026-02-28', 1, 0], ['2026-01-31', '2026-03-30', 1, 30], ['2026-01-31', '2026-03-31', 2, 0],
    ['2024-02-29', '2025-02-28', 12, 0], ['2024-02-29', '2024-03-29', 1, 0], ['2024-01-30', '2024-02-29', 1, 0], ['2023-11-23', '2026-11-22', 35, 30], ['2023-11-23', '2026-11-23', 36, 0], ['2026-11-23', '2026-11-23', 0, 0],
  ])('born %s, on %s: %i months and %i days', (birth, today, months, days) => {
    expect(exactAge(birth, today)).toEqual({ months, days });
  });

  test('there is none before the birth', () => { expect(exactAge('2026-11-24', '2026-11-23')).toBeNull(); });

  test('equals a walk through the calendar for any two days', () => {
    fc.assert(fc.property(anyDay, fc.nat(1200), (birth, ahead) => {
      const today = daysAfter(birth, ahead);
      expect(exactAge(birth, today)).toEqual(walk(birth, today));
    }), { numRuns: 500 });
  });

  test('months and days never fall back as days pass, and lead back to the day', () => {
    fc.assert(fc.property(anyDay, fc.nat(4000), (birth, ahead) => {
      const today = daysAfter(birth, ahead);
      const [age, next] = [exactAge(birth, today), exactAge(birth, daysAfter(today, 1))];
      if (!age || !next) throw new Error('a born child has an age');
      expect(daysAfter(monthsAfter(birth, age.months), age.days)).toBe(today);
      expect(age.days).toBeLessThan(31);
      expect(next.months * 40 + next.days).toBeGreaterThan(age.months * 40 + age.days);
      expect(daysUntil(birth, today)).toBe(ahead);
    }), { numRuns: 1_000 });
  });
});

describe('a typed date', () => {
  test.each(['20250308', '2025-3-8', '2025年3月8日', '2025年3月8号', '2025/03/08', '2025.3.8', '２０２５０３０８', '２０２５－３－８', '2025，3，8', '2025,3,8', ' 2025 3 8 ', '2025、3、8'])('%s is 8 March 2025', (typed) => {
    expect(readTypedDay(typed)).toEqual({ ok: true, value: '2025-03-08' });
  });

  test.each([['', 'blank'], ['   ', 'blank'], ['去年三月', 'unreadable'], ['25-3-8', 'unreadable'], ['2025-3', 'unreadable'], ['20250231', 'no-such-day'], ['20250229', 'no-such-day'], ['2025-13-1', 'no-such-day'], ['2025-0-1', 'no-such-day'], ['-1', 'unreadable'], ['<script>', 'unreadable']])('"%s" is %s', (typed, reason) => {
    expect(readTypedDay(typed)).toEqual({ ok: false, reason });
  });

  const today = '2026-11-23';
  test.each([['20261124', 'future'], ['20161123', 'too-long-ago'], ['19900101', 'too-long-ago']])('a birth on %s is refused as %s', (typed, reason) => {
    expect(readBirthDay(typed, today)).toEqual({ ok: false, reason });
  });
  test('a birth today and one just under ten years ago are taken', () => {
    expect([readBirthDay('20261123', today).ok, readBirthDay('20161124', today).ok]).toEqual([true, true]);
  });
  test.each([['20261020', 'due-passed'], ['20271001', 'due-too-far']])('an expected day %s is refused as %s', (typed, reason) => {
    expect(readDueDay(typed, today)).toEqual({ ok: false, reason });
  });
  test('an expected day in spring, and one that passed last week, are taken', () => {
    expect([readDueDay('20270405', today).ok, readDueDay('20261116', today).ok]).toEqual([true, true]);
  });
});
