import { dayOf, writeInstant, type Instant } from '#domain/shared/dates.ts';
import { readQueryCode, readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { Booking, BookingKind } from '#domain/booking/model.ts';
import type { BookingDeps } from '#domain/booking/deps.ts';
import type { FoundBooking } from '#domain/booking/ports.ts';
import { answerOf, viewSlot, type BookingProgress, type SlotHost, type SlotView } from '#domain/booking/views.ts';

/** Reference and code as typed. */
export type Claim = { readonly reference: string; readonly queryCode: string };

/** The booking that reference and code open; undefined alike for unknown, wrong and malformed, in like time. */
export async function openFound(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<FoundBooking | undefined> {
  const reference = readReference('Y', typed.reference) ?? 'Y-00000000';
  const code = readQueryCode(typed.queryCode) ?? '0000000000000000';
  const found = await deps.store.findByReference(jurisdiction, reference);
  // An unknown reference costs the same hash and comparison as a known one.
  const same = deps.seals.sameHash(deps.seals.hashQueryCode(reference, code), found?.queryCodeHash ?? deps.seals.hashQueryCode('Y-00000000', 'none'));
  return found && same ? found : undefined;
}

/** 预约进度 of a booking as it stands in `booking`, which may be newer than what was found. */
export async function progressOf(deps: BookingDeps, found: FoundBooking, booking: Booking): Promise<BookingProgress> {
  const host = await deps.findHost(booking.jurisdiction, booking.slot.host.id);
  const contact = deps.seals.openContact(booking.id, found.sealedContact);
  const answer = answerOf(booking, host ?? { id: booking.slot.host.id, name: '', listed: false }, contact, deps.now());
  const history = await deps.store.history(booking.id);
  const position = booking.state === 'waiting' ? await deps.store.position(booking) : 0;
  const answered = booking.slot.kind === 'visit' && deps.now() >= booking.slot.startsAt && await deps.store.hasAnswered(booking.id);
  return {
    ...answer, sequence: booking.version - 1, ...(answered ? { answered } : {}), ...(position > 0 ? { position } : {}), ...(booking.state === 'offered' && booking.offerEndsAt !== null ? { offerEndsAt: writeInstant(booking.offerEndsAt) } : {}),
    ...(booking.endedBy === null ? {} : { endedBy: booking.endedBy }), ...(booking.reason === null ? {} : { reason: booking.reason }),
    history: history.map(({ at, kind }) => ({ at: writeInstant(at), event: kind })),
  };
}

/** 查预约: by reference and code; unknown, wrong and malformed answer alike. */
export async function findBooking(deps: BookingDeps, jurisdiction: JurisdictionCode, typed: Claim): Promise<Outcome<BookingProgress, 'not-found'>> {
  const found = await openFound(deps, jurisdiction, typed);
  return found ? done(await progressOf(deps, found, found.booking)) : refused('not-found');
}

/** 可约时段: slots of one institution and kind between two days, as the public sees them now. */
export async function listSlots(deps: BookingDeps, host: SlotHost, kind: BookingKind, from: Instant, to: Instant): Promise<readonly SlotView[]> {
  if (!host.listed) return [];
  const slots = await deps.store.findSlots(host.id, kind, from, to);
  const now = deps.now();
  return slots.map((slot) => viewSlot(slot, host, now));
}

/** The day on which a booking's slot falls, Asia/Shanghai. */
export const dayOfBooking = (booking: Booking) => dayOf(booking.slot.startsAt);
