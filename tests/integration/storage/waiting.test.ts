import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelBooking } from '#domain/booking/cancel.ts';
import type { BookingDeps } from '#domain/booking/deps.ts';
import { findBooking } from '#domain/booking/find.ts';
import { rescheduleBooking } from '#domain/booking/reschedule.ts';
import { reserve, type ReserveOutcome } from '#domain/booking/reserve.ts';
import { acceptOffer, sweepOffers } from '#domain/booking/waiting.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';
import { aRequest, aSlot, bookingDeps, sundayMorning } from '#tests/builders/booking.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const hebei = jurisdictionCode.parse('120105');
const day = 86_400_000;
const hour = 3_600_000;
const receiptOf = (outcome: ReserveOutcome) => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value.receipt;
};
let phones = 0;
const nextPhone = (): string => { phones += 1; return `137${String(phones).padStart(8, '0')}`; };

describe.each(engines)('候补 on $engine', ({ open }) => {
  let opened: Opened;
  let storage: Storage;
  let base: BookingDeps;
  beforeAll(async () => {
    opened = await open();
    storage = opened.storage;
    base = bookingDeps(storage);
  });
  afterAll(() => opened.leave());

  const at = (now: Instant): BookingDeps => ({ ...base, now: () => now });
  const slotRow = (id: string) => storage.read.selectFrom('slot').select(['taken', 'waiting']).where('id', '=', id).executeTakeFirstOrThrow();
  const ask = (slotId: string, more: object = {}, deps = base) => reserve(deps, hebei, newId(), aRequest({ slotId, phone: nextPhone(), waiting: true, ...more }));
  const stateOf = async (claim: { reference: string; queryCode: string }, deps = base) => {
    const found = await findBooking(deps, hebei, claim);
    return found.ok ? [found.value.state, found.value.position ?? null] : found.reason;
  };
  /** Seats counted by the slot are those of bookings that hold one; the queue's length is the number who wait. */
  const expectCounted = async (slotId: string): Promise<void> => {
    const bookings = await storage.read.selectFrom('booking').select(['state', 'seats']).where('slot_id', '=', slotId).execute();
    const seats = bookings.filter(({ state }) => ['requested', 'confirmed', 'offered', 'attended', 'noShow', 'turnedAway'].includes(state)).reduce((total, booking) => total + booking.seats, 0);
    expect(await slotRow(slotId)).toEqual({ taken: seats, waiting: bookings.filter(({ state }) => state === 'waiting').length });
  };

  test('a full class takes a queue in order; whoever has room is simply booked; without asking to wait it is full', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 3 * day });
    expect(receiptOf(await ask(slot.id))).toMatchObject({ state: 'confirmed' });
    expect(await ask(slot.id, { waiting: undefined })).toEqual({ ok: false, reason: 'full' });
    const second = receiptOf(await ask(slot.id));
    const third = receiptOf(await ask(slot.id));
    expect([second.state, second.position, third.position]).toEqual(['waiting', 1, 2]);
    expect(await stateOf(third)).toEqual(['waiting', 2]);
    await cancelBooking(base, hebei, second);
    expect(await stateOf(third)).toEqual(['waiting', 1]);
    await expectCounted(slot.id);
  });

  test('a visit has no queue', async () => {
    const slot = await aSlot(storage, { capacity: 1 });
    await ask(slot.id);
    expect(await ask(slot.id)).toEqual({ ok: false, reason: 'full' });
  });

  test('a freed seat is held for the oldest alone: no newcomer takes it, accepting keeps it, and the next is not offered it too', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 3 * day });
    const holder = receiptOf(await ask(slot.id));
    const oldest = receiptOf(await ask(slot.id));
    const next = receiptOf(await ask(slot.id));
    expect(await acceptOffer(base, hebei, oldest)).toEqual({ ok: false, reason: 'offer-ended' });
    await cancelBooking(base, hebei, holder);
    expect(await findBooking(base, hebei, oldest)).toMatchObject({ ok: true, value: { state: 'offered', offerEndsAt: '2026-11-22T14:00:00+08:00' } });
    expect(await stateOf(next)).toEqual(['waiting', 1]);
    expect(await ask(slot.id, { waiting: undefined })).toEqual({ ok: false, reason: 'full' });
    await expectCounted(slot.id);
    expect(await acceptOffer(base, hebei, oldest)).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    expect(await acceptOffer(base, hebei, oldest)).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    await expectCounted(slot.id);
  });

  test('an offer nobody answers goes to the next when its waking hours are over, and not a moment before', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 3 * day });
    const holder = receiptOf(await ask(slot.id));
    const [oldest, next] = [receiptOf(await ask(slot.id)), receiptOf(await ask(slot.id))];
    const evening = instant.parse(sundayMorning + 10 * hour);
    await cancelBooking(at(evening), hebei, holder);
    // 20:00 and four waking hours: 21:00 today, then 8:00 to 11:00 tomorrow.
    const end = instant.parse(sundayMorning + day + hour);
    expect(await findBooking(at(evening), hebei, oldest)).toMatchObject({ ok: true, value: { offerEndsAt: '2026-11-23T11:00:00+08:00' } });
    await sweepOffers(at(end));
    expect(await stateOf(oldest)).toEqual(['offered', null]);
    await sweepOffers(at(instant.parse(end + 1)));
    expect(await stateOf(oldest)).toEqual(['expired', null]);
    expect(await stateOf(next)).toEqual(['offered', null]);
    expect(await acceptOffer(at(instant.parse(end + 1)), hebei, oldest)).toEqual({ ok: false, reason: 'offer-ended' });
    await expectCounted(slot.id);
  });

  test('the oldest that fits: two children wait for one seat, so one child behind them is offered it, and they keep their place', async () => {
    const slot = await aSlot(storage, { kind: 'care', capacity: 2, startsAt: sundayMorning + 3 * day });
    const [one] = [receiptOf(await ask(slot.id)), receiptOf(await ask(slot.id))];
    const twins = receiptOf(await ask(slot.id, { children: [{ birthMonth: '2025-03' }, { birthMonth: '2025-03' }] }));
    const single = receiptOf(await ask(slot.id));
    await cancelBooking(base, hebei, one);
    expect([await stateOf(twins), await stateOf(single)]).toEqual([['waiting', 1], ['offered', null]]);
    await expectCounted(slot.id);
  });

  test('a seat that is free while a family waits is not open to others, who may only wait behind it', async () => {
    const slot = await aSlot(storage, { kind: 'care', capacity: 2, startsAt: sundayMorning + 3 * day });
    const [one] = [receiptOf(await ask(slot.id)), receiptOf(await ask(slot.id))];
    const twins = receiptOf(await ask(slot.id, { children: [{ birthMonth: '2025-03' }, { birthMonth: '2025-03' }] }));
    await cancelBooking(base, hebei, one);
    expect(await slotRow(slot.id)).toEqual({ taken: 1, waiting: 1 });
    expect(await ask(slot.id, { waiting: undefined })).toEqual({ ok: false, reason: 'full' });
    expect(await findBooking(base, hebei, twins)).toMatchObject({ ok: true, value: { state: 'waiting', slot: { open: 0 } } });
    await expectCounted(slot.id);
  });

  test('cancelled and moved at the same moment, a booking does one of the two, and both slots count true', async () => {
    const from = await aSlot(storage, { kind: 'class', capacity: 20, startsAt: sundayMorning + 3 * day });
    const to = await aSlot(storage, { kind: 'class', capacity: 8, startsAt: sundayMorning + 4 * day, institution: from.institution });
    // Families who stay: a seat wrongly given back would be one of theirs.
    for (let at = 0; at < 10; at += 1) await ask(from.id);
    const made = [];
    for (let at = 0; at < 8; at += 1) made.push(receiptOf(await ask(from.id)));
    await Promise.all(made.flatMap((claim) => [rescheduleBooking(base, hebei, newId(), { ...claim, slotId: to.id }), cancelBooking(base, hebei, claim)]));
    await expectCounted(from.id);
    await expectCounted(to.id);
  });

  test('moved to two slots at the same moment, a booking stands in one of them, and neither hand is told that it is too late', async () => {
    const from = await aSlot(storage, { kind: 'class', capacity: 20, startsAt: sundayMorning + 3 * day });
    const [one, other] = [await aSlot(storage, { kind: 'class', capacity: 20, startsAt: sundayMorning + 4 * day, institution: from.institution }), await aSlot(storage, { kind: 'class', capacity: 20, startsAt: sundayMorning + 5 * day, institution: from.institution })];
    const made = [];
    for (let at = 0; at < 8; at += 1) made.push(receiptOf(await ask(from.id)));
    const moves = await Promise.all(made.flatMap((claim) => [one, other].map(({ id }) => rescheduleBooking(base, hebei, newId(), { ...claim, slotId: id }))));
    expect(moves.map(({ ok }) => ok)).toEqual(Array.from({ length: 16 }, () => true));
    for (const { id } of [from, one, other]) await expectCounted(id);
    expect((await slotRow(one.id)).taken + (await slotRow(other.id)).taken).toBe(8);
  });

  test('a capacity that was raised is offered by the sweep, and by many sweeps at once only once', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 3 * day });
    await ask(slot.id);
    const waiting = [receiptOf(await ask(slot.id)), receiptOf(await ask(slot.id)), receiptOf(await ask(slot.id))];
    await storage.write((tx) => tx.updateTable('slot').set({ capacity: 3 }).where('id', '=', slot.id).execute());
    await Promise.all(Array.from({ length: 8 }, () => sweepOffers(base)));
    expect(await Promise.all(waiting.map((claim) => stateOf(claim)))).toEqual([['offered', null], ['offered', null], ['waiting', 1]]);
    await expectCounted(slot.id);
  });

  test('near the slot the queue ends, everybody in it is told, and what is free is open again', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + day });
    await ask(slot.id);
    const waits = receiptOf(await ask(slot.id));
    // Booking closes at 8:00 tomorrow: after 20:30 today there is no half waking hour left.
    const late = at(instant.parse(sundayMorning + 10 * hour + 31 * 60_000));
    await sweepOffers(late);
    expect(await stateOf(waits, late)).toEqual(['expired', null]);
    const messages = await storage.read.selectFrom('outbox').select('kind').where('kind', '=', 'waiting-ended').execute();
    expect(messages.length).toBeGreaterThan(0);
    expect(await ask(slot.id, {}, late)).toEqual({ ok: false, reason: 'full' });
    await expectCounted(slot.id);
  });

  test('who waits may move to a free class; the same key waits once and answers alike', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 3 * day });
    const other = await aSlot(storage, { kind: 'class', capacity: 1, startsAt: sundayMorning + 4 * day, institution: slot.institution });
    await ask(slot.id);
    const request = aRequest({ slotId: slot.id, phone: nextPhone(), waiting: true });
    const answers = await Promise.all(Array.from({ length: 30 }, () => reserve(base, hebei, 'wait-once-key', request)));
    expect(new Set(answers.map((answer) => JSON.stringify(receiptOf(answer)))).size).toBe(1);
    await expectCounted(slot.id);
    expect(await rescheduleBooking(base, hebei, newId(), { ...receiptOf(await reserve(base, hebei, 'wait-once-key', request)), slotId: other.id })).toMatchObject({ ok: true, value: { state: 'confirmed' } });
    await expectCounted(slot.id);
    await expectCounted(other.id);
  });

  test('sixty families, six seats, many cancelling at once: never a seat too many, and the queue moves in order', async () => {
    const slot = await aSlot(storage, { kind: 'class', capacity: 6, startsAt: sundayMorning + 3 * day });
    const made = (await Promise.all(Array.from({ length: 60 }, () => ask(slot.id)))).map(receiptOf);
    await expectCounted(slot.id);
    expect(await slotRow(slot.id)).toEqual({ taken: 6, waiting: 54 });
    const holders = made.filter(({ state }) => state === 'confirmed');
    await Promise.all([...holders.map((claim) => cancelBooking(base, hebei, claim)), ...Array.from({ length: 4 }, () => sweepOffers(base))]);
    await expectCounted(slot.id);
    expect(await slotRow(slot.id)).toEqual({ taken: 6, waiting: 48 });
    const offered = await storage.read.selectFrom('booking').select('queue_number').where('slot_id', '=', slot.id).where('state', '=', 'offered').orderBy('queue_number').execute();
    expect(offered.map(({ queue_number }) => queue_number)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
