import { dayOf } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { rulesVersion, type BookingContact, type BookingRefusal } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, childKeysOf, idempotencyEnd, type DeskDeps } from '#domain/booking/deps.ts';
import { careHours } from '#domain/booking/rules.ts';
import type { Desk } from '#domain/booking/staff.ts';
import { answerOf, type BookingReceipt } from '#domain/booking/views.ts';

/** Who came, or called: as much as they gave. Names on paper at the institution are not written here. */
export type WalkIn = {
  readonly slotId: string; readonly seats: number; readonly contactName: string | null; readonly phone: string | null; readonly children: BookingContact['children'];
};
export type WalkInRefusal = Extract<BookingRefusal, 'full' | 'already-booked' | 'institution-suspended' | 'monthly-hours-used' | 'too-late'> | 'slot-unknown' | 'idempotency-key-reused';

const hourMs = 3_600_000;
/** What a family is called that gave no name. */
export const unnamed = '现场登记';

/** 现场登记, 电话预约: a seat taken by the desk through the same guarded move; already attended when the slot is about to begin, confirmed before. The code is for the caller, read aloud once. */
export async function walkIn(deps: DeskDeps, desk: Desk, idempotencyKey: string, came: WalkIn): Promise<Outcome<BookingReceipt, WalkInRefusal>> {
  const { store, seals } = deps;
  const keyHash = seals.hashKey(`${desk.actor}|${idempotencyKey}`);
  const requestHash = seals.hashRequest({ walkIn: desk.host.id, ...came });
  const sealKey = `${desk.actor}|${idempotencyKey}`;
  const slot = await store.findSlot(desk.jurisdiction, came.slotId);
  const host = slot && await deps.findHost(desk.jurisdiction, slot.host.id);
  if (!slot || !host || slot.host.kind !== desk.host.kind || slot.host.id !== desk.host.id) return refused('slot-unknown');
  const now = deps.now();
  if (now > slot.endsAt) return refused('too-late');
  const state = now >= slot.startsAt - hourMs ? 'attended' : 'confirmed';
  const childKeys = came.phone === null ? [] : childKeysOf(seals, came.phone, came.children);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [id, reference, queryCode] = [seals.newId(), seals.newReference(), seals.newQueryCode()];
    const contact: BookingContact = { contactName: came.contactName ?? unnamed, phone: came.phone ?? '', note: null, children: came.children, actingAs: 'guardian' };
    const receipt: BookingReceipt = { ...answerOf({ reference, state, slot: { ...slot, taken: slot.taken + came.seats } }, host, contact, now), queryCode };
    const result = await store.reserve({
      id, jurisdiction: desk.jurisdiction, reference, queryCodeHash: seals.hashQueryCode(reference, queryCode), slot, day: dayOf(slot.startsAt), state, seats: came.seats,
      sealedContact: seals.sealContact(id, contact), childKeys, rulesVersion, actingAs: contact.actingAs, at: now, hours: careHours(slot), enrolment: null,
      idempotency: { keyHash, requestHash, sealedAnswer: seals.sealAnswer(sealKey, receipt), expiresAt: idempotencyEnd(deps.realNow(), slot), now: deps.realNow() },
      event: bookingEvent(deps, desk.jurisdiction, 'walk-in', id, { slot: slot.id, seats: came.seats, state }, desk.actor),
      message: state === 'confirmed' && came.phone !== null ? bookingMessage(deps, 'booking-made', id) : null,
    });
    if (result.kind === 'reserved') return done(receipt);
    if (result.kind === 'replay') return result.answer.requestHash === requestHash ? done(seals.openAnswer(sealKey, result.answer.sealedAnswer)) : refused('idempotency-key-reused');
    if (result.kind !== 'reference-taken') return refused(result.kind);
  }
  throw new Error('no free booking reference in three draws');
}
