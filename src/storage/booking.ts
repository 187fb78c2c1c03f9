import { z } from 'zod';
import { bookingEnders, bookingMoves, bookingStates, staffReasons, type BookingMove, type Slot } from '#domain/booking/model.ts';
import type { BookingStore, FoundBooking, Reservation, ReserveResult, StoredAnswer } from '#domain/booking/ports.ts';
import { instant } from '#domain/shared/dates.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { findSlot, readSlot, slotsIn, slotsOf } from '#storage/slots.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

/** A booking by its public number; one whose data has been purged is gone to its parent. */
export const bookingByReference = (db: ReadDb, jurisdiction: string, reference: string) =>
  db.selectFrom('booking').selectAll().where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference).where('sealed_contact', '!=', '');

/** The answer kept for an idempotency key that has not run out. */
export const findAnswer = async (db: ReadDb, jurisdiction: string, keyHash: string, now: number): Promise<StoredAnswer | undefined> => {
  const row = await db.selectFrom('idempotency').select(['request_hash', 'sealed_answer']).where('jurisdiction_code', '=', jurisdiction)
    .where('key_hash', '=', keyHash).where('expires_at', '>', now).executeTakeFirst();
  return row && { requestHash: row.request_hash, sealedAnswer: row.sealed_answer };
};

/** A refusal discovered inside a transaction: thrown so that everything before it is undone. */
class Undo extends Error {
  readonly result: ReserveResult | { readonly kind: 'changed-meanwhile' };
  constructor(result: ReserveResult | { readonly kind: 'changed-meanwhile' }) {
    super(result.kind);
    this.result = result;
  }
}

async function takeSeats(tx: WriteTx, slot: Slot, seats: number): Promise<void> {
  const taken = await tx.updateTable('slot').set((eb) => ({ taken: eb('taken', '+', seats) }))
    .where('id', '=', slot.id).where('state', '=', 'open').where('waiting', '=', 0).where((eb) => eb(eb('taken', '+', seats), '<=', eb.ref('capacity'))).executeTakeFirst();
  if (taken.numUpdatedRows !== 1n) throw new Undo({ kind: 'full' });
}

async function assertListed(tx: WriteTx, { host }: Slot): Promise<void> {
  if (host.kind === 'team') return;
  const held = await tx.selectFrom('credential').select('state').where('institution_id', '=', host.id).executeTakeFirst();
  if (held?.state !== 'receipted' && held?.state !== 'changed') throw new Undo({ kind: 'institution-suspended' });
}

async function keepAnswer(tx: WriteTx, jurisdiction: string, kept: Reservation['idempotency']): Promise<void> {
  // A record that has run out makes room; a live one is a unique violation, answered by the caller.
  await tx.deleteFrom('idempotency').where('jurisdiction_code', '=', jurisdiction).where('key_hash', '=', kept.keyHash).where('expires_at', '<=', kept.now).execute();
  await tx.insertInto('idempotency').values({ jurisdiction_code: jurisdiction, key_hash: kept.keyHash, request_hash: kept.requestHash, sealed_answer: kept.sealedAnswer, expires_at: kept.expiresAt }).execute();
}

async function writeReservation(tx: WriteTx, reservation: Reservation): Promise<void> {
  const { id, jurisdiction, slot } = reservation;
  await takeSeats(tx, slot, reservation.seats);
  await assertListed(tx, slot);
  await keepAnswer(tx, jurisdiction, reservation.idempotency);
  await tx.insertInto('booking').values({
    id, jurisdiction_code: jurisdiction, reference: reservation.reference, query_code_hash: reservation.queryCodeHash, slot_id: slot.id, state: reservation.state,
    seats: reservation.seats, version: 1, sealed_contact: reservation.sealedContact, acting_as: reservation.actingAs, rules_version: reservation.rulesVersion, created_at: reservation.at,
  }).execute();
  await tx.insertInto('booking_child').values(reservation.childKeys.map((childKey, ordinal) => ({
    booking_id: id, ordinal, child_key: childKey, slot_id: slot.id, institution_id: slot.host.id, day: reservation.day, holds: 1,
  }))).execute();
  await tx.insertInto('booking_move').values({ booking_id: id, ordinal: 1, at: reservation.at, kind: 'booked' }).execute();
  await queueMessage(tx, jurisdiction, reservation.message, reservation.at);
  await appendAudit(tx, reservation.event);
}

async function addMove(tx: WriteTx, bookingId: string, ordinal: number, at: number, kind: BookingMove['kind']): Promise<void> {
  await tx.insertInto('booking_move').values({ booking_id: bookingId, ordinal, at, kind }).execute();
}

/** Which rule a unique violation stands for, read again outside the failed transaction. */
async function explainViolation(db: ReadDb, jurisdiction: string, kept: Reservation['idempotency'], childKeys: readonly string[], institution: string, day: string): Promise<ReserveResult> {
  const answer = await findAnswer(db, jurisdiction, kept.keyHash, kept.now);
  if (answer) return { kind: 'replay', answer };
  const held = childKeys.length === 0 ? undefined : await db.selectFrom('booking_child').select('booking_id').where('institution_id', '=', institution)
    .where('day', '=', day).where('holds', '=', 1).where('child_key', 'in', childKeys).executeTakeFirst();
  return held ? { kind: 'already-booked' } : { kind: 'reference-taken' };
}

/** 预约: the booking store on either engine. */
export function bookingStore({ read, write }: Storage): BookingStore {
  const orUndo = async <Result>(work: (tx: WriteTx) => Promise<Result>): Promise<Result | Undo> => {
    try {
      return await write(work);
    } catch (fault) {
      if (fault instanceof Undo) return fault;
      throw fault;
    }
  };
  return {
    findSlot: (jurisdiction, id) => findSlot(read, jurisdiction, id),
    findSlots: async (institution, kind, from, to) => (await slotsOf(read, institution, kind, from, to).execute()).map(readSlot),
    findSlotsInJurisdiction: async (jurisdiction, kind, from, to) => (await slotsIn(read, jurisdiction, kind, from, to).execute()).map(readSlot),
    findAnswer: (jurisdiction, keyHash, now) => findAnswer(read, jurisdiction, keyHash, now),
    reserve: async (reservation) => {
      try {
        const outcome = await orUndo((tx) => writeReservation(tx, reservation));
        if (!(outcome instanceof Undo)) return { kind: 'reserved' };
        if (outcome.result.kind === 'changed-meanwhile') throw outcome;
        // The same key may have won the last seat a moment ago: its answer, not a refusal, is the truth.
        const answer = await findAnswer(read, reservation.jurisdiction, reservation.idempotency.keyHash, reservation.idempotency.now);
        return answer ? { kind: 'replay', answer } : outcome.result;
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        return explainViolation(read, reservation.jurisdiction, reservation.idempotency, reservation.childKeys, reservation.slot.host.id, reservation.day);
      }
    },
    findByReference: async (jurisdiction, reference): Promise<FoundBooking | undefined> => {
      const row = await bookingByReference(read, jurisdiction, reference).executeTakeFirst();
      const slot = row && await findSlot(read, jurisdiction, row.slot_id);
      if (!row || !slot) return undefined;
      return {
        booking: {
          id: row.id, jurisdiction: slot.jurisdiction, reference: row.reference, slot, state: z.enum(bookingStates).parse(row.state), seats: row.seats, version: row.version,
          rulesVersion: row.rules_version, createdAt: instant.parse(row.created_at),
          endedBy: z.enum(bookingEnders).nullable().parse(row.ended_by), reason: z.enum(staffReasons).nullable().parse(row.reason), queueNumber: row.queue_number,
          offerEndsAt: instant.nullable().parse(row.offer_ends_at), enrolment: row.enrolment_id,
        },
        queryCodeHash: row.query_code_hash, sealedContact: row.sealed_contact,
      };
    },
    history: async (bookingId) => {
      const rows = await read.selectFrom('booking_move').selectAll().where('booking_id', '=', bookingId).orderBy('ordinal').execute();
      return rows.map((row) => ({ at: instant.parse(row.at), kind: z.enum(bookingMoves).parse(row.kind) }));
    },
    cancel: async (booking, at, event, message) => {
      const outcome = await orUndo(async (tx) => {
        await moveBooking(tx, booking.id, booking.version, { state: 'cancelled' });
        await tx.updateTable('booking_child').set({ holds: 0 }).where('booking_id', '=', booking.id).execute();
        await freeSeats(tx, booking.slot.id, booking.seats);
        await addMove(tx, booking.id, booking.version + 1, at, 'cancelled');
        await queueMessage(tx, booking.jurisdiction, message, at);
        await appendAudit(tx, event);
      });
      return outcome instanceof Undo ? 'changed-meanwhile' : 'saved';
    },
    reschedule: async (booking, to, day, seats, at, event, message, kept) => {
      const keys = await read.selectFrom('booking_child').select('child_key').where('booking_id', '=', booking.id).execute();
      try {
        const outcome = await orUndo(async (tx) => {
          await takeSeats(tx, to, seats);
          await assertListed(tx, to);
          await keepAnswer(tx, booking.jurisdiction, kept);
          await moveBooking(tx, booking.id, booking.version, { state: to.kind === 'care' ? 'requested' : 'confirmed', slot_id: to.id, seats });
          await tx.updateTable('booking_child').set({ slot_id: to.id, institution_id: to.host.id, day }).where('booking_id', '=', booking.id).execute();
          await freeSeats(tx, booking.slot.id, booking.seats);
          await addMove(tx, booking.id, booking.version + 1, at, 'rescheduled');
          await queueMessage(tx, booking.jurisdiction, message, at);
          await appendAudit(tx, event);
        });
        return outcome instanceof Undo ? outcome.result : { kind: 'reserved' };
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        return explainViolation(read, booking.jurisdiction, kept, keys.map(({ child_key }) => child_key), to.host.id, day);
      }
    },
  };
}

async function moveBooking(tx: WriteTx, id: string, version: number, change: { state: string; slot_id?: string; seats?: number }): Promise<void> {
  const moved = await tx.updateTable('booking').set({ ...change, version: version + 1 }).where('id', '=', id).where('version', '=', version)
    .where('state', 'in', ['requested', 'confirmed', 'waiting', 'offered']).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo({ kind: 'changed-meanwhile' });
}

async function freeSeats(tx: WriteTx, slotId: string, seats: number): Promise<void> {
  await tx.updateTable('slot').set((eb) => ({ taken: eb('taken', '-', seats) })).where('id', '=', slotId).execute();
}
