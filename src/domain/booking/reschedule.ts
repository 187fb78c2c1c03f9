import { dayOf } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { Booking, BookingContact, BookingRefusal, BookingRequest, Slot } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, idempotencyEnd, isActive, offersOf, type BookingDeps } from '#domain/booking/deps.ts';
import { openFound, progressOf, type Claim } from '#domain/booking/find.ts';
import type { KeptAnswer, Rescheduling } from '#domain/booking/ports.ts';
import { cancelUntil, careHours, enrolmentHolds, mayBook, stateWithSeat } from '#domain/booking/rules.ts';
import type { BookingProgress } from '#domain/booking/views.ts';

export type RescheduleRefusal = BookingRefusal | 'not-found' | 'slot-unknown' | 'idempotency-key-reused';

/** Whether a booking may move to a slot at all: of the same kind and host. */
export const sameOffer = (booking: Booking, slot: Slot): boolean => slot.kind === booking.slot.kind && slot.host.id === booking.slot.host.id;

/** The request a booking's contact would make for another slot. */
export const requestAgain = (booking: Booking, contact: BookingContact, slot: Slot): BookingRequest =>
  ({ slotId: slot.id, children: contact.children, contactName: contact.contactName, phone: contact.phone, consent: { rulesVersion: booking.rulesVersion, actingAs: contact.actingAs } });

/** 改期 as storage writes it: the state follows from the enrolment code the booking was made with. */
export async function reschedulingOf(deps: BookingDeps, booking: Booking, slot: Slot, actor: string, idempotency: KeptAnswer | null): Promise<Rescheduling> {
  const enrolment = booking.enrolment === null ? undefined : await deps.store.findEnrolmentById(booking.enrolment);
  const day = dayOf(slot.startsAt);
  const wasConfirmed = booking.state === 'confirmed' && slot.kind !== 'care';
  return {
    booking, to: slot, day, seats: booking.seats, at: deps.now(), hours: careHours(slot), idempotency, offers: offersOf(deps, booking.slot),
    state: wasConfirmed ? 'confirmed' : stateWithSeat(slot, enrolment !== undefined && enrolmentHolds(enrolment, day)),
    event: bookingEvent(deps, booking.jurisdiction, 'booking-rescheduled', booking.id, { from: booking.slot.id, to: slot.id }, actor), message: bookingMessage(deps, 'booking-rescheduled', booking.id),
  };
}

/** 改期: takes the new seat and frees the old one in one transaction, or changes nothing. Who waits for a full class may move to a free one. A booking that changed meanwhile is read again. */
export async function rescheduleBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, typed: Claim & { readonly slotId: string }): Promise<Outcome<BookingProgress, RescheduleRefusal>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const outcome = await tryToMove(deps, jurisdiction, idempotencyKey, typed);
    if (outcome !== 'changed-meanwhile') return outcome;
  }
  throw new Error('booking changed three times while being moved');
}

async function tryToMove(deps: BookingDeps, jurisdiction: JurisdictionCode, idempotencyKey: string, typed: Claim & { readonly slotId: string }): Promise<Outcome<BookingProgress, RescheduleRefusal> | 'changed-meanwhile'> {
  const found = await openFound(deps, jurisdiction, typed);
  if (!found) return refused('not-found');
  const keyHash = deps.seals.hashKey(idempotencyKey);
  const requestHash = deps.seals.hashRequest({ move: 'reschedule', booking: found.booking.id, slotId: typed.slotId });
  const earlier = await deps.store.findAnswer(jurisdiction, keyHash, deps.realNow());
  if (earlier) return earlier.requestHash === requestHash ? done(await progressOf(deps, found, found.booking)) : refused('idempotency-key-reused');
  const { booking } = found;
  const slot = await deps.store.findSlot(jurisdiction, typed.slotId);
  const host = slot && await deps.findHost(jurisdiction, slot.host.id);
  if (!slot || !host || !sameOffer(booking, slot)) return refused('slot-unknown');
  const queued = booking.state === 'waiting' || booking.state === 'offered';
  if (!isActive(booking)) return refused('booking-over');
  if (!queued && deps.now() > cancelUntil(booking.slot)) return refused('too-late');
  if (slot.id === booking.slot.id) return done(await progressOf(deps, found, booking));
  const contact = deps.seals.openContact(booking.id, found.sealedContact);
  const allowed = mayBook(slot, requestAgain(booking, contact, slot), deps.now(), host.listed);
  if (!allowed.ok && allowed.reason !== 'full' && allowed.reason !== 'rules-changed') return allowed;
  const kept = { keyHash, requestHash, sealedAnswer: deps.seals.sealAnswer(idempotencyKey, { booking: booking.id }), expiresAt: idempotencyEnd(deps.realNow(), slot), now: deps.realNow() };
  const result = await deps.store.reschedule(await reschedulingOf(deps, booking, slot, 'parent', kept));
  if (result.kind === 'reserved' || (result.kind === 'replay' && result.answer.requestHash === requestHash)) {
    const moved = await openFound(deps, jurisdiction, typed);
    return moved ? done(await progressOf(deps, moved, moved.booking)) : refused('not-found');
  }
  if (result.kind === 'replay') return refused('idempotency-key-reused');
  // Two who move one booking at once write the same step of its history: the loser reads again.
  if (result.kind === 'changed-meanwhile' || result.kind === 'reference-taken') return 'changed-meanwhile';
  return refused(result.kind);
}
