import { addDays, daysBetween, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { ClassBand } from '#domain/directory/model.ts';
import type { Slot } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, offersOf, type DeskDeps } from '#domain/booking/deps.ts';
import type { BandClosing, FoundBooking, Offers, Transition } from '#domain/booking/ports.ts';
import { adviseChild } from '#domain/booking/rules.ts';
import type { Desk } from '#domain/booking/staff.ts';

const everyBand: readonly ClassBand[] = ['infant', 'toddler', 'older'];
const longestDays = 60;

/** How a slot is touched when a band closes: wholly where it is for that band alone, else for that band's children. */
export function closingOf(slot: Slot, band: ClassBand): BandClosing {
  const bands = slot.bands.length > 0 ? slot.bands : everyBand;
  if (!bands.includes(band)) return { kind: 'leave' };
  const left = bands.filter((other) => other !== band);
  return left.length === 0 ? { kind: 'whole' } : { kind: 'part', left };
}

/** 停班: closes one band of an institution from one day to another, both included; care booked for it is cancelled by the institution without penalty, each family with its message. Answers the bookings cancelled. */
export async function closeBand(deps: DeskDeps, desk: Desk, band: ClassBand, first: IsoDate, last: IsoDate, reason: 'illness' | 'closure' | 'staff' | 'weather'): Promise<Outcome<{ readonly slots: number; readonly bookings: readonly string[] }, 'not-an-institution' | 'range'>> {
  if (desk.host.kind !== 'institution') return refused('not-an-institution');
  const days = daysBetween(first, last);
  if (days < 0 || days >= longestDays) return refused('range');
  const ofBand = ({ booking, sealedContact }: FoundBooking): boolean =>
    sealedContact !== '' && deps.seals.openContact(booking.id, sealedContact).children.some(({ birthMonth }) => adviseChild(birthMonth, booking.slot).band === band);
  const cancel = (found: FoundBooking, closing: BandClosing): Transition | null => {
    if (closing.kind === 'leave' || (closing.kind === 'part' && !ofBand(found))) return null;
    const { booking } = found;
    return {
      booking, to: 'cancelled', move: 'cancelled', at: deps.now(), endedBy: 'institution', reason, offers: null, message: bookingMessage(deps, 'booking-cancelled-by-institution', booking.id),
      event: bookingEvent(deps, desk.jurisdiction, 'booking-cancelled', booking.id, { slot: booking.slot.id, by: 'institution', reason, band }, desk.actor),
    };
  };
  const none: Offers = { at: deps.now(), endsAt: null, choose: () => [], written: () => { throw new Error('nothing is offered'); } };
  const closed = await deps.desk.closeBand({
    host: desk.host, from: instantAt(first, '00:00'), to: instantAt(addDays(last, 1), '00:00'), at: deps.now(), decide: (slot) => closingOf(slot, band), cancel, offers: (slot) => offersOf(deps, slot) ?? none,
    event: (slots, bookings) => ({ id: deps.seals.newId(), jurisdiction: desk.jurisdiction, at: deps.now(), kind: 'band-closed', actor: desk.actor, objectKind: 'institution', objectId: desk.host.id, detail: { band, first, last, reason, slots, bookings } }),
  });
  return done(closed);
}
