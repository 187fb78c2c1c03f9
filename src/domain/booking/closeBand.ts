import { ageOn, fitsMonths } from '#domain/shared/age.ts';
import { addDays, dayOf, daysBetween, instantAt, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { bandMonths, type ClassBand } from '#domain/directory/model.ts';
import type { Slot, StaffReason } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, offersOf, type DeskDeps } from '#domain/booking/deps.ts';
import type { BandClosing, FoundBooking, Offers, Transition } from '#domain/booking/ports.ts';
import type { Desk } from '#domain/booking/staff.ts';

const everyBand: readonly ClassBand[] = ['infant', 'toddler', 'older'];
const longestDays = 60;

/** How a slot is touched when bands close: wholly where it is for those alone, else for their children. */
export function closingOf(slot: Slot, closed: readonly ClassBand[]): BandClosing {
  const left = (slot.bands.length > 0 ? slot.bands : everyBand).filter((band) => !closed.includes(band));
  return left.length === 0 ? { kind: 'whole' } : { kind: 'part', left };
}

const takes = (slot: Slot, birthMonth: YearMonth, bands: readonly ClassBand[]): boolean =>
  bands.some((band) => ['fits', 'check'].includes(fitsMonths(ageOn(dayOf(slot.startsAt), birthMonth), ...bandMonths[band])));

/** Whether a child booked here belongs to the closed bands: none that stays open takes it. */
export const belongsToClosed = (slot: Slot, birthMonth: YearMonth, closed: readonly ClassBand[], left: readonly ClassBand[]): boolean =>
  takes(slot, birthMonth, closed) && !takes(slot, birthMonth, left);

/** 停班: closes bands of an institution from one day to another, both included; care booked for them is cancelled by the institution without penalty, each family with its message. Answers the bookings cancelled; asked again it finds none left. */
export async function closeBand(deps: DeskDeps, desk: Desk, bands: readonly ClassBand[], first: IsoDate, last: IsoDate, reason: StaffReason): Promise<Outcome<{ readonly slots: number; readonly bookings: readonly string[] }, 'not-an-institution' | 'range'>> {
  if (desk.host.kind !== 'institution') return refused('not-an-institution');
  const days = daysBetween(first, last);
  if (days < 0 || days >= longestDays || bands.length === 0) return refused('range');
  const ofBand = ({ booking, sealedContact }: FoundBooking, left: readonly ClassBand[]): boolean =>
    sealedContact !== '' && deps.seals.openContact(booking.id, sealedContact).children.some(({ birthMonth }) => belongsToClosed(booking.slot, birthMonth, bands, left));
  const cancel = (found: FoundBooking, closing: BandClosing): Transition | null => {
    if (closing.kind === 'part' && !ofBand(found, closing.left)) return null;
    const { booking } = found;
    return {
      booking, to: 'cancelled', move: 'cancelled', at: deps.now(), endedBy: 'institution', reason, offers: null, message: bookingMessage(deps, 'booking-cancelled-by-institution', booking.id),
      event: bookingEvent(deps, desk.jurisdiction, 'booking-cancelled', booking.id, { slot: booking.slot.id, by: 'institution', reason, bands: bands.join(' ') }, desk.actor),
    };
  };
  const none: Offers = { at: deps.now(), endsAt: null, choose: () => [], written: () => { throw new Error('nothing is offered'); } };
  const closed = await deps.desk.closeBand({
    host: desk.host, from: instantAt(first, '00:00'), to: instantAt(addDays(last, 1), '00:00'), at: deps.now(), decide: (slot) => closingOf(slot, bands), cancel, offers: (slot) => offersOf(deps, slot) ?? none,
    event: (slots, bookings) => ({ id: deps.seals.newId(), jurisdiction: desk.jurisdiction, at: deps.now(), kind: 'band-closed', actor: desk.actor, objectKind: 'institution', objectId: desk.host.id, detail: { bands: bands.join(' '), first, last, reason, slots, bookings } }),
  });
  return done(closed);
}
