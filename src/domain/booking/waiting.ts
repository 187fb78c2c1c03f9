import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { bookingEvent, bookingMessage, offersOf, type BookingDeps } from '#domain/booking/deps.ts';
import { openFound, progressOf, type Claim } from '#domain/booking/find.ts';
import { queueIsOver } from '#domain/booking/offers.ts';
import type { FoundBooking } from '#domain/booking/ports.ts';
import { enrolmentHolds, stateWithSeat } from '#domain/booking/rules.ts';
import { dayOf } from '#domain/shared/dates.ts';
import type { BookingProgress } from '#domain/booking/views.ts';

/** 接受候补名额: the held seat becomes the family's; again the same; refused once the time to answer is over. */
export async function acceptOffer(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<Outcome<BookingProgress, 'not-found' | 'offer-ended'>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const found = await openFound(deps, jurisdiction, typed);
    if (!found) return refused('not-found');
    const { booking } = found;
    if (booking.state === 'confirmed' || booking.state === 'requested') return done(await progressOf(deps, found, booking));
    if (booking.state !== 'offered' || booking.offerEndsAt === null || deps.now() > booking.offerEndsAt) return refused('offer-ended');
    const enrolment = booking.enrolment === null ? undefined : await deps.store.findEnrolmentById(booking.enrolment);
    const to = stateWithSeat(booking.slot, enrolment !== undefined && enrolmentHolds(enrolment, dayOf(booking.slot.startsAt)));
    const saved = await deps.store.move({
      booking, to, move: 'accepted', at: deps.now(), endedBy: null, reason: null, event: bookingEvent(deps, jurisdiction, 'offer-accepted', booking.id, { slot: booking.slot.id, state: to }),
      message: bookingMessage(deps, to === 'requested' ? 'booking-requested' : 'booking-made', booking.id), offers: null,
    });
    const now = saved === 'saved' ? await openFound(deps, jurisdiction, typed) : undefined;
    if (now) return done(await progressOf(deps, now, now.booking));
  }
  throw new Error('offer changed three times while being accepted');
}

const expire = (deps: BookingDeps, { booking }: FoundBooking, kind: 'offer-expired' | 'waiting-ended') => deps.store.move({
  booking, to: 'expired', move: 'expired', at: deps.now(), endedBy: 'system', reason: null, event: bookingEvent(deps, booking.jurisdiction, kind, booking.id, { slot: booking.slot.id }, 'system'),
  message: bookingMessage(deps, kind, booking.id), offers: kind === 'offer-expired' ? offersOf(deps, booking.slot) : null,
});

/** What a sweep did. */
export type Swept = { readonly expired: number; readonly offered: number; readonly ended: number };

/** 候补清理: ends offers whose time is over, offers seats that are free, and ends queues too near to their slot. Any process may run it, several at once. */
export async function sweepOffers(deps: BookingDeps): Promise<Swept> {
  let [expired, offered, ended] = [0, 0, 0];
  for (const found of await deps.store.endedOffers(deps.now())) if (await expire(deps, found, 'offer-expired') === 'saved') expired += 1;
  for (const slot of await deps.store.slotsWithQueue()) {
    if (queueIsOver(slot, deps.now())) {
      for (const found of await deps.store.waitingFor(slot)) if (await expire(deps, found, 'waiting-ended') === 'saved') ended += 1;
      continue;
    }
    const offers = slot.taken < slot.capacity ? offersOf(deps, slot) : null;
    if (offers) offered += await deps.store.fill(slot, offers);
  }
  return { expired, offered, ended };
}
