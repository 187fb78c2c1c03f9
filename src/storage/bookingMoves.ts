import { activeStates, seatStates, type BookingMoveKind, type BookingState, type Slot } from '#domain/booking/model.ts';
import { dayOf, monthOf } from '#domain/shared/dates.ts';
import type { CareHours, KeptAnswer, Offers, ReserveResult, Transition } from '#domain/booking/ports.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import type { Storage, WriteTx } from '#storage/schema.ts';

type Undone = Exclude<ReserveResult, { kind: 'reserved' }> | { readonly kind: 'changed-meanwhile' } | { readonly kind: 'seat-open' };

/** A refusal discovered inside a transaction: thrown so that everything before it is undone. */
export class Undo extends Error {
  readonly result: Undone;
  constructor(result: Undone) {
    super(result.kind);
    this.result = result;
  }
}

/** Runs a transaction; a refusal found inside is answered, after everything before it has been undone. */
export async function orUndo<Result>(write: Storage['write'], work: (tx: WriteTx) => Promise<Result>): Promise<Result | Undo> {
  try {
    return await write(work);
  } catch (fault) {
    if (fault instanceof Undo) return fault;
    throw fault;
  }
}

const has = (states: readonly BookingState[], state: BookingState): boolean => states.includes(state);
/** Hours count for what is asked or used; a child turned away at the door has used none. */
const hourStates: readonly BookingState[] = [...activeStates, 'attended', 'noShow'];

// Every transaction that touches seats or the queue writes the slot's row first: that row is the lock of its slot on either engine.

/** Takes seats that are free; where somebody waits, none is. */
export async function takeSeats(tx: WriteTx, slot: Slot, seats: number): Promise<void> {
  const taken = await tx.updateTable('slot').set((eb) => ({ taken: eb('taken', '+', seats) }))
    .where('id', '=', slot.id).where('state', '=', 'open').where('waiting', '=', 0).where((eb) => eb(eb('taken', '+', seats), '<=', eb.ref('capacity'))).executeTakeFirst();
  if (taken.numUpdatedRows !== 1n) throw new Undo({ kind: 'full' });
}

/** Gives back what a booking in this state held of its slot: seats, or a place in the queue. Answers whether seats became free. What is no longer there to give back was given back by another: the booking has changed. */
export async function leaveSlot(tx: WriteTx, slotId: string, state: BookingState, seats: number): Promise<boolean> {
  const holdsSeats = has(seatStates, state);
  if (!holdsSeats && state !== 'waiting') return false;
  const left = holdsSeats
    ? await tx.updateTable('slot').set((eb) => ({ taken: eb('taken', '-', seats) })).where('id', '=', slotId).where('taken', '>=', seats).executeTakeFirst()
    : await tx.updateTable('slot').set((eb) => ({ waiting: eb('waiting', '-', 1) })).where('id', '=', slotId).where('waiting', '>=', 1).executeTakeFirst();
  if (left.numUpdatedRows !== 1n) throw new Undo({ kind: 'changed-meanwhile' });
  return holdsSeats;
}

/** Refuses an institution whose credential is no longer in force, at the last moment too. A team has none. */
export async function assertListed(tx: WriteTx, { host }: Slot): Promise<void> {
  if (host.kind === 'team') return;
  const held = await tx.selectFrom('credential').select('state').where('institution_id', '=', host.id).executeTakeFirst();
  if (held?.state !== 'receipted' && held?.state !== 'changed') throw new Undo({ kind: 'institution-suspended' });
}

/** Keeps the sealed answer of a key. */
export async function keepAnswer(tx: WriteTx, jurisdiction: string, kept: KeptAnswer): Promise<void> {
  // A record that has run out makes room; a live one is a unique violation, answered by the caller.
  await tx.deleteFrom('idempotency').where('jurisdiction_code', '=', jurisdiction).where('key_hash', '=', kept.keyHash).where('expires_at', '<=', kept.now).execute();
  await tx.insertInto('idempotency').values({ jurisdiction_code: jurisdiction, key_hash: kept.keyHash, request_hash: kept.requestHash, sealed_answer: kept.sealedAnswer, expires_at: kept.expiresAt }).execute();
}

/** Writes what a booking went through. */
export async function addMove(tx: WriteTx, bookingId: string, ordinal: number, at: number, kind: BookingMoveKind): Promise<void> {
  await tx.insertInto('booking_move').values({ booking_id: bookingId, ordinal, at, kind }).execute();
}

/** 每月时长: counts a booking's minutes for each of its children; refused where one would pass the limit. */
export async function addHours(tx: WriteTx, institution: string, childKeys: readonly string[], { month, minutes, most }: CareHours): Promise<void> {
  for (const child_key of childKeys.toSorted()) {
    if (most !== null && minutes > most) throw new Undo({ kind: 'monthly-hours-used' });
    const counted = await tx.insertInto('child_hours').values({ institution_id: institution, child_key, month, minutes }).onConflict((clash) => {
      const added = clash.columns(['institution_id', 'child_key', 'month']).doUpdateSet((eb) => ({ minutes: eb('child_hours.minutes', '+', minutes) }));
      return most === null ? added : added.where((eb) => eb(eb('child_hours.minutes', '+', minutes), '<=', most));
    }).executeTakeFirst();
    if (counted.numInsertedOrUpdatedRows !== 1n) throw new Undo({ kind: 'monthly-hours-used' });
  }
}

const keysOf = (tx: WriteTx, booking: string) => tx.selectFrom('booking_child').select('child_key').where('booking_id', '=', booking);

/** What a slot counts for each child, by the month of its day in Asia/Shanghai. */
const countedFor = ({ startsAt, endsAt }: Slot): Pick<CareHours, 'month' | 'minutes'> =>
  ({ month: monthOf(dayOf(startsAt)), minutes: Math.round((endsAt - startsAt) / 60_000) });

/** Takes the minutes of a booking's children back, as they were counted for its slot. */
export async function takeHoursBack(tx: WriteTx, booking: string, slot: Slot): Promise<void> {
  const { month, minutes } = countedFor(slot);
  await tx.updateTable('child_hours').set((eb) => ({ minutes: eb('minutes', '-', minutes) })).where('institution_id', '=', slot.host.id).where('month', '=', month)
    .where('child_key', 'in', keysOf(tx, booking)).execute();
}

/** Counts them again, when a child written down as turned away had stayed after all: whatever the limit, for it was there. */
async function countHoursAgain(tx: WriteTx, booking: string, slot: Slot): Promise<void> {
  const keys = await keysOf(tx, booking).execute();
  await addHours(tx, slot.host.id, keys.map(({ child_key }) => child_key), { ...countedFor(slot), most: null });
}

/** 候补: offers free seats to the oldest that fit, each seat held for one family. The caller has written the slot's row in this transaction. Answers how many were offered one. */
export async function fillSeats(tx: WriteTx, slotId: string, offers: Offers): Promise<number> {
  if (offers.endsAt === null) return 0;
  const slot = await tx.selectFrom('slot').select(['jurisdiction_code', 'capacity', 'taken', 'waiting', 'state']).where('id', '=', slotId).executeTakeFirstOrThrow();
  if (slot.waiting === 0 || slot.state !== 'open' || slot.taken >= slot.capacity) return 0;
  const queue = await tx.selectFrom('booking').select(['id', 'seats', 'version']).where('slot_id', '=', slotId).where('state', '=', 'waiting').orderBy('queue_number').limit(500).execute();
  const chosen = offers.choose(slot.capacity - slot.taken, queue);
  for (const { id, seats } of chosen) {
    const { version } = await tx.updateTable('booking').set((eb) => ({ state: 'offered', offer_ends_at: offers.endsAt, version: eb('version', '+', 1) })).where('id', '=', id).where('state', '=', 'waiting')
      .returning('version').executeTakeFirstOrThrow();
    await tx.updateTable('slot').set((eb) => ({ taken: eb('taken', '+', seats), waiting: eb('waiting', '-', 1) })).where('id', '=', slotId).execute();
    const { event, message } = offers.written(id);
    await addMove(tx, id, version, offers.at, 'offered');
    await queueMessage(tx, slot.jurisdiction_code, message, offers.at);
    await appendAudit(tx, event);
  }
  return chosen.length;
}

/** Moves a booking to another state, with all that follows from it; throws `Undo` when it has changed meanwhile. */
export async function applyTransition(tx: WriteTx, { booking, to, move, at, endedBy, reason, event, message, offers, seenOn }: Transition): Promise<void> {
  const { slot, state: from } = booking;
  const leaves = from === 'waiting' || (has(seatStates, from) && !has(seatStates, to));
  const freed = leaves && await leaveSlot(tx, slot.id, from, booking.seats);
  const moved = await tx.updateTable('booking').set({ state: to, version: booking.version + 1, ended_by: endedBy, reason, offer_ends_at: null })
    .where('id', '=', booking.id).where('version', '=', booking.version).where('state', '=', from).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo({ kind: 'changed-meanwhile' });
  if (has(activeStates, from) && !has(activeStates, to)) await tx.updateTable('booking_child').set({ holds: 0 }).where('booking_id', '=', booking.id).execute();
  const counts = slot.kind === 'care' && has(hourStates, from) !== has(hourStates, to);
  if (counts && has(hourStates, from)) await takeHoursBack(tx, booking.id, slot);
  if (counts && has(hourStates, to)) await countHoursAgain(tx, booking.id, slot);
  if (seenOn !== undefined && booking.enrolment !== null) await tx.updateTable('enrolment_code').set({ seen_on: seenOn }).where('id', '=', booking.enrolment).where('seen_on', '<', seenOn).execute();
  await addMove(tx, booking.id, booking.version + 1, at, move);
  if (message) await queueMessage(tx, booking.jurisdiction, message, at);
  await appendAudit(tx, event);
  if (freed && offers) await fillSeats(tx, slot.id, offers);
}
