import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { bookingEvent, bookingMessage, isActive, offersOf, type BookingDeps } from '#domain/booking/deps.ts';
import { openFound, progressOf, type Claim } from '#domain/booking/find.ts';
import { cancelUntil } from '#domain/booking/rules.ts';
import type { BookingProgress } from '#domain/booking/views.ts';

/** 取消预约, 退出候补, 放弃候补名额: frees what it held; again the same; refused after the cut-off and when it has ended otherwise, but a place in the queue can always be left. */
export async function cancelBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<Outcome<BookingProgress, 'not-found' | 'too-late' | 'booking-over'>> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const found = await openFound(deps, jurisdiction, typed);
    if (!found) return refused('not-found');
    const { booking } = found;
    if (booking.state === 'cancelled') return done(await progressOf(deps, found, booking));
    const queued = booking.state === 'waiting' || booking.state === 'offered';
    if (!isActive(booking)) return refused('booking-over');
    if (!queued && deps.now() > cancelUntil(booking.slot)) return refused('too-late');
    const saved = await deps.store.move({
      booking, to: 'cancelled', move: 'cancelled', at: deps.now(), endedBy: 'parent', reason: null, event: bookingEvent(deps, jurisdiction, 'booking-cancelled', booking.id, { slot: booking.slot.id, by: 'parent' }),
      message: bookingMessage(deps, 'booking-cancelled', booking.id), offers: booking.state === 'waiting' ? null : offersOf(deps, booking.slot),
    });
    const now = saved === 'saved' ? await openFound(deps, jurisdiction, typed) : undefined;
    if (now) return done(await progressOf(deps, now, now.booking));
  }
  throw new Error('booking changed three times while being cancelled');
}
