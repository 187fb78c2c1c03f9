import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '#domain/shared/dates.ts';
import type { PlannedSlot, SlotChanges, StandingSlot } from '#domain/slotTemplates/model.ts';
import { planSlots } from '#domain/slotTemplates/plan.ts';
import { reconcile } from '#domain/slotTemplates/reconcile.ts';
import { aPattern, aTemplate, cn2026, day, standing } from '#tests/builders/slotTemplate.ts';

const planned = (pattern = aPattern(), last = '2026-11-24'): readonly PlannedSlot[] =>
  planSlots([aTemplate(pattern)], [], cn2026, { first: day('2026-11-23'), last: day(last) }, instant.parse(0)).slots;
const written = (slots: readonly PlannedSlot[], changes: readonly Partial<StandingSlot>[] = []): readonly StandingSlot[] => slots.map((slot, at) => standing(slot, `slot ${String(at)}`, changes[at]));
const none = new Map<string, 'keep' | 'stop'>();

/** What storage makes of the changes. */
function applied(before: readonly StandingSlot[], { insert, update, remove }: SlotChanges): readonly StandingSlot[] {
  const gone = new Set(remove.map(({ id }) => id));
  const stays = before.filter(({ id }) => !gone.has(id)).map((slot): StandingSlot => {
    const change = update.find(({ id }) => id === slot.id);
    if (!change) return slot;
    return change.booked ? { ...slot, template: change.template, capacity: change.capacity, state: 'open' } : { ...slot, template: change.template, endsAt: change.endsAt, capacity: change.capacity, details: change.details, state: 'open' };
  });
  return [...stays, ...insert.map((slot, at) => standing(slot, `new ${String(at)} of ${String(before.length)}`))];
}

test('what nobody has booked follows the plan', () => {
  const changes = reconcile(planned(aPattern({ weekdays: [1], times: [{ start: '10:00', minutes: 60 }, { start: '14:00', minutes: 30 }] })), written(planned()), none);
  expect(changes.insert.map(({ startsAt }) => new Date(startsAt).getUTCHours())).toEqual([6]);
  expect(changes.update.map(({ id }) => id)).toEqual(['slot 0']);
  expect(changes.remove.map(({ id }) => id)).toEqual(['slot 1']);
  expect(changes.conflicts).toEqual([]);
});

test('a booked slot off the plan, of another length or with fewer seats than taken is a conflict', () => {
  const before = written(planned(), [{ taken: 3 }, { waiting: 1 }]);
  const reasons = (pattern = aPattern()) => reconcile(planned(pattern), before, none).conflicts.map(({ slot, reasons: why }) => [slot.id, ...why]);
  expect(reasons(aPattern({ weekdays: [5] }))).toEqual([['slot 0', 'not-planned'], ['slot 1', 'not-planned']]);
  expect(reasons(aPattern({ times: [{ start: '10:00', minutes: 30 }] }))).toEqual([['slot 0', 'other-end'], ['slot 1', 'other-end']]);
  expect(reasons(aPattern({ shares: [{ bands: [], capacity: 2, staffOnDuty: null }] }))).toEqual([['slot 0', 'too-few-seats']]);
  expect(reasons()).toEqual([]);
});

test('more seats are given at once and told, fewer only down to what is taken', () => {
  const before = written(planned(), [{ taken: 3 }, {}]);
  const seats = (capacity: number) => reconcile(planned(aPattern({ shares: [{ bands: [], capacity, staffOnDuty: null }] })), before, none);
  expect(seats(6).raised).toEqual(['slot 0', 'slot 1']);
  expect(seats(3).update.map(({ id, capacity }) => [id, capacity])).toEqual([['slot 0', 3], ['slot 1', 3]]);
  expect(seats(3).raised).toEqual([]);
});

test('a moved time waits while a booked slot lies across it, and comes when the desk has settled that', () => {
  const moved = planned(aPattern({ times: [{ start: '10:15', minutes: 45 }] }));
  const changes = reconcile(moved, written(planned(), [{ taken: 1 }]), none);
  expect([changes.insert.length, changes.heldBack.length, changes.conflicts.length, changes.remove.length]).toEqual([1, 1, 1, 1]);
  // Kept: no conflict any more, and still no second slot over it. Stopped and emptied: the new time comes.
  const kept = reconcile(moved, written(planned(), [{ taken: 1 }]), new Map([['slot 0', 'keep']]));
  expect([kept.conflicts.length, kept.heldBack.length]).toEqual([0, 1]);
  expect(reconcile(moved, written(planned(), [{ taken: 0 }]), new Map([['slot 0', 'keep']])).heldBack).toEqual([]);
});

test('a closed slot opens again when it is planned again, not when the desk has stopped it; a slot no template made stays', () => {
  const before = written(planned(), [{ state: 'closed' }, { state: 'closed' }]);
  expect(reconcile(planned(), before, new Map([['slot 1', 'stop']])).update.map(({ id }) => id)).toEqual(['slot 0']);
  expect(reconcile([], written(planned(), [{ template: null }, {}]), none).remove.map(({ id }) => id)).toEqual(['slot 1']);
  expect(reconcile(planned(), written(planned(), [{ template: null }, {}]), none).update.map(({ id, visible }) => [id, visible])).toEqual([['slot 0', false]]);
});

const pattern = fc.record({ weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), hour: fc.integer({ min: 8, max: 18 }), minute: fc.constantFrom('00', '15', '30'), minutes: fc.integer({ min: 10, max: 90 }), capacity: fc.integer({ min: 1, max: 6 }) })
  .map(({ weekdays, hour, minute, minutes, capacity }) => aPattern({ weekdays, times: [{ start: `${String(hour).padStart(2, '0')}:${minute}`, minutes }], shares: [{ bands: [], capacity, staffOnDuty: null }] }));
const booked = fc.array(fc.record({ taken: fc.integer({ min: 0, max: 6 }), waiting: fc.integer({ min: 0, max: 1 }), state: fc.constantFrom('open' as const, 'closed' as const) }), { maxLength: 14 });

test('reconciling twice changes nothing more, and a booked slot is never taken away, shortened or given fewer seats than taken', () => {
  fc.assert(fc.property(pattern, pattern, booked, fc.constantFrom(undefined, 'keep' as const, 'stop' as const), (one, other, bookings, choice) => {
    const before = written(planned(one, '2026-12-06'), bookings).map((slot) => ({ ...slot, taken: Math.min(slot.taken, slot.capacity) }));
    const decisions = choice === undefined ? none : new Map(before.slice(0, 2).map(({ id }) => [id, choice]));
    const plan = planned(other, '2026-12-06');
    const changes = reconcile(plan, before, decisions);
    const after = applied(before, changes);
    for (const slot of before.filter(({ taken, waiting }) => taken > 0 || waiting > 0)) {
      const now = after.find(({ id }) => id === slot.id);
      expect({ ...now, template: slot.template, capacity: slot.capacity, state: slot.state }).toEqual(slot);
      expect(now?.capacity ?? 0).toBeGreaterThanOrEqual(slot.taken);
    }
    const again = reconcile(plan, after, decisions);
    expect([again.insert, again.update, again.remove, again.raised]).toEqual([[], [], [], []]);
    expect(again.conflicts.map(({ slot }) => slot.id)).toEqual(changes.conflicts.map(({ slot }) => slot.id));
    expect(again.heldBack).toEqual(changes.heldBack);
  }), { numRuns: 500 });
});
