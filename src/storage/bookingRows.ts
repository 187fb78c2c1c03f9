import { z } from 'zod';
import type { Selectable } from 'kysely';
import { bookingEnders, bookingStates, staffReasons, type Booking, type EnrolmentCode, type Slot } from '#domain/booking/model.ts';
import type { FoundBooking } from '#domain/booking/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant, isoDate } from '#domain/shared/dates.ts';
import { readSlot, slotRows } from '#storage/slots.ts';
import type { Database, ReadDb } from '#storage/schema.ts';

type BookingRow = Selectable<Database['booking']>;

const stateOf = z.enum(bookingStates);
const enderOf = z.enum(bookingEnders).nullable();
const reasonOf = z.enum(staffReasons).nullable();

const readBooking = (row: BookingRow, slot: Slot): Booking => ({
  id: row.id, jurisdiction: slot.jurisdiction, reference: row.reference, slot, state: stateOf.parse(row.state), seats: row.seats, version: row.version, rulesVersion: row.rules_version,
  createdAt: instant.parse(row.created_at), endedBy: enderOf.parse(row.ended_by), reason: reasonOf.parse(row.reason), queueNumber: row.queue_number,
  offerEndsAt: row.offer_ends_at === null ? null : instant.parse(row.offer_ends_at), enrolment: row.enrolment_id,
});

/** Bookings with their slots, in the order of their rows. */
export async function withSlots(db: ReadDb, rows: readonly BookingRow[]): Promise<readonly FoundBooking[]> {
  if (rows.length === 0) return [];
  const slots = await slotRows(db).where('slot.id', 'in', [...new Set(rows.map(({ slot_id }) => slot_id))]).execute();
  const byId = new Map(slots.map((slot) => [slot.id, readSlot(slot)]));
  return rows.flatMap((row) => {
    const slot = byId.get(row.slot_id);
    return slot ? [{ booking: readBooking(row, slot), queryCodeHash: row.query_code_hash, sealedContact: row.sealed_contact }] : [];
  });
}

/** A booking by its public number; one whose data has been purged is gone to its parent. */
export const bookingByReference = (db: ReadDb, jurisdiction: string, reference: string) =>
  db.selectFrom('booking').selectAll().where('jurisdiction_code', '=', jurisdiction).where('reference', '=', reference).where('sealed_contact', '!=', '');

/** Offers whose time is over at an instant, the oldest first. */
export const endedOffers = (db: ReadDb, now: number) =>
  db.selectFrom('booking').selectAll().where('state', '=', 'offered').where('offer_ends_at', '<', now).orderBy('offer_ends_at').limit(200);

/** Slots somebody waits for, earliest first. */
export const slotsWithQueue = (db: ReadDb) => slotRows(db).where('slot.waiting', '>', 0).where('slot.starts_at', '>', 0).orderBy('slot.starts_at').limit(500);

/** 建档码 as kept. */
export const readEnrolment = (row: Database['enrolment_code']): EnrolmentCode => ({
  id: row.id, jurisdiction: jurisdictionCode.parse(row.jurisdiction_code), institution: row.institution_id, issuedOn: isoDate.parse(row.issued_on), validUntil: isoDate.parse(row.valid_until),
  seenOn: isoDate.parse(row.seen_on), state: row.state === 'active' ? 'active' : 'revoked', version: row.version,
});
