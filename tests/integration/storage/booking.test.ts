import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelBooking } from '#domain/booking/cancel.ts';
import { findBooking } from '#domain/booking/find.ts';
import { rescheduleBooking } from '#domain/booking/reschedule.ts';
import { reserve, type ReserveOutcome } from '#domain/booking/reserve.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const phoneOf = (number: number): string => `138${String(number).padStart(8, '0')}`;
const receiptOf = (outcome: ReserveOutcome) => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value.receipt;
};

describe.each(engines)('booking on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
  });
  afterAll(() => opened.leave());

  const slotRow = (id: string) => storage.read.selectFrom('slot').select(['taken', 'capacity']).where('id', '=', id).executeTakeFirstOrThrow();
  const countOf = async (table: 'booking' | 'outbox' | 'audit_event' | 'idempotency'): Promise<number> =>
    Number((await storage.read.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);

  test('sixty families contend for six seats: exactly six hold one, and every booking has its event and message', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage, { capacity: 6 });
    const before = [await countOf('booking'), await countOf('outbox'), await countOf('audit_event')];
    const outcomes = await Promise.all(Array.from({ length: 60 }, (_, number) => reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: phoneOf(number) }))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(6);
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.reason)))).toEqual(new Set(['ok', 'full']));
    expect(await slotRow(slot.id)).toMatchObject({ taken: 6, capacity: 6 });
    const after = [await countOf('booking'), await countOf('outbox'), await countOf('audit_event')];
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([6, 6, 6]);
  });

  test('the same key a hundred times at once makes one booking and a hundred equal answers', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage, { capacity: 3 });
    const key = newId();
    const request = aRequest({ slotId: slot.id, phone: phoneOf(70_001) });
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => reserve(deps, hebei, key, request)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(receiptOf(outcome)))).size).toBe(1);
    expect(await slotRow(slot.id)).toMatchObject({ taken: 1 });
  });

  test('the same key for the last seat answers its receipt, never full', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage, { capacity: 1 });
    const request = aRequest({ slotId: slot.id, phone: phoneOf(70_002) });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => reserve(deps, hebei, 'last-seat-key', request)));
    expect(new Set(outcomes.map((outcome) => receiptOf(outcome).reference)).size).toBe(1);
  });

  test('the same key answers alike after the cut-off and after the filing is withdrawn', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    const request = aRequest({ slotId: slot.id, phone: phoneOf(70_020) });
    const first = receiptOf(await reserve(deps, hebei, 'asked-again-late', request));
    await storage.write((tx) => tx.updateTable('credential').set({ state: 'withdrawn' }).where('institution_id', '=', slot.institution).execute());
    expect(receiptOf(await reserve({ ...deps, now: () => instant.parse(sundayMorning + 86_400_000) }, hebei, 'asked-again-late', request))).toEqual(first);
  });

  test('another body under the same key is refused', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    await reserve(deps, hebei, 'one-key-two-bodies', aRequest({ slotId: slot.id, phone: phoneOf(70_003) }));
    expect(await reserve(deps, hebei, 'one-key-two-bodies', aRequest({ slotId: slot.id, phone: phoneOf(70_004) }))).toEqual({ ok: false, reason: 'idempotency-key-reused' });
  });

  test('twins share one booking; the same child in another booking that day is a duplicate; after cancelling it is not', async () => {
    const deps = bookingDeps(storage);
    const morning = await aSlot(storage);
    const afternoon = await aSlot(storage, { institution: morning.institution, startsAt: sundayMorning + 86_400_000 + 5 * 3_600_000 });
    const twins = { children: [{ birthMonth: '2025-03' }, { birthMonth: '2025-03' }], phone: phoneOf(70_005) };
    const receipt = receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId: morning.id, ...twins })));
    expect(await slotRow(morning.id)).toMatchObject({ taken: 1 });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: afternoon.id, phone: phoneOf(70_005) }))).toEqual({ ok: false, reason: 'already-booked' });
    expect(await slotRow(afternoon.id)).toMatchObject({ taken: 0 });
    expect(await cancelBooking(deps, hebei, receipt)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await cancelBooking(deps, hebei, receipt)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await slotRow(morning.id)).toMatchObject({ taken: 0 });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: afternoon.id, phone: phoneOf(70_005) }))).toMatchObject({ ok: true });
  });

  test('care counts children and binds their age; a visit of an expected child does not', async () => {
    const deps = bookingDeps(storage);
    const care = await aSlot(storage, { kind: 'care', capacity: 2 });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: care.id, phone: phoneOf(70_006), children: [{ birthMonth: '2026-09' }] }))).toEqual({ ok: false, reason: 'too-young' });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: care.id, phone: phoneOf(70_006), children: [{ birthMonth: '2022-01' }] }))).toEqual({ ok: false, reason: 'too-old' });
    const both = await reserve(deps, hebei, newId(), aRequest({ slotId: care.id, phone: phoneOf(70_006), children: [{ birthMonth: '2025-03' }, { birthMonth: '2025-03' }] }));
    expect(both).toMatchObject({ ok: true, value: { receipt: { state: 'requested' } } });
    expect(await slotRow(care.id)).toMatchObject({ taken: 2 });
    const visit = await aSlot(storage);
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: visit.id, phone: phoneOf(70_007), children: [{ birthMonth: '2027-03' }] }))).toMatchObject({ ok: true, value: { receipt: { advice: [{ fit: 'expected' }] } } });
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: visit.id, phone: phoneOf(70_008), children: [{ birthMonth: '2028-01' }] }))).toEqual({ ok: false, reason: 'months', faults: [{ index: 0, code: 'range' }] });
  });

  test('found by reference and code however they are typed; wrong, malformed and unknown answer alike', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    const { reference, queryCode } = receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: phoneOf(70_009) })));
    const spaced = queryCode.replace(/(\d{4})/g, '$1 ').trim();
    expect(await findBooking(deps, hebei, { reference: reference.toLowerCase(), queryCode: spaced })).toMatchObject({ ok: true, value: { reference, state: 'confirmed', history: [{ event: 'booked' }] } });
    for (const typed of [{ reference, queryCode: '1234567890123456' }, { reference, queryCode: 'abc' }, { reference: 'Y-ZZZZZZZZ', queryCode }, { reference: '?', queryCode }]) {
      expect(await findBooking(deps, hebei, typed)).toEqual({ ok: false, reason: 'not-found' });
    }
  });

  test('rescheduling takes the new seat and frees the old one; into a full slot it changes nothing', async () => {
    const deps = bookingDeps(storage);
    const first = await aSlot(storage);
    const second = await aSlot(storage, { institution: first.institution, startsAt: sundayMorning + 2 * 86_400_000, capacity: 1 });
    const receipt = receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId: first.id, phone: phoneOf(70_010) })));
    const other = receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId: first.id, phone: phoneOf(70_011) })));
    const key = newId();
    expect(await rescheduleBooking(deps, hebei, key, { ...receipt, slotId: second.id })).toMatchObject({ ok: true, value: { slot: { id: second.id } } });
    expect(await rescheduleBooking(deps, hebei, key, { ...receipt, slotId: second.id })).toMatchObject({ ok: true, value: { slot: { id: second.id } } });
    expect(await rescheduleBooking(deps, hebei, newId(), { ...other, slotId: second.id })).toEqual({ ok: false, reason: 'full' });
    expect([(await slotRow(first.id)).taken, (await slotRow(second.id)).taken]).toEqual([1, 1]);
  });

  test('a move that loses against another window tells the true state: moved elsewhere it goes on, cancelled it is over, never late', async () => {
    const deps = bookingDeps(storage);
    const from = await aSlot(storage);
    const [other, to] = [await aSlot(storage, { institution: from.institution, startsAt: sundayMorning + 2 * 86_400_000 }), await aSlot(storage, { institution: from.institution, startsAt: sundayMorning + 3 * 86_400_000 })];
    const claimOf = async (number: number) => {
      const { reference, queryCode } = receiptOf(await reserve(deps, hebei, newId(), aRequest({ slotId: from.id, phone: phoneOf(number) })));
      return { reference, queryCode };
    };
    /** The other window acts after this one has read and before it writes. */
    const losing = (first: () => Promise<unknown>): typeof deps => {
      let over = false;
      return { ...deps, store: { ...deps.store, reschedule: async (given) => {
        if (!over) await first();
        over = true;
        return deps.store.reschedule(given);
      } } };
    };
    const [moved, cancelled] = [await claimOf(70_020), await claimOf(70_021)];
    const goesOn = await rescheduleBooking(losing(() => rescheduleBooking(deps, hebei, newId(), { ...moved, slotId: other.id })), hebei, newId(), { ...moved, slotId: to.id });
    expect(goesOn).toMatchObject({ ok: true, value: { state: 'confirmed', slot: { id: to.id } } });
    const isOver = await rescheduleBooking(losing(() => cancelBooking(deps, hebei, cancelled)), hebei, newId(), { ...cancelled, slotId: to.id });
    expect(isOver).toEqual({ ok: false, reason: 'booking-over' });
    expect(await findBooking(deps, hebei, cancelled)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect([(await slotRow(from.id)).taken, (await slotRow(other.id)).taken, (await slotRow(to.id)).taken]).toEqual([0, 0, 1]);
  });

  test('cut-offs hold: too late, not open yet', async () => {
    const slot = await aSlot(storage, { startsAt: sundayMorning + 86_400_000 });
    const late = bookingDeps(storage, sundayMorning);
    const slotStart = (shift: number) => instant.parse(sundayMorning + 86_400_000 + shift);
    expect(await reserve({ ...late, now: () => slotStart(-3_600_000) }, hebei, newId(), aRequest({ slotId: slot.id, phone: phoneOf(70_012) }))).toEqual({ ok: false, reason: 'too-late' });
    expect(await reserve({ ...late, now: () => slotStart(-40 * 86_400_000) }, hebei, newId(), aRequest({ slotId: slot.id, phone: phoneOf(70_012) }))).toEqual({ ok: false, reason: 'not-open-yet' });
  });

  test('an institution whose filing is withdrawn loses its bookings at the last moment too', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    await storage.write((tx) => tx.updateTable('credential').set({ state: 'withdrawn' }).where('institution_id', '=', slot.institution).execute());
    expect(await reserve(deps, hebei, newId(), aRequest({ slotId: slot.id, phone: phoneOf(70_013) }))).toEqual({ ok: false, reason: 'institution-suspended' });
    expect(await slotRow(slot.id)).toMatchObject({ taken: 0 });
  });

  test('the schema itself refuses a seventh seat in six, a second key and a changed event', async () => {
    const slot = await aSlot(storage, { capacity: 6 });
    await expect(storage.write((tx) => tx.updateTable('slot').set({ taken: 7 }).where('id', '=', slot.id).execute())).rejects.toThrow(/check|CHECK/);
    await expect(storage.write((tx) => tx.updateTable('audit_event').set({ actor: 'nobody' }).execute())).rejects.toThrow('append-only');
    await expect(storage.write((tx) => tx.deleteFrom('audit_event').execute())).rejects.toThrow('append-only');
  });

  test('nothing a parent typed stands in the database in clear', async () => {
    const deps = bookingDeps(storage);
    const slot = await aSlot(storage);
    const canary = { contactName: '金丝雀女士', phone: '13912345678', note: '金丝雀备注' };
    const { queryCode } = receiptOf(await reserve(deps, hebei, 'canary-key-0001', aRequest({ slotId: slot.id, ...canary })));
    const tables = ['booking', 'booking_child', 'booking_move', 'idempotency', 'outbox', 'audit_event'] as const;
    const everything = JSON.stringify(await Promise.all(tables.map((table) => storage.read.selectFrom(table).selectAll().execute())));
    for (const secret of [...Object.values(canary), queryCode, 'canary-key-0001']) expect(everything).not.toContain(secret);
  });
});
