import { expect, test } from 'vitest';
import { bookingKinds, bookingStates } from '#domain/booking/model.ts';
import { bookingProgress, slotView, type BookingProgress, type SlotView } from '#domain/booking/views.ts';
import { instant } from '#domain/shared/dates.ts';
import { bookingStateView } from '#server/pages/bookingState.ts';
import { commonCareFacts, slotFacts } from '#server/pages/slotFacts.ts';
import { kindChoices, slotStands, slotsView } from '#server/pages/slots.ts';

const id = '0190b000-0000-4000-8000-000000000001';
const details = {
  visit: undefined, care: { kind: 'care', fee: { amount: 3000, per: 'hour' }, leastMinutes: 60, roundingMinutes: 30, lateFee: null, meals: null, bring: [], illnessRule: null, medicineRule: null, staffCap: null },
  class: { kind: 'class', ages: null, adults: null, place: null, fee: null }, homeVisit: { kind: 'homeVisit', subdistrict: '120105001', twoCome: true, showCards: true, verifyPhone: null },
} as const;
const slot = (kind: (typeof bookingKinds)[number], change: Readonly<Record<string, unknown>> = {}): SlotView => slotView.parse({
  id, kind, host: { id: 'host', name: '示例机构' }, startsAt: '2026-11-24T10:00:00+08:00', endsAt: '2026-11-24T11:00:00+08:00', capacity: 2, open: 1, bands: [], bookableUntil: '2026-11-24T08:00:00+08:00',
  ...(kind === 'visit' ? {} : { title: null, fee: null, details: details[kind], waitingList: kind !== 'homeVisit', waiting: 0 }), ...change,
});
const at = (time: string) => instant.parse(Date.parse(time));
const before = at('2026-11-23T10:00:00+08:00');
const place = { subdistricts: [] };
const progress = (kind: (typeof bookingKinds)[number], state: string, more: Readonly<Record<string, unknown>> = {}): BookingProgress => bookingProgress.parse({
  reference: 'Y-00000000', sequence: 0, state, slot: slot(kind), advice: [{ birthMonth: '2025-05', band: 'toddler', fit: 'fits' }], cancelUntil: '2026-11-24T08:00:00+08:00', history: [], ...more,
});

test('every state of every kind is said in whole sentences; only what still stands can be given up', () => {
  for (const kind of bookingKinds) {
    for (const state of bookingStates) {
      const view = bookingStateView(progress(kind, state, { offerEndsAt: '2026-11-23T14:00:00+08:00' }), place, before);
      expect(view.lines.length).toBeGreaterThan(0);
      for (const line of view.lines) expect(line).toMatch(/^[\p{Script=Han}\p{P}\p{N} ]+。$/u);
      expect(view.giveUp !== null).toBe(['confirmed', 'requested', 'waiting', 'offered'].includes(state));
    }
  }
});

test('an institution that cancels gives its reason, and it is no fault of the family', () => {
  const [line] = bookingStateView(progress('care', 'cancelled', { endedBy: 'institution', reason: 'illness' }), place, before).lines;
  expect(line).toContain('班里有传染病，按要求停班');
  expect(line).toContain('不算您失约');
  expect(bookingStateView(progress('care', 'cancelled', { endedBy: 'parent' }), place, before).lines[0]).toContain('按您的要求');
});

test('after the cut-off nothing can be moved, but a queue can always be left', () => {
  const late = at('2026-11-24T09:00:00+08:00');
  expect(bookingStateView(progress('class', 'confirmed'), place, late)).toMatchObject({ mayChange: false, lateToChange: true });
  expect(bookingStateView(progress('class', 'waiting', { position: 2 }), place, late)).toMatchObject({ mayChange: true, lateToChange: false });
});

test('three questions only for visits, and only when one is over', () => {
  const over = at('2026-11-24T11:00:00+08:00');
  expect(bookingStateView(progress('visit', 'confirmed'), place, over).asksAfterVisit).toBe(true);
  expect(bookingStateView(progress('visit', 'confirmed'), place, before).asksAfterVisit).toBe(false);
  expect(bookingStateView(progress('class', 'attended'), place, over).asksAfterVisit).toBe(false);
  expect(bookingStateView(progress('visit', 'noShow'), place, over).asksAfterVisit).toBe(false);
  expect(bookingStateView(progress('visit', 'attended', { answered: true }), place, over)).toMatchObject({ asksAfterVisit: false, hasAnswered: true });
});

test('what was taken out of the plan can be taken out of the calendar, until it would have been over', () => {
  const over = at('2026-11-24T23:00:00+08:00');
  expect(bookingStateView(progress('visit', 'cancelled', { endedBy: 'parent' }), place, before).leavesCalendar).toBe(true);
  expect(bookingStateView(progress('visit', 'cancelled', { endedBy: 'parent' }), place, over).leavesCalendar).toBe(false);
  expect(bookingStateView(progress('visit', 'confirmed'), place, before).leavesCalendar).toBe(false);
});

test('a class that states no ages gives no advice on ages', () => {
  expect(bookingStateView(progress('class', 'confirmed'), place, before).advice).toEqual([]);
  expect(bookingStateView(progress('care', 'confirmed'), place, before).advice).toHaveLength(1);
});

test.each([
  ['open', {}, '2026-11-23T10:00:00+08:00'], ['too-late', {}, '2026-11-24T08:00:01+08:00'], ['full', { open: 0 }, '2026-11-23T10:00:00+08:00'],
  ['not-open-yet', { open: 0, opensAt: '2026-11-23T12:00:00+08:00' }, '2026-11-23T10:00:00+08:00'],
] as const)('a visit stands as %s', (stands, change, now) => { expect(slotStands(slot('visit', change), at(now))).toBe(stands); });

test('a full class leads to its queue with those ahead; a full visit leads nowhere', () => {
  const [day] = slotsView('hebei', [slot('class', { open: 0, waiting: 3 }), slot('visit', { open: 0 })], before);
  expect(day?.slots.map(({ seats, href }) => [seats, href])).toEqual([['已约满，可候补（前面 3 家）', `/hebei/bookings/new/?slot=${id}`], ['已约满', null]]);
});

test('only what an institution offers can be chosen, and the kind asked for even when there is none', () => {
  const slots = { visit: [slot('visit')], care: [], class: [slot('class', { open: 0 })] };
  expect(kindChoices('/x/', 'visit', slots, before).map(({ kind, count }) => [kind, count])).toEqual([['visit', '有 1 个时段可约'], ['class', '都约满了，可以候补']]);
  expect(kindChoices('/x/', 'care', slots, before).map(({ kind }) => kind)).toEqual(['visit', 'care', 'class']);
});

test('what a host has not said is said to be missing; care that differs by slot is not summed up', () => {
  const facts = slotFacts(slot('care'), place);
  expect(facts.filter(({ value }) => value === null).map(({ name }) => name)).toEqual(['超时费', '用餐', '自带物品', '生病时', '喂药']);
  expect(facts.find(({ name }) => name === '收费')?.value).toBe('每小时 ¥30');
  expect(slotFacts(slot('homeVisit'), place).find(({ name }) => name === '核实电话')).toMatchObject({ value: null, missing: '待主办单位填写' });
  expect(commonCareFacts([slot('care'), slot('care')])).not.toBeNull();
  expect(commonCareFacts([slot('care'), slot('care', { details: { ...details.care, leastMinutes: 120 } })])).toBeNull();
});
