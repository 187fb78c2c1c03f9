import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayOf, instant, instantAt, timeOf, weekdayOf } from '#domain/shared/dates.ts';
import type { SlotException, SlotTemplate } from '#domain/slotTemplates/model.ts';
import { horizonDays, planSlots } from '#domain/slotTemplates/plan.ts';
import { aCarePattern, aPattern, aTemplate, cn2026, day } from '#tests/builders/slotTemplate.ts';

const longAgo = instant.parse(0);
const daysOf = (templates: readonly SlotTemplate[], exceptions: readonly SlotException[], first: string, last: string) =>
  planSlots(templates, exceptions, cn2026, { first: day(first), last: day(last) }, longAgo).slots.map(({ startsAt }) => dayOf(startsAt));
const closed = (from: string, until = from): SlotException => ({ kind: 'closed', id: 'closed', from: day(from), until: day(until), template: null, reason: 'closure' });

test('National Day is closed unless the host opts in, and its make-up Saturday runs as the weekday the host chose', () => {
  expect(daysOf([aTemplate()], [], '2026-09-30', '2026-10-10')).toEqual(['2026-09-30', '2026-10-08', '2026-10-09']);
  expect(daysOf([aTemplate(aPattern({ holidays: 'open' }))], [], '2026-09-30', '2026-10-05')).toEqual(['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-05']);
  expect(daysOf([aTemplate(aPattern({ makeUpLike: 3 }))], [], '2026-10-09', '2026-10-11')).toEqual(['2026-10-09', '2026-10-10']);
  // Saturday visits stop on a make-up Saturday, and a Monday-only pattern does not run as a Wednesday.
  expect(daysOf([aTemplate(aPattern({ weekdays: [6] }))], [], '2026-10-10', '2026-10-17')).toEqual(['2026-10-17']);
  expect(daysOf([aTemplate(aPattern({ weekdays: [1], makeUpLike: 3 }))], [], '2026-10-10', '2026-10-10')).toEqual([]);
});

test('a year whose calendar is not published runs by weekdays alone, and is named', () => {
  const plan = planSlots([aTemplate()], [], cn2026, { first: day('2026-12-31'), last: day('2027-01-04') }, longAgo);
  expect(plan.slots.map(({ startsAt }) => dayOf(startsAt))).toEqual(['2026-12-31', '2027-01-01', '2027-01-04']);
  expect(plan.calendarMissing).toEqual([2027]);
  expect(planSlots([aTemplate()], [], cn2026, { first: day('2026-12-01'), last: day('2026-12-31') }, longAgo).calendarMissing).toEqual([]);
});

test('寒暑假 close only the templates that say so; times of a day stand above a holiday, a closure above all', () => {
  const winter: SlotException = { kind: 'schoolHoliday', id: 'w', from: day('2026-02-02'), until: day('2026-02-06'), season: 'winter' };
  expect(daysOf([aTemplate()], [winter], '2026-02-02', '2026-02-06')).toHaveLength(5);
  expect(daysOf([aTemplate(aPattern({ schoolHolidays: 'closed' }))], [winter], '2026-02-02', '2026-02-09')).toEqual(['2026-02-09']);
  const extra: SlotException = { kind: 'times', id: 'x', day: day('2026-10-03'), template: aTemplate().id, instead: false, times: [{ start: '14:00', minutes: 30 }] };
  expect(daysOf([aTemplate()], [extra], '2026-10-02', '2026-10-04')).toEqual(['2026-10-03']);
  expect(daysOf([aTemplate()], [extra, closed('2026-10-03')], '2026-10-02', '2026-10-04')).toEqual([]);
  const times = (instead: boolean) => planSlots([aTemplate()], [{ ...extra, day: day('2026-11-23'), instead }], cn2026, { first: day('2026-11-23'), last: day('2026-11-23') }, longAgo).slots.map(({ startsAt }) => timeOf(startsAt));
  expect([times(true), times(false)]).toEqual([['14:00'], ['10:00', '14:00']]);
});

test('a band closed for illness leaves the other bands of a shared slot, and takes the slots that had only it', () => {
  const ill: SlotException = { kind: 'closedBand', id: 'i', from: day('2026-11-23'), until: day('2026-11-24'), bands: ['toddler'], reason: 'illness' };
  const bands = (shares: unknown) => planSlots([aTemplate(aCarePattern({ shares }))], [ill], cn2026, { first: day('2026-11-23'), last: day('2026-11-25') }, longAgo).slots.map((slot) => [dayOf(slot.startsAt), ...slot.bands]);
  expect(bands([{ bands: ['toddler'], capacity: 3, staffOnDuty: null }, { bands: ['older', 'infant'], capacity: 3, staffOnDuty: null }]))
    .toEqual([['2026-11-23', 'infant', 'older'], ['2026-11-25', 'toddler'], ['2026-11-25', 'infant', 'older']]);
  expect(bands([{ bands: ['older', 'toddler'], capacity: 3, staffOnDuty: null }])[0]).toEqual(['2026-11-23', 'older']);
  expect(bands([{ bands: [], capacity: 3, staffOnDuty: null }])[0]).toEqual(['2026-11-23', 'infant', 'older']);
});

test('a plan reaches at least 28 and at most 92 days', () => {
  expect([horizonDays(undefined), horizonDays(7), horizonDays(60), horizonDays(200)]).toEqual([28, 28, 60, 92]);
});

const start = day('2026-09-20');
const dayAt = fc.integer({ min: 0, max: 120 }).map((ahead) => addDays(start, ahead));
const span = fc.tuple(dayAt, fc.integer({ min: 0, max: 20 })).map(([from, days]) => ({ from, until: addDays(from, days) }));
const clock = fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const template = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), start: clock, minutes: fc.integer({ min: 10, max: 60 }), validity: span,
  makeUpLike: fc.option(fc.integer({ min: 1, max: 7 })), holidays: fc.constantFrom('open', 'closed'), schoolHolidays: fc.constantFrom('open', 'closed'),
}).map(({ validity, start: at, minutes, ...rest }) => aTemplate(aPattern({ ...rest, times: [{ start: at, minutes }], validFrom: validity.from, validUntil: validity.until })));
const exception: fc.Arbitrary<SlotException> = fc.oneof(
  span.map((range): SlotException => ({ kind: 'closed', id: 'c', ...range, template: null, reason: 'closure' })),
  span.map((range): SlotException => ({ kind: 'schoolHoliday', id: 's', ...range, season: 'winter' })),
  fc.tuple(dayAt, clock, fc.boolean()).map(([on, at, instead]): SlotException => ({ kind: 'times', id: 't', day: on, template: aTemplate().id, instead, times: [{ start: at, minutes: 30 }] })),
);

test('no slot on a closed day, none outside the validity or the range, none on a holiday or in 寒暑假 that nobody opened', () => {
  fc.assert(fc.property(template, fc.array(exception, { maxLength: 6 }), span, (one, exceptions, range) => {
    for (const slot of planSlots([one], exceptions, cn2026, { first: range.from, last: range.until }, longAgo).slots) {
      const on = dayOf(slot.startsAt);
      expect(on >= range.from && on <= range.until && on >= one.validFrom && on <= (one.validUntil ?? on)).toBe(true);
      expect(exceptions.some((e) => e.kind === 'closed' && e.from <= on && on <= e.until)).toBe(false);
      if (exceptions.some((e) => e.kind === 'times' && e.day === on)) continue;
      expect(one.schoolHolidays === 'closed' && exceptions.some((e) => e.kind === 'schoolHoliday' && e.from <= on && on <= e.until)).toBe(false);
      const year = cn2026.years[0];
      expect(one.holidays === 'closed' && on.startsWith('2026') && (year?.daysOff.includes(on) ?? false)).toBe(false);
      if (!year?.makeUpWorkdays.includes(on)) expect(one.weekdays).toContain(weekdayOf(on));
    }
  }), { numRuns: 500 });
});

test('slots that begin by the given instant are left out', () => {
  const [first] = planSlots([aTemplate()], [], cn2026, { first: day('2026-11-23'), last: day('2026-11-24') }, instantAt(day('2026-11-23'), '10:00')).slots;
  expect(first && dayOf(first.startsAt)).toBe('2026-11-24');
});
