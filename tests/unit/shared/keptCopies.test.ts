import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copiesToDiscard } from '#domain/shared/keptCopies.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000] as const;
const now = Date.parse('2026-11-23T10:07:00Z');

test('a copy each quarter of an hour for 60 days leaves 24 hours of quarters, 7 days of hours, 35 of days', () => {
  let held: readonly number[] = [];
  for (let at = now - 60 * day; at <= now; at += 15 * minute) {
    const gone = new Set(copiesToDiscard([...held, at], at));
    held = [...held, at].filter((one) => !gone.has(one));
  }
  const within = (from: number, to: number): number => held.filter((at) => now - at > from && now - at <= to).length;
  expect(held.filter((at) => now - at <= day)).toHaveLength(97);
  expect(within(day, 7 * day)).toBeGreaterThanOrEqual(6 * 24);
  expect(within(day, 7 * day)).toBeLessThanOrEqual(6 * 24 + 1);
  expect(within(7 * day, 35 * day)).toBeGreaterThanOrEqual(28);
  expect(within(7 * day, 35 * day)).toBeLessThanOrEqual(29);
  expect(within(35 * day, 100 * day)).toBe(0);
});

test('the newest is kept however old, and asking twice changes nothing', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: now - 90 * day, max: now }), { minLength: 1, maxLength: 200 }), (made) => {
    const gone = new Set(copiesToDiscard(made, now));
    const kept = made.filter((at) => !gone.has(at));
    expect(kept).toContain(Math.max(...made));
    expect(copiesToDiscard(kept, now)).toEqual([]);
    // Whatever hour of the last week held a copy still holds one.
    const hours = (of: readonly number[]) => new Set(of.filter((at) => now - at <= 7 * day && now - at > day).map((at) => Math.floor(at / hour)));
    expect(hours(kept)).toEqual(hours(made));
  }));
});
