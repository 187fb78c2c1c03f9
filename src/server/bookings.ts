import { cancelBooking } from '#domain/booking/cancel.ts';
import type { BookingDeps } from '#domain/booking/deps.ts';
import { findBooking, listSlots } from '#domain/booking/find.ts';
import { rescheduleBooking, type RescheduleRefusal } from '#domain/booking/reschedule.ts';
import { reserve, type ReserveOutcome } from '#domain/booking/reserve.ts';
import { answerAfterVisit } from '#domain/booking/signals.ts';
import { viewSlot, type BookingProgress, type SlotHost, type SlotView } from '#domain/booking/views.ts';
import { acceptOffer } from '#domain/booking/waiting.ts';
import type { BookingKind, BookingRequest, VisitAnswers } from '#domain/booking/model.ts';
import { readReference, type JurisdictionCode } from '#domain/shared/codes.ts';
import { addDays, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { guardCode } from '#server/codeGuard.ts';
import type { Keyring } from '#server/crypto.ts';
import type { Limits } from '#server/limits.ts';

/** Reference and code as typed. */
export type Claim = { readonly reference: string; readonly queryCode: string };
type TooMany = { readonly ok: false; readonly reason: 'too-many'; readonly seconds: number };

/** Booking as pages and API use it: the domain's commands behind the limits on guessing. */
export type Bookings = {
  readonly host: (jurisdiction: JurisdictionCode, institution: string) => Promise<SlotHost | undefined>;
  readonly slot: (jurisdiction: JurisdictionCode, id: string) => Promise<SlotView | undefined>;
  readonly slots: (host: SlotHost, kind: BookingKind, first: IsoDate, last: IsoDate) => Promise<readonly SlotView[]>;
  readonly slotsIn: (jurisdiction: JurisdictionCode, kind: BookingKind, first: IsoDate, last: IsoDate, subdistrict?: string) => Promise<readonly SlotView[]>;
  readonly reserve: (jurisdiction: JurisdictionCode, key: string, request: BookingRequest) => Promise<ReserveOutcome>;
  readonly find: (jurisdiction: JurisdictionCode, claim: Claim, from: string) => Promise<Outcome<BookingProgress, 'not-found'> | TooMany>;
  readonly cancel: (jurisdiction: JurisdictionCode, claim: Claim, from: string) => Promise<Outcome<BookingProgress, 'not-found' | 'too-late' | 'booking-over'> | TooMany>;
  /** 接受候补名额. Giving it up is cancelling. */
  readonly accept: (jurisdiction: JurisdictionCode, claim: Claim, from: string) => Promise<Outcome<BookingProgress, 'not-found' | 'offer-ended'> | TooMany>;
  /** 参观后的三个问题. */
  readonly answerAfterVisit: (jurisdiction: JurisdictionCode, claim: Claim, answers: VisitAnswers, from: string) => Promise<Awaited<ReturnType<typeof answerAfterVisit>> | TooMany>;
  readonly reschedule: (jurisdiction: JurisdictionCode, key: string, claim: Claim & { readonly slotId: string }, from: string) => Promise<Outcome<BookingProgress, RescheduleRefusal> | TooMany>;
};

/** 公平: seconds to wait before this phone, or one of these children, may book again; counts one for each. Keys are HMACs: no number stands in the counters. */
export const fairness = (limits: Limits, keys: Keyring) => async (phone: string, childKeys: readonly string[]): Promise<number> => {
  const waits = [await limits.take('bookingPhone', keys.mac('limit', phone))];
  for (const childKey of childKeys) waits.push(await limits.take('bookingChild', keys.mac('limit', childKey)));
  return Math.max(...waits);
};

/** An institution of the directory, else a home-visit team. */
export const hostFinder = (deps: Pick<BookingDeps, 'store'>, findInstitution: BookingDeps['findHost']): BookingDeps['findHost'] => async (jurisdiction, id) => {
  const institution = await findInstitution(jurisdiction, id);
  if (institution) return institution;
  const team = await deps.store.findTeam(jurisdiction, id);
  return team && { id: team.id, name: team.name, listed: true };
};

/** Binds the commands to their store, keys, clock and limits. `inSubdistrict` says where a host lies. */
export function makeBookings(deps: BookingDeps, limits: Limits, keys: Keyring, inSubdistrict: (jurisdiction: JurisdictionCode, institution: string) => Promise<string | null>): Bookings {
  const guarded = <Result extends { readonly ok: boolean; readonly reason?: string }>(claim: Claim, from: string, open: () => Promise<Result>): Promise<Result | TooMany> => guardCode(limits, keys, readReference('Y', claim.reference) ?? claim.reference, from, open);
  return {
    host: deps.findHost,
    slot: async (jurisdiction, id) => {
      const slot = await deps.store.findSlot(jurisdiction, id);
      const host = slot && await deps.findHost(jurisdiction, slot.host.id);
      return slot && host && viewSlot(slot, host, deps.now());
    },
    slots: (host, kind, first, last) => listSlots(deps, host, kind, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00')),
    slotsIn: async (jurisdiction, kind, first, last, subdistrict) => {
      const slots = await deps.store.findSlotsInJurisdiction(jurisdiction, kind, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00'));
      const views: SlotView[] = [];
      const hosts = new Map<string, { readonly host: SlotHost | undefined; readonly at: string | null }>();
      for (const slot of slots) {
        const known = hosts.get(slot.host.id)
          ?? { host: await deps.findHost(jurisdiction, slot.host.id), at: slot.details.kind === 'homeVisit' ? slot.details.subdistrict : await inSubdistrict(jurisdiction, slot.host.id) };
        hosts.set(slot.host.id, known);
        if (known.host?.listed && (subdistrict === undefined || known.at === subdistrict)) views.push(viewSlot(slot, known.host, deps.now()));
      }
      return views;
    },
    reserve: (jurisdiction, key, request) => reserve(deps, jurisdiction, key, request),
    find: (jurisdiction, claim, from) => guarded(claim, from, () => findBooking(deps, jurisdiction, claim)),
    cancel: (jurisdiction, claim, from) => guarded(claim, from, () => cancelBooking(deps, jurisdiction, claim)),
    accept: (jurisdiction, claim, from) => guarded(claim, from, () => acceptOffer(deps, jurisdiction, claim)),
    answerAfterVisit: (jurisdiction, claim, answers, from) => guarded(claim, from, () => answerAfterVisit(deps, jurisdiction, claim, answers)),
    reschedule: (jurisdiction, key, claim, from) => guarded(claim, from, () => rescheduleBooking(deps, jurisdiction, key, claim)),
  };
}
