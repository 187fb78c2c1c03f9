import { describe, expect, test } from 'vitest';
import type { DeskRow, DeskSlot } from '#domain/booking/desk.ts';
import type { BookingKind, BookingState } from '#domain/booking/model.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { dayView, deskRoots, marksOf, sheetView, slotsWithRows, weekOf, weekView } from '#server/pages/bookingDesk.ts';

const today = isoDate.parse('2026-11-24');
const at = (time: string) => instant.parse(Date.parse(`2026-11-24T${time}:00+08:00`));
const slotOf = (id: string, kind: BookingKind = 'care', start = '09:00', end = '12:00', day = '2026-11-24'): DeskRow['slot'] => ({
  id, kind, host: { id: 'h', name: '示例' }, startsAt: `${day}T${start}:00+08:00`, endsAt: `${day}T${end}:00+08:00`, capacity: 5, open: 0, bands: [], bookableUntil: `${day}T07:00:00+08:00`, title: null,
});
const slot = slotOf('00000000-0000-4000-8000-000000000001');
const rowOf = (id: string, state: BookingState, more: Partial<DeskRow> = {}): DeskRow => ({
  id, version: 1, reference: 'Y-00000000', state, slot, seats: 1, children: 1, advice: [{ band: 'toddler', fit: 'check' }], maskedName: '李**', phoneEnds: '1234', hasNote: false, entrusted: false, enrolled: false,
  queueNumber: null, offerEndsAt: null, endedBy: null, reason: null, askedAt: '2026-11-20T09:00:00+08:00', ...more,
});
const standing = (free: number, of = slot): DeskSlot => ({ slot: of, free, waiting: 0 });

describe('what can be registered', () => {
  test('到场 and 晨检未通过 from an hour before, 未到 from the beginning; only care has a morning check', () => {
    expect(marksOf(rowOf('a', 'confirmed'), at('07:59'))).toEqual([]);
    expect(marksOf(rowOf('a', 'confirmed'), at('08:00'))).toEqual(['attended', 'turnedAway']);
    expect(marksOf(rowOf('a', 'confirmed'), at('09:00'))).toEqual(['attended', 'turnedAway', 'noShow']);
    expect(marksOf(rowOf('a', 'confirmed', { slot: slotOf(slot.id, 'visit') }), at('09:00'))).toEqual(['attended', 'noShow']);
  });
  test('a slip is mended among the three; what never came about is not marked', () => {
    expect(marksOf(rowOf('a', 'attended'), at('10:00'))).toEqual(['turnedAway', 'noShow']);
    for (const state of ['requested', 'waiting', 'offered', 'declined', 'cancelled', 'expired'] as const) expect(marksOf(rowOf('a', state), at('10:00'))).toEqual([]);
  });
});

describe('the day', () => {
  const rows = [rowOf('w2', 'waiting', { queueNumber: 9 }), rowOf('c', 'confirmed'), rowOf('w1', 'waiting', { queueNumber: 4 }), rowOf('x', 'cancelled', { endedBy: 'institution', reason: 'staff' })];
  const view = (now: string, of = rows) => dayView({ day: today, today, now: at(now), root: deskRoots.institution }, [standing(2)], of, []);
  test('who holds a seat, then the queue in its order with places from 1, then who is out', () => {
    const [block] = view('07:00').ahead;
    expect(block?.rows.map(({ id, notes }) => [id, notes])).toEqual([['c', []], ['w1', ['候补第 1 位']], ['w2', ['候补第 2 位']]]);
    expect(block?.out.map(({ id, notes }) => [id, notes])).toEqual([['x', ['机构取消：机构人手临时变动']]]);
    expect(block).toMatchObject({ taken: '1／5', waiting: '候补 2 家', isNow: false, walkIn: expect.stringContaining(slot.id) });
  });
  test('a slot is folded away only once it is over and everyone is marked', () => {
    expect(view('12:30').settled).toEqual([]);
    expect(view('12:30').ahead[0]?.unmarked).toBe('还有 1 条没登记到场');
    expect(view('12:30', [rowOf('c', 'attended')]).settled).toHaveLength(1);
    expect(view('11:30', [rowOf('c', 'attended')]).settled).toEqual([]);
  });
  test('a closed slot with somebody in it is still shown, without a way in for a walk-in', () => {
    expect(slotsWithRows([], rows)).toHaveLength(1);
    expect(dayView({ day: today, today, now: at('07:00'), root: deskRoots.institution }, [], rows, []).ahead[0]?.walkIn).toBeNull();
  });
});

test('a week begins on its Monday and counts each day for itself', () => {
  expect(['2026-11-23', '2026-11-24', '2026-11-29'].map((day) => weekOf(isoDate.parse(day)))).toEqual(['2026-11-23', '2026-11-23', '2026-11-23']);
  const days = weekView(deskRoots.institution, isoDate.parse('2026-11-23'), today, [standing(3), standing(1, slotOf('b', 'visit', '10:00', '10:45', '2026-11-26'))], [rowOf('a', 'requested'), rowOf('b', 'attended'), rowOf('c', 'waiting')]);
  expect(days.map(({ day, isToday, toAnswer, booked, waiting, free, isEmpty }) => [day.slice(8), isToday, toAnswer, booked, waiting, free, isEmpty])).toEqual([
    ['23', false, 0, 0, 0, 0, true], ['24', true, 1, 1, 1, 3, false], ['25', false, 0, 0, 0, 0, true], ['26', false, 0, 0, 0, 1, false], ['27', false, 0, 0, 0, 0, true], ['28', false, 0, 0, 0, 0, true], ['29', false, 0, 0, 0, 0, true],
  ]);
});

test('the sheet names who is expected, masked, with two rows at most for who comes unannounced', () => {
  const [sheet] = sheetView([standing(4)], [rowOf('a', 'confirmed'), rowOf('b', 'requested'), rowOf('c', 'cancelled'), rowOf('d', 'waiting')], at('07:00'));
  expect(sheet).toMatchObject({ isCare: true, blanks: [0, 1], rows: [{ name: '李**（尾号 1234）', party: '1 个孩子 · 托小班，请核对出生日期' }, { party: expect.stringMatching(/待答复$/) }] });
  expect(sheet?.rows).toHaveLength(2);
  expect(sheetView([standing(0)], [], at('07:00'))[0]?.blanks).toEqual([]);
});
