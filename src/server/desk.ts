// 机构工作台, `app.desk`. A desk is `{actor, jurisdiction, host}`: the account that acts and the host it acts for; the page has asked whether it may
// (`requireRole`), the commands ask again whether the booking is that host's. A booking is named with the version the desk saw; an older one answers
// 'changed-meanwhile'. Every move is one transaction with its audit event and, where somebody must be told, one message.
//
//   queue(desk, first, last)            bookings of a day range, contacts masked             find(desk, day, lastFour)      lost code: by day and end of phone
//   requests(desk)                      what waits for an answer, today and later            booking(desk, id)              one, with its history
//   slots(desk, first, last)            open times with their free seats
//   openContact(desk, id, reason)       the contact in clear, recorded first                 reissueCode(desk, row, said)   a new code, once, after slot and 称呼 were said
//   confirm / decline(…, reason)        a request's answer                                   move(desk, row, slotId)        another slot of the same host and kind
//   attended / noShow / turnedAway      what came of it; mendable among the three            cancel(…, reason) / cancelForParent
//   walkIn(desk, key, came)             on the spot or by telephone; receipt with its code   closeBand(desk, bands, first, last, reason): pages call app.slotTemplates.closeBand,
//                                                                                            which keeps the bands closed in the timetable and calls this one
//   issueCode / codes / revokeCode      建档码: shown once, listed without it, revoked        terms / saveTerms              预约规则 of a kind (placeTerms / savePlaceTerms: of the whole place)
//   team(jurisdiction, id) / teamOf(jurisdiction, street) / saveTeam   入户指导队             signals(jurisdiction, first, last)  参观反馈, for the regulator alone
//   seatsFreed(jurisdiction, slot)      after a capacity was raised: offers seats to the queue   sweep()                    ends offers and queues that are over
import { cancelByInstitution, cancelForParent, attended, confirm, decline, moveBooking, noShow, turnedAway, type Chosen, type Desk, type StaffOutcome } from '#domain/booking/staff.ts';
import { closeBand } from '#domain/booking/closeBand.ts';
import { bookingOf, findByPhoneEnd, openContact, queueOf, reissueCode, requestsOf, slotsOfDesk, type ContactReason, type DeskRow, type DeskSlot, type Said } from '#domain/booking/desk.ts';
import { offersOf, type DeskDeps } from '#domain/booking/deps.ts';
import { enrolmentCodes, issueEnrolmentCode, revokeEnrolmentCode } from '#domain/booking/enrolment.ts';
import type { BookingKind, BookingTerms, StaffReason, Team } from '#domain/booking/model.ts';
import { saveTeam, type StreetActor, type TeamTyped } from '#domain/booking/teams.ts';
import { placeTermsOf, savePlaceTerms, saveTerms, termsOf } from '#domain/booking/terms.ts';
import { sweepOffers, type Swept } from '#domain/booking/waiting.ts';
import { walkIn, type WalkIn } from '#domain/booking/walkIn.ts';
import type { ClassBand } from '#domain/directory/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import type { BookingEffects } from '#domain/slotTemplates/ports.ts';
import type { Storage } from '#storage/schema.ts';
import { signalTotals, type SignalTotal } from '#storage/signals.ts';

/** The desk as pages use it. */
export type Desks = {
  readonly queue: (desk: Desk, first: IsoDate, last: IsoDate) => Promise<readonly DeskRow[]>;
  readonly find: (desk: Desk, day: IsoDate, lastFour: string) => Promise<readonly DeskRow[]>;
  readonly requests: (desk: Desk) => Promise<readonly DeskRow[]>;
  readonly booking: (desk: Desk, id: string) => ReturnType<typeof bookingOf>;
  readonly slots: (desk: Desk, first: IsoDate, last: IsoDate) => Promise<readonly DeskSlot[]>;
  readonly openContact: (desk: Desk, booking: string, reason: ContactReason) => ReturnType<typeof openContact>;
  readonly reissueCode: (desk: Desk, chosen: Chosen, said: Said) => ReturnType<typeof reissueCode>;
  readonly confirm: (desk: Desk, chosen: Chosen) => Promise<StaffOutcome>;
  readonly decline: (desk: Desk, chosen: Chosen, reason: StaffReason) => Promise<StaffOutcome>;
  readonly attended: (desk: Desk, chosen: Chosen) => Promise<StaffOutcome>;
  readonly noShow: (desk: Desk, chosen: Chosen) => Promise<StaffOutcome>;
  readonly turnedAway: (desk: Desk, chosen: Chosen) => Promise<StaffOutcome>;
  readonly cancel: (desk: Desk, chosen: Chosen, reason: StaffReason) => Promise<StaffOutcome>;
  readonly cancelForParent: (desk: Desk, chosen: Chosen) => Promise<StaffOutcome>;
  readonly move: (desk: Desk, chosen: Chosen, slotId: string) => ReturnType<typeof moveBooking>;
  readonly walkIn: (desk: Desk, key: string, came: WalkIn) => ReturnType<typeof walkIn>;
  readonly closeBand: (desk: Desk, bands: readonly ClassBand[], first: IsoDate, last: IsoDate, reason: StaffReason) => ReturnType<typeof closeBand>;
  readonly issueCode: (desk: Desk, validUntil: IsoDate, key?: string) => ReturnType<typeof issueEnrolmentCode>;
  readonly codes: (desk: Desk) => ReturnType<typeof enrolmentCodes>;
  readonly revokeCode: (desk: Desk, id: string) => ReturnType<typeof revokeEnrolmentCode>;
  readonly terms: (desk: Desk, kind: BookingKind) => ReturnType<typeof termsOf>;
  readonly saveTerms: (desk: Desk, kind: BookingKind, terms: BookingTerms, version: number) => ReturnType<typeof saveTerms>;
  readonly placeTerms: (jurisdiction: JurisdictionCode, kind: BookingKind) => ReturnType<typeof placeTermsOf>;
  readonly savePlaceTerms: (who: Pick<Desk, 'actor' | 'jurisdiction'>, kind: BookingKind, terms: BookingTerms, version: number) => ReturnType<typeof savePlaceTerms>;
  readonly team: (jurisdiction: JurisdictionCode, id: string) => Promise<Team | undefined>;
  readonly teamOf: (jurisdiction: JurisdictionCode, subdistrict: SubdistrictCode) => Promise<Team | undefined>;
  readonly saveTeam: (street: StreetActor, typed: TeamTyped, before: Pick<Team, 'name' | 'verifyPhone'> | null) => ReturnType<typeof saveTeam>;
  readonly signals: (jurisdiction: JurisdictionCode, first: IsoDate, last: IsoDate) => Promise<readonly SignalTotal[]>;
  readonly seatsFreed: (jurisdiction: JurisdictionCode, slot: string) => Promise<number>;
  readonly sweep: () => Promise<Swept>;
};

/** Binds the desk's commands to their stores, keys and clock. */
export const makeDesks = (deps: DeskDeps, storage: Storage): Desks => ({
  queue: (desk, first, last) => queueOf(deps, desk, first, last),
  find: (desk, day, lastFour) => findByPhoneEnd(deps, desk, day, lastFour),
  requests: (desk) => requestsOf(deps, desk),
  booking: (desk, id) => bookingOf(deps, desk, id),
  slots: (desk, first, last) => slotsOfDesk(deps, desk, first, last),
  openContact: (desk, booking, reason) => openContact(deps, desk, booking, reason),
  reissueCode: (desk, chosen, said) => reissueCode(deps, desk, chosen, said),
  confirm: (desk, chosen) => confirm(deps, desk, chosen),
  decline: (desk, chosen, reason) => decline(deps, desk, chosen, reason),
  attended: (desk, chosen) => attended(deps, desk, chosen),
  noShow: (desk, chosen) => noShow(deps, desk, chosen),
  turnedAway: (desk, chosen) => turnedAway(deps, desk, chosen),
  cancel: (desk, chosen, reason) => cancelByInstitution(deps, desk, chosen, reason),
  cancelForParent: (desk, chosen) => cancelForParent(deps, desk, chosen),
  move: (desk, chosen, slotId) => moveBooking(deps, desk, chosen, slotId),
  walkIn: (desk, key, came) => walkIn(deps, desk, key, came),
  closeBand: (desk, bands, first, last, reason) => closeBand(deps, desk, bands, first, last, reason),
  issueCode: (desk, validUntil, key) => issueEnrolmentCode(deps, desk, validUntil, key),
  codes: (desk) => enrolmentCodes(deps, desk),
  revokeCode: (desk, id) => revokeEnrolmentCode(deps, desk, id),
  terms: (desk, kind) => termsOf(deps, desk, kind),
  saveTerms: (desk, kind, terms, version) => saveTerms(deps, desk, kind, terms, version),
  placeTerms: (jurisdiction, kind) => placeTermsOf(deps, jurisdiction, kind),
  savePlaceTerms: (who, kind, terms, version) => savePlaceTerms(deps, who, kind, terms, version),
  team: (jurisdiction, id) => deps.store.findTeam(jurisdiction, id),
  teamOf: (jurisdiction, subdistrict) => deps.desk.findTeamOf(jurisdiction, subdistrict),
  saveTeam: (street, typed, before) => saveTeam(deps, street, typed, before),
  signals: (jurisdiction, first, last) => signalTotals(storage.read, jurisdiction, first, last),
  seatsFreed: async (jurisdiction, id) => {
    const slot = await deps.store.findSlot(jurisdiction, id);
    const offers = slot && offersOf(deps, slot);
    return slot && offers ? deps.store.fill(slot, offers) : 0;
  },
  sweep: () => sweepOffers(deps),
});

/** What a changed timetable does to bookings: raised capacities are offered to the queue, bookings of a closed band are cancelled. */
export const slotEffects = (desks: Pick<Desks, 'seatsFreed' | 'closeBand'>): BookingEffects => ({
  seatsRaised: async (jurisdiction, slots) => { for (const slot of slots) await desks.seatsFreed(jurisdiction, slot); },
  cancelBand: async (actor, { bands, from, until, reason }) => {
    const closed = await desks.closeBand({ actor: actor.account, jurisdiction: actor.jurisdiction, host: actor.host }, bands, from, until, reason);
    return closed.ok ? closed.value.bookings.length : 0;
  },
});

const minuteMs = 60_000;

/** Sweeps the queues every minute while serving; a fault is reported and tried again. */
export function keepSweeping(desks: Pick<Desks, 'sweep'>, report: (fault: unknown) => void): { readonly stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => { running = running.then(() => desks.sweep()).then(() => undefined, report); }, minuteMs);
  timer.unref();
  return { stop: async () => { clearInterval(timer); await running; } };
}
