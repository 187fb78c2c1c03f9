import type { AuditDraft } from '#domain/audit/model.ts';
import { addDays, dayOf, instant, instantAt, type Instant } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { activeStates, type Booking, type BookingContact, type Slot } from '#domain/booking/model.ts';
import { chooseOffers, offerEnd } from '#domain/booking/offers.ts';
import type { BookingSeals, BookingStore, DeskStore, Message, Offers } from '#domain/booking/ports.ts';
import type { SlotHost } from '#domain/booking/views.ts';

/** What booking commands need. `now` is the domain's day and time (may be fixed by `NOW`), `realNow` the machine's clock. */
export type BookingDeps = {
  readonly store: BookingStore;
  readonly seals: BookingSeals;
  readonly now: () => Instant;
  readonly realNow: () => Instant;
  /** An institution or a team, by its id. */
  readonly findHost: (jurisdiction: JurisdictionCode, host: string) => Promise<SlotHost | undefined>;
  /** 公平: seconds to wait for this phone or one of these children, 0 when they may book; asked only of a booking that is new and allowed. */
  readonly mayAsk?: (phone: string, childKeys: readonly string[]) => Promise<number>;
};

/** The desk's commands need a store that finds bookings without their codes. */
export type DeskDeps = BookingDeps & { readonly desk: DeskStore };

/** 操作留痕 about a booking. `actor`: 'parent', 'system' or an account's id. */
export const bookingEvent = (deps: BookingDeps, jurisdiction: JurisdictionCode, kind: string, booking: string, detail: AuditDraft['detail'], actor = 'parent'): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction, at: deps.now(), kind, actor, objectKind: 'booking', objectId: booking, detail });

/** A message about a booking, sealed; whoever sends it reads the booking as it stands then. */
export const bookingMessage = (deps: BookingDeps, kind: string, booking: string): Message => {
  const id = deps.seals.newId();
  return { id, kind, sealed: deps.seals.sealMessage(id, { booking }) };
};

/** One key per child: twins differ by ordinal, the same child in another booking does not. */
export function childKeysOf(seals: BookingSeals, phone: string, children: BookingContact['children']): readonly string[] {
  const seen = new Map<string, number>();
  return children.map(({ birthMonth }) => {
    const ordinal = seen.get(birthMonth) ?? 0;
    seen.set(birthMonth, ordinal + 1);
    return seals.childKey(phone, birthMonth, ordinal);
  });
}

/** An idempotency record lives 24 hours, or until the end of the slot's day when that is later. */
export const idempotencyEnd = (realNow: Instant, slot: Slot): Instant =>
  instant.parse(Math.max(realNow + 86_400_000, instantAt(addDays(dayOf(slot.startsAt), 1), '00:00')));

/** How seats of a slot that become free are offered; null where nobody can wait for them. */
export function offersOf(deps: BookingDeps, slot: Slot): Offers | null {
  if (slot.kind !== 'care' && slot.kind !== 'class') return null;
  const at = deps.now();
  return {
    at, endsAt: offerEnd(slot, at) ?? null, choose: chooseOffers,
    written: (booking) => ({ event: bookingEvent(deps, slot.jurisdiction, 'offer-made', booking, { slot: slot.id }, 'system'), message: bookingMessage(deps, 'offer-made', booking) }),
  };
}

/** Whether a booking still claims something. */
export const isActive = ({ state }: Booking): boolean => activeStates.some((active) => active === state);
