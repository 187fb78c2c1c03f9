import { z } from 'zod';
import { bookingMoves } from '#domain/booking/model.ts';
import type { BookingStore, FoundBooking, Joining, KeptAnswer, Rescheduling, Reservation, ReserveResult, StoredAnswer } from '#domain/booking/ports.ts';
import { instant } from '#domain/shared/dates.ts';
import { addHours, addMove, applyTransition, assertListed, fillSeats, keepAnswer, leaveSlot, orUndo, takeHoursBack, takeSeats, Undo } from '#storage/bookingMoves.ts';
import { bookingByReference, endedOffers, readEnrolment, slotsWithQueue, withSlots } from '#storage/bookingRows.ts';
import { appendAudit, queueMessage } from '#storage/commit.ts';
import { isUniqueViolation } from '#storage/faults.ts';
import { findSlot, readSlot, slotsIn, slotsOf } from '#storage/slots.ts';
import { readTeam } from '#storage/teams.ts';
import type { ReadDb, Storage, WriteTx } from '#storage/schema.ts';

const moveOf = z.enum(bookingMoves);

/** The answer kept for an idempotency key that has not run out. */
export const findAnswer = async (db: ReadDb, jurisdiction: string, keyHash: string, now: number): Promise<StoredAnswer | undefined> => {
  const row = await db.selectFrom('idempotency').select(['request_hash', 'sealed_answer']).where('jurisdiction_code', '=', jurisdiction)
    .where('key_hash', '=', keyHash).where('expires_at', '>', now).executeTakeFirst();
  return row && { requestHash: row.request_hash, sealedAnswer: row.sealed_answer };
};

type Written = Omit<Reservation, 'idempotency' | 'state'> & { readonly state: Reservation['state'] | 'waiting'; readonly queueNumber: number | null };

/** The booking itself, its children and their hours, its first move, message and event. */
async function writeBooking(tx: WriteTx, written: Written): Promise<void> {
  const { id, jurisdiction, slot, childKeys } = written;
  if (written.hours) await addHours(tx, slot.host.id, childKeys, written.hours);
  await tx.insertInto('booking').values({
    id, jurisdiction_code: jurisdiction, reference: written.reference, query_code_hash: written.queryCodeHash, slot_id: slot.id, state: written.state,
    seats: written.seats, version: 1, sealed_contact: written.sealedContact, acting_as: written.actingAs, rules_version: written.rulesVersion, created_at: written.at,
    queue_number: written.queueNumber, enrolment_id: written.enrolment,
  }).execute();
  const holds = written.state === 'attended' ? 0 : 1;
  if (childKeys.length > 0) {
    await tx.insertInto('booking_child').values(childKeys.map((childKey, ordinal) => ({
      booking_id: id, ordinal, child_key: childKey, slot_id: slot.id, institution_id: slot.host.id, day: written.day, holds,
    }))).execute();
  }
  await addMove(tx, id, 1, written.at, written.state === 'waiting' ? 'joined' : written.state === 'attended' ? 'attended' : 'booked');
  if (written.message) await queueMessage(tx, jurisdiction, written.message, written.at);
  await appendAudit(tx, written.event);
}

async function writeReservation(tx: WriteTx, reservation: Reservation): Promise<void> {
  await takeSeats(tx, reservation.slot, reservation.seats);
  await assertListed(tx, reservation.slot);
  await keepAnswer(tx, reservation.jurisdiction, reservation.idempotency);
  await writeBooking(tx, { ...reservation, queueNumber: null });
}

async function writeJoining(tx: WriteTx, joining: Joining): Promise<number> {
  const { slot } = joining;
  const joined = await tx.updateTable('slot').set((eb) => ({ waiting: eb('waiting', '+', 1), queue_last: eb('queue_last', '+', 1) })).where('id', '=', slot.id).where('state', '=', 'open')
    .where((eb) => eb.or([eb('waiting', '>', 0), eb(eb('taken', '+', joining.seats), '>', eb.ref('capacity'))])).returning(['waiting', 'queue_last']).executeTakeFirst();
  if (!joined) throw new Undo({ kind: 'seat-open' });
  await assertListed(tx, slot);
  await keepAnswer(tx, joining.jurisdiction, { ...joining.idempotency, sealedAnswer: joining.sealAnswer(joined.waiting) });
  await writeBooking(tx, { ...joining, state: 'waiting', queueNumber: joined.queue_last });
  return joined.waiting;
}

async function writeRescheduling(tx: WriteTx, { booking, to, day, seats, state, at, hours, event, message, idempotency, offers }: Rescheduling): Promise<void> {
  // The two slots in the order of their ids: two families who change places would otherwise wait for each other.
  const leavesFirst = booking.slot.id < to.id;
  const left = leavesFirst && await leaveSlot(tx, booking.slot.id, booking.state, booking.seats);
  await takeSeats(tx, to, seats);
  const freed = leavesFirst ? left : await leaveSlot(tx, booking.slot.id, booking.state, booking.seats);
  await assertListed(tx, to);
  if (idempotency) await keepAnswer(tx, booking.jurisdiction, idempotency);
  const moved = await tx.updateTable('booking').set({ state, slot_id: to.id, seats, version: booking.version + 1, queue_number: null, offer_ends_at: null })
    .where('id', '=', booking.id).where('version', '=', booking.version).where('state', '=', booking.state).executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new Undo({ kind: 'changed-meanwhile' });
  if (hours) {
    const keys = await tx.selectFrom('booking_child').select('child_key').where('booking_id', '=', booking.id).execute();
    await takeHoursBack(tx, booking.id, booking.slot);
    await addHours(tx, to.host.id, keys.map(({ child_key }) => child_key), hours);
  }
  await tx.updateTable('booking_child').set({ slot_id: to.id, institution_id: to.host.id, day }).where('booking_id', '=', booking.id).execute();
  await addMove(tx, booking.id, booking.version + 1, at, 'rescheduled');
  await queueMessage(tx, booking.jurisdiction, message, at);
  await appendAudit(tx, event);
  if (freed && offers) await fillSeats(tx, booking.slot.id, offers);
}

/** Which rule a unique violation stands for, read again outside the failed transaction. */
async function explainViolation(db: ReadDb, jurisdiction: string, kept: Pick<KeptAnswer, 'keyHash' | 'now'> | null, childKeys: readonly string[], host: string, day: string) {
  const answer = kept && await findAnswer(db, jurisdiction, kept.keyHash, kept.now);
  if (answer) return { kind: 'replay', answer } as const;
  const held = childKeys.length === 0 ? undefined : await db.selectFrom('booking_child').select('booking_id').where('institution_id', '=', host)
    .where('day', '=', day).where('holds', '=', 1).where('child_key', 'in', childKeys).executeTakeFirst();
  return { kind: held ? 'already-booked' : 'reference-taken' } as const;
}

/** 预约: the booking store on either engine. */
export function bookingStore({ read, write }: Storage): BookingStore {
  /** What a new booking's transaction came to; the same key may have won the last seat a moment ago: its answer, not a refusal, is the truth. */
  const settled = async <Done>({ jurisdiction, idempotency, childKeys, slot, day }: Pick<Joining, 'jurisdiction' | 'idempotency' | 'childKeys' | 'slot' | 'day'>, work: (tx: WriteTx) => Promise<Done>) => {
    try {
      const outcome = await orUndo(write, work);
      if (!(outcome instanceof Undo)) return { kind: 'done', value: outcome } as const;
      const answer = await findAnswer(read, jurisdiction, idempotency.keyHash, idempotency.now);
      return answer ? { kind: 'replay', answer } as const : outcome.result;
    } catch (fault) {
      if (!isUniqueViolation(fault)) throw fault;
      return explainViolation(read, jurisdiction, idempotency, childKeys, slot.host.id, day);
    }
  };
  const one = async (query: ReturnType<typeof bookingByReference>): Promise<FoundBooking | undefined> => (await withSlots(read, await query.execute()))[0];
  return {
    findSlot: (jurisdiction, id) => findSlot(read, jurisdiction, id),
    findTeam: async (jurisdiction, id) => {
      const row = await read.selectFrom('team').selectAll().where('id', '=', id).where('jurisdiction_code', '=', jurisdiction).executeTakeFirst();
      return row && readTeam(row);
    },
    findSlots: async (institution, kind, from, to) => (await slotsOf(read, institution, kind, from, to).execute()).map(readSlot),
    findSlotsInJurisdiction: async (jurisdiction, kind, from, to) => (await slotsIn(read, jurisdiction, kind, from, to).execute()).map(readSlot),
    findAnswer: (jurisdiction, keyHash, now) => findAnswer(read, jurisdiction, keyHash, now),
    findEnrolment: async (institution, codeHash) => {
      const row = await read.selectFrom('enrolment_code').selectAll().where('code_hash', '=', codeHash).where('institution_id', '=', institution).executeTakeFirst();
      return row && readEnrolment(row);
    },
    findEnrolmentById: async (id) => {
      const row = await read.selectFrom('enrolment_code').selectAll().where('id', '=', id).executeTakeFirst();
      return row && readEnrolment(row);
    },
    reserve: async (reservation): Promise<ReserveResult> => {
      const result = await settled(reservation, (tx) => writeReservation(tx, reservation));
      if (result.kind === 'done') return { kind: 'reserved' };
      if (result.kind === 'changed-meanwhile' || result.kind === 'seat-open') throw new Error(`a new booking cannot meet ${result.kind}`);
      return result;
    },
    join: async (joining) => {
      const result = await settled(joining, (tx) => writeJoining(tx, joining));
      if (result.kind === 'done') return { kind: 'joined', position: result.value };
      if (result.kind === 'changed-meanwhile') throw new Error('a new booking cannot have changed meanwhile');
      return result;
    },
    findByReference: (jurisdiction, reference) => one(bookingByReference(read, jurisdiction, reference)),
    history: async (bookingId) => {
      const rows = await read.selectFrom('booking_move').selectAll().where('booking_id', '=', bookingId).orderBy('ordinal').execute();
      return rows.map((row) => ({ at: instant.parse(row.at), kind: moveOf.parse(row.kind) }));
    },
    position: async (booking) => {
      if (booking.state !== 'waiting' || booking.queueNumber === null) return 0;
      const { ahead } = await read.selectFrom('booking').select((eb) => eb.fn.countAll<number>().as('ahead')).where('slot_id', '=', booking.slot.id).where('state', '=', 'waiting')
        .where('queue_number', '<=', booking.queueNumber).executeTakeFirstOrThrow();
      return Number(ahead);
    },
    move: async (transition) => (await orUndo(write, (tx) => applyTransition(tx, transition)) instanceof Undo ? 'changed-meanwhile' : 'saved'),
    reschedule: async (rescheduling) => {
      const { booking, idempotency, to, day } = rescheduling;
      const keys = await read.selectFrom('booking_child').select('child_key').where('booking_id', '=', booking.id).execute();
      try {
        const outcome = await orUndo(write, (tx) => writeRescheduling(tx, rescheduling));
        if (!(outcome instanceof Undo)) return { kind: 'reserved' };
        if (outcome.result.kind === 'seat-open') throw outcome;
        const answer = idempotency && await findAnswer(read, booking.jurisdiction, idempotency.keyHash, idempotency.now);
        return answer ? { kind: 'replay', answer } : outcome.result;
      } catch (fault) {
        if (!isUniqueViolation(fault)) throw fault;
        return explainViolation(read, booking.jurisdiction, idempotency, keys.map(({ child_key }) => child_key), to.host.id, day);
      }
    },
    endedOffers: async (now) => withSlots(read, await endedOffers(read, now).execute()),
    slotsWithQueue: async () => (await slotsWithQueue(read).execute()).map(readSlot),
    waitingFor: async (slot) => withSlots(read, await read.selectFrom('booking').selectAll().where('slot_id', '=', slot.id).where('state', '=', 'waiting').orderBy('queue_number').limit(500).execute()),
    fill: (slot, offers) => write(async (tx) => {
      // Writing the row, though nothing changes, makes other processes wait for this one.
      await tx.updateTable('slot').set((eb) => ({ taken: eb.ref('taken') })).where('id', '=', slot.id).execute();
      return fillSeats(tx, slot.id, offers);
    }),
    hasAnswered: async (booking) => (await read.selectFrom('visit_signal').select('id').where('booking_id', '=', booking).executeTakeFirst()) !== undefined,
    addSignal: async (signal, booking, event) => {
      try {
        await write(async (tx) => {
          await tx.insertInto('visit_signal').values({
            id: signal.id, booking_id: booking, jurisdiction_code: signal.jurisdiction, institution_id: signal.institution, visited_on: signal.visitedOn,
            info_matched: signal.infoMatched, asked_to_pay: signal.askedToPay, enrolled: signal.enrolled, at: signal.at,
          }).execute();
          await appendAudit(tx, event);
        });
        return 'saved';
      } catch (fault) {
        if (isUniqueViolation(fault)) return 'already-answered';
        throw fault;
      }
    },
  };
}
