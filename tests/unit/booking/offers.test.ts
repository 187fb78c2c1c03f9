import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultTermsOf, nothingSaid, type Slot } from '#domain/booking/model.ts';
import { afterWaking, chooseOffers, offerEnd, queueIsOver, wakingBetween } from '#domain/booking/offers.ts';
import { bookableUntil } from '#domain/booking/rules.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, instantAt, isoDate, timeOf, writeInstant, type Instant } from '#domain/shared/dates.ts';

const at = (day: string, time: string): Instant => instantAt(isoDate.parse(day), time);
const hour = 3_600_000;
const slotAt = (startsAt: Instant): Slot => ({
  id: '0190b000-0000-7000-8000-000000000001', jurisdiction: jurisdictionCode.parse('120105'), host: { kind: 'institution', id: '0190a000-0000-7000-8000-000000000001' }, kind: 'class', title: null,
  startsAt, endsAt: instant.parse(startsAt + hour), capacity: 8, taken: 8, waiting: 1, state: 'open', bands: [], details: nothingSaid.class, terms: defaultTermsOf('class'),
});
const anInstant = fc.integer({ min: at('2026-01-01', '00:00'), max: at('2027-12-31', '00:00') }).map((value) => instant.parse(value));

test.each([
  ['in the morning', at('2026-11-22', '10:00'), '2026-11-22T14:00:00+08:00'],
  ['in the evening: the night does not count', at('2026-11-22', '20:00'), '2026-11-23T11:00:00+08:00'],
  ['at night: from eight on', at('2026-11-22', '23:30'), '2026-11-23T12:00:00+08:00'],
  ['before dawn', at('2026-11-22', '03:00'), '2026-11-22T12:00:00+08:00'],
])('an offer made %s holds four waking hours', (_name, now, until) => {
  expect(writeInstant(offerEnd(slotAt(at('2026-12-01', '10:00')), now) ?? now)).toBe(until);
});

test('near the slot an offer is shorter, and too near there is none', () => {
  const slot = slotAt(at('2026-11-22', '16:00')); // booking closes at 14:00
  expect(writeInstant(offerEnd(slot, at('2026-11-22', '10:00')) ?? at('2026-11-22', '10:00'))).toBe('2026-11-22T12:00:00+08:00');
  expect(writeInstant(offerEnd(slot, at('2026-11-22', '13:15')) ?? at('2026-11-22', '10:00'))).toBe('2026-11-22T13:45:00+08:00');
  expect([queueIsOver(slot, at('2026-11-22', '13:30')), queueIsOver(slot, instant.parse(at('2026-11-22', '13:30') + 1))]).toEqual([false, true]);
  expect(offerEnd(slot, at('2026-11-22', '13:31'))).toBeUndefined();
  expect(offerEnd({ ...slot, state: 'closed' }, at('2026-11-22', '10:00'))).toBeUndefined();
});

test('waking time counted forward and back agree, whatever the instant', () => {
  fc.assert(fc.property(anInstant, fc.integer({ min: 1, max: 40 * hour }), (from, milliseconds) => {
    const end = afterWaking(from, milliseconds);
    expect(wakingBetween(from, end)).toBe(milliseconds);
    expect(timeOf(end) >= '08:00' && timeOf(end) <= '21:00').toBe(true);
  }));
});

test('an offer ends in waking hours, after it was made and not after booking has closed', () => {
  fc.assert(fc.property(anInstant, fc.integer({ min: -10, max: 30 * 24 }), (now, hoursAhead) => {
    const slot = slotAt(instant.parse(now + hoursAhead * hour));
    const end = offerEnd(slot, now);
    expect(end === undefined).toBe(queueIsOver(slot, now));
    if (end === undefined) return;
    expect(end).toBeGreaterThan(now);
    expect(end).toBeLessThanOrEqual(bookableUntil(slot));
    expect(wakingBetween(now, end)).toBeLessThanOrEqual(4 * hour);
  }));
});

test('seats go to the oldest that fit, never more than are free, and nobody who fits is passed over', () => {
  const queues = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }).map((sizes) => sizes.map((seats, index) => ({ id: String(index), seats })));
  fc.assert(fc.property(fc.integer({ min: 0, max: 8 }), queues, (free, queue) => {
    const chosen = chooseOffers(free, queue);
    let left = free;
    for (const waiting of queue) {
      const fits = waiting.seats <= left;
      expect(chosen.includes(waiting)).toBe(fits);
      if (fits) left -= waiting.seats;
    }
    expect(left).toBeGreaterThanOrEqual(0);
  }));
});
