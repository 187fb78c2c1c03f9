import { dayOf, instant } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { Booking, BookingEnder, BookingMoveKind, BookingState, HostRef, StaffReason } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, isActive, offersOf, type DeskDeps } from '#domain/booking/deps.ts';
import type { FoundBooking } from '#domain/booking/ports.ts';
import { mayBook } from '#domain/booking/rules.ts';
import { requestAgain, reschedulingOf, sameOffer } from '#domain/booking/reschedule.ts';
import type { BookingRefusal } from '#domain/booking/model.ts';

/** 机构工作台: who acts, and for which host. Every command asks again whether the booking is that host's. */
export type Desk = { readonly actor: string; readonly jurisdiction: JurisdictionCode; readonly host: HostRef };
/** A booking as the desk saw it; an older version is refused. */
export type Chosen = { readonly booking: string; readonly version: number };

export type StaffRefusal = 'not-found' | 'changed-meanwhile' | 'wrong-state' | 'not-yet';
export type StaffOutcome = Outcome<{ readonly state: BookingState; readonly version: number }, StaffRefusal>;

const hourMs = 3_600_000;

/** The booking the desk names, if it is its own and as the desk saw it. */
export async function ownBooking(deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<Outcome<FoundBooking, 'not-found' | 'changed-meanwhile'>> {
  const found = await deps.desk.findById(desk.jurisdiction, chosen.booking);
  if (!found || found.booking.slot.host.kind !== desk.host.kind || found.booking.slot.host.id !== desk.host.id) return refused('not-found');
  return found.booking.version === chosen.version ? done(found) : refused('changed-meanwhile');
}

type Move = {
  readonly from: readonly BookingState[]; readonly to: BookingState; readonly move: BookingMoveKind; readonly event: string; readonly message: string | null;
  readonly endedBy?: BookingEnder; readonly reason?: StaffReason; readonly notBefore?: (booking: Booking) => number; readonly seen?: boolean;
};

async function make(deps: DeskDeps, desk: Desk, chosen: Chosen, { from, to, move, event, message, endedBy, reason, notBefore, seen }: Move): Promise<StaffOutcome> {
  const own = await ownBooking(deps, desk, chosen);
  if (!own.ok) return own;
  const { booking } = own.value;
  if (booking.state === to) return done({ state: to, version: booking.version });
  if (!from.includes(booking.state)) return refused('wrong-state');
  if (notBefore && deps.now() < notBefore(booking)) return refused('not-yet');
  const saved = await deps.store.move({
    booking, to, move, at: deps.now(), endedBy: endedBy ?? null, reason: reason ?? null,
    event: bookingEvent(deps, desk.jurisdiction, event, booking.id, { slot: booking.slot.id, from: booking.state, ...(reason ? { reason } : {}), ...(endedBy ? { by: endedBy } : {}) }, desk.actor),
    message: message === null ? null : bookingMessage(deps, message, booking.id), offers: offersOf(deps, booking.slot), ...(seen ? { seenOn: dayOf(booking.slot.startsAt) } : {}),
  });
  return saved === 'saved' ? done({ state: to, version: booking.version + 1 }) : refused('changed-meanwhile');
}

/** 确认: a request becomes a booking. */
export const confirm = (deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: ['requested'], to: 'confirmed', move: 'confirmed', event: 'booking-confirmed', message: 'booking-confirmed' });

/** 未能安排: a request is declined with a reason; its seat goes to who waits. */
export const decline = (deps: DeskDeps, desk: Desk, chosen: Chosen, reason: StaffReason): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: ['requested'], to: 'declined', move: 'declined', event: 'booking-declined', message: 'booking-declined', endedBy: 'institution', reason });

/** 机构取消: no penalty for the family; it is told why. */
export const cancelByInstitution = (deps: DeskDeps, desk: Desk, chosen: Chosen, reason: StaffReason): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: ['requested', 'confirmed', 'waiting', 'offered'], to: 'cancelled', move: 'cancelled', event: 'booking-cancelled', message: 'booking-cancelled-by-institution', endedBy: 'institution', reason });

/** 家长取消: told by telephone or at the door, so the cut-off does not bind. */
export const cancelForParent = (deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: ['requested', 'confirmed', 'waiting', 'offered'], to: 'cancelled', move: 'cancelled', event: 'booking-cancelled', message: 'booking-cancelled', endedBy: 'parent' });

const present: readonly BookingState[] = ['confirmed', 'attended', 'noShow', 'turnedAway'];
const anHourBefore = ({ slot }: Booking): number => slot.startsAt - hourMs;

/** 到场: from an hour before; a slip of the hand among the three outcomes can be mended. */
export const attended = (deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: present, to: 'attended', move: 'attended', event: 'booking-attended', message: null, notBefore: anHourBefore, seen: true });

/** 未到: not before the slot has begun. */
export const noShow = (deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<StaffOutcome> =>
  make(deps, desk, chosen, { from: present, to: 'noShow', move: 'noShow', event: 'booking-no-show', message: null, notBefore: ({ slot }) => slot.startsAt });

/** 晨检未通过: the child came and could not stay; never a no-show, and no hours are counted. Only care has a morning check. */
export async function turnedAway(deps: DeskDeps, desk: Desk, chosen: Chosen): Promise<StaffOutcome> {
  const own = await ownBooking(deps, desk, chosen);
  if (own.ok && own.value.booking.slot.kind !== 'care') return refused('wrong-state');
  return make(deps, desk, chosen, { from: present, to: 'turnedAway', move: 'turnedAway', event: 'booking-turned-away', message: null, notBefore: anHourBefore });
}

/** 机构代为改期: the same guarded move as a parent's, without a cut-off; the family is told. */
export async function moveBooking(deps: DeskDeps, desk: Desk, chosen: Chosen, slotId: string): Promise<Outcome<{ readonly state: BookingState; readonly version: number }, StaffRefusal | BookingRefusal | 'slot-unknown'>> {
  const own = await ownBooking(deps, desk, chosen);
  if (!own.ok) return own;
  const { booking, sealedContact } = own.value;
  const slot = await deps.store.findSlot(desk.jurisdiction, slotId);
  const host = slot && await deps.findHost(desk.jurisdiction, slot.host.id);
  if (!slot || !host || !sameOffer(booking, slot)) return refused('slot-unknown');
  if (!isActive(booking)) return refused('wrong-state');
  if (slot.startsAt <= deps.now()) return refused('too-late');
  // Opening and closing hours bind parents, not the desk: the rules are asked as they stand while booking is open.
  const contact = deps.seals.openContact(booking.id, sealedContact);
  const open = instant.parse(slot.startsAt - slot.terms.closesHoursBefore * hourMs);
  const allowed = contact.children.length === 0 ? done({ seats: booking.seats }) : mayBook(slot, requestAgain(booking, contact, slot), open, host.listed);
  if (!allowed.ok && allowed.reason !== 'full' && allowed.reason !== 'rules-changed') return allowed;
  const result = await deps.store.reschedule(await reschedulingOf(deps, booking, slot, desk.actor, null));
  if (result.kind === 'reserved') {
    const moved = await deps.desk.findById(desk.jurisdiction, booking.id);
    return moved ? done({ state: moved.booking.state, version: moved.booking.version }) : refused('not-found');
  }
  return refused(result.kind === 'changed-meanwhile' || result.kind === 'replay' || result.kind === 'reference-taken' ? 'changed-meanwhile' : result.kind);
}
