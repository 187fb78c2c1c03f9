import { addDays, dayOf, instantAt, writeInstant, type IsoDate } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import type { BookingContact, BookingEnder, BookingMove, BookingState, ChildAdvice, Slot, StaffReason } from '#domain/booking/model.ts';
import { bookingEvent, bookingMessage, type DeskDeps } from '#domain/booking/deps.ts';
import type { FoundBooking } from '#domain/booking/ports.ts';
import { adviceFor } from '#domain/booking/rules.ts';
import { ownBooking, type Chosen, type Desk } from '#domain/booking/staff.ts';
import { viewSlot, type SlotView } from '#domain/booking/views.ts';
import { unnamed } from '#domain/booking/walkIn.ts';

/** Why a contact is opened; without one it stays masked. */
export const contactReasons = ['confirmTime', 'tellChange', 'askMaterials', 'callList', 'childSafety', 'reissueCode', 'other'] as const;
export type ContactReason = (typeof contactReasons)[number];

/** A booking as the desk's list shows it: masked until opened with a reason. */
export type DeskRow = {
  readonly id: string; readonly version: number; readonly reference: string; readonly state: BookingState; readonly slot: SlotView; readonly seats: number; readonly children: number;
  /** Whether each child's age fits, without its month of birth: what the family was told. */
  readonly advice: readonly Omit<ChildAdvice, 'birthMonth'>[];
  /** `李**` and the last four digits; null where none was given or it has been forgotten. */
  readonly maskedName: string | null; readonly phoneEnds: string | null; readonly hasNote: boolean; readonly entrusted: boolean; readonly enrolled: boolean;
  readonly queueNumber: number | null; readonly offerEndsAt: string | null; readonly endedBy: BookingEnder | null; readonly reason: StaffReason | null; readonly askedAt: string;
};

const maskName = (name: string): string => (name === unnamed ? unnamed : `${[...name][0] ?? ''}**`);
const contactIn = (deps: DeskDeps, { booking, sealedContact }: FoundBooking): BookingContact | null => (sealedContact === '' ? null : deps.seals.openContact(booking.id, sealedContact));

function rowOf(deps: DeskDeps, found: FoundBooking, hostName: string): DeskRow {
  const { booking } = found;
  const contact = contactIn(deps, found);
  return {
    id: booking.id, version: booking.version, reference: booking.reference, state: booking.state, slot: viewSlot(booking.slot, { id: booking.slot.host.id, name: hostName }, deps.now()), seats: booking.seats,
    children: contact?.children.length ?? 0, advice: contact?.children.map(({ birthMonth }) => adviceFor(birthMonth, booking.slot, contact.plannedStart)).map(({ band, fit }) => ({ band, fit })) ?? [],
    maskedName: contact && maskName(contact.contactName), phoneEnds: contact && contact.phone !== '' ? contact.phone.slice(-4) : null, hasNote: (contact?.note ?? null) !== null,
    entrusted: contact?.actingAs === 'entrusted', enrolled: booking.enrolment !== null, queueNumber: booking.state === 'waiting' ? booking.queueNumber : null,
    offerEndsAt: booking.offerEndsAt === null ? null : writeInstant(booking.offerEndsAt), endedBy: booking.endedBy, reason: booking.reason, askedAt: writeInstant(booking.createdAt),
  };
}

const foundOn = (deps: DeskDeps, desk: Desk, first: IsoDate, last: IsoDate, states?: readonly BookingState[]) =>
  deps.desk.bookingsOf(desk.host, instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00'), states);

/** 预约清单: a host's bookings from one day to another, both included, by time; contacts masked. */
export async function queueOf(deps: DeskDeps, desk: Desk, first: IsoDate, last: IsoDate): Promise<readonly DeskRow[]> {
  const host = await deps.findHost(desk.jurisdiction, desk.host.id);
  return (await foundOn(deps, desk, first, last)).map((found) => rowOf(deps, found, host?.name ?? ''));
}

/** Furthest day a request can stand on. */
const furthestDays = 400;

/** 待答复: requests for today and later that wait for the desk's answer, by time. */
export async function requestsOf(deps: DeskDeps, desk: Desk): Promise<readonly DeskRow[]> {
  const host = await deps.findHost(desk.jurisdiction, desk.host.id);
  const today = dayOf(deps.now());
  return (await foundOn(deps, desk, today, addDays(today, furthestDays), ['requested'])).map((found) => rowOf(deps, found, host?.name ?? ''));
}

/** One booking of a host with what it went through and its 候补位置 (0 when it does not wait); undefined for another host's, as for none. */
export async function bookingOf(deps: DeskDeps, desk: Desk, id: string): Promise<{ readonly row: DeskRow; readonly history: readonly BookingMove[]; readonly position: number } | undefined> {
  const found = await deps.desk.findById(desk.jurisdiction, id);
  if (!found || found.booking.slot.host.kind !== desk.host.kind || found.booking.slot.host.id !== desk.host.id) return undefined;
  const host = await deps.findHost(desk.jurisdiction, desk.host.id);
  return { row: rowOf(deps, found, host?.name ?? ''), history: await deps.store.history(id), position: found.booking.state === 'waiting' ? await deps.store.position(found.booking) : 0 };
}

/** A slot as the desk sees it: seats that nobody has, whatever the cut-off for parents; families in its queue. */
export type DeskSlot = { readonly slot: SlotView; readonly free: number; readonly waiting: number };

/** 时段 of a host from one day to another, both included, by time, with nobody in them or somebody; closed ones are left out. */
export async function slotsOfDesk(deps: DeskDeps, desk: Desk, first: IsoDate, last: IsoDate): Promise<readonly DeskSlot[]> {
  const host = await deps.findHost(desk.jurisdiction, desk.host.id);
  const [from, to] = [instantAt(first, '00:00'), instantAt(addDays(last, 1), '00:00')];
  const slots: readonly Slot[] = desk.host.kind === 'team'
    ? (await deps.store.findSlotsInJurisdiction(desk.jurisdiction, 'homeVisit', from, to)).filter((slot) => slot.host.id === desk.host.id)
    : (await Promise.all((['visit', 'care', 'class'] as const).map((kind) => deps.store.findSlots(desk.host.id, kind, from, to)))).flat();
  return slots.toSorted((one, other) => one.startsAt - other.startsAt)
    .map((slot) => ({ slot: viewSlot(slot, { id: desk.host.id, name: host?.name ?? '' }, deps.now()), free: Math.max(0, slot.capacity - slot.taken), waiting: slot.waiting }));
}

/** 忘记查询码: bookings on a day whose phone ends in these four digits; the search is recorded, the digits are not. */
export async function findByPhoneEnd(deps: DeskDeps, desk: Desk, day: IsoDate, lastFour: string): Promise<readonly DeskRow[]> {
  const rows = /^\d{4}$/.test(lastFour) ? (await queueOf(deps, desk, day, day)).filter(({ phoneEnds }) => phoneEnds === lastFour) : [];
  await deps.desk.record({ id: deps.seals.newId(), jurisdiction: desk.jurisdiction, at: deps.now(), kind: 'bookings-searched', actor: desk.actor, objectKind: desk.host.kind, objectId: desk.host.id, detail: { day, found: rows.length } });
  return rows;
}

/** 查看联系方式: opens the sealed contact with a reason; who, which and why are recorded before it is shown. */
export async function openContact(deps: DeskDeps, desk: Desk, booking: string, reason: ContactReason): Promise<Outcome<BookingContact, 'not-found' | 'forgotten'>> {
  const found = await deps.desk.findById(desk.jurisdiction, booking);
  if (!found || found.booking.slot.host.kind !== desk.host.kind || found.booking.slot.host.id !== desk.host.id) return refused('not-found');
  const contact = contactIn(deps, found);
  if (!contact) return refused('forgotten');
  await deps.desk.record(bookingEvent(deps, desk.jurisdiction, 'contact-opened', booking, { reason }, desk.actor));
  return done(contact);
}

/** What the caller says to show it is their booking. */
export type Said = { readonly slotId: string; readonly contactName: string };
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** 电话补发查询码: after the caller has said slot and form of address; the old code opens nothing more, the new one is read aloud once. */
export async function reissueCode(deps: DeskDeps, desk: Desk, chosen: Chosen, said: Said): Promise<Outcome<{ readonly reference: string; readonly queryCode: string; readonly version: number }, 'not-found' | 'changed-meanwhile' | 'not-matching' | 'forgotten'>> {
  const own = await ownBooking(deps, desk, chosen);
  if (!own.ok) return own;
  const { booking } = own.value;
  const contact = contactIn(deps, own.value);
  if (!contact) return refused('forgotten');
  if (said.slotId !== booking.slot.id || plain(said.contactName) !== plain(contact.contactName)) {
    await deps.desk.record(bookingEvent(deps, desk.jurisdiction, 'code-not-reissued', booking.id, { matching: false }, desk.actor));
    return refused('not-matching');
  }
  const queryCode = deps.seals.newQueryCode();
  const saved = await deps.desk.reissue(booking, deps.seals.hashQueryCode(booking.reference, queryCode), deps.now(),
    bookingEvent(deps, desk.jurisdiction, 'code-reissued', booking.id, { slot: booking.slot.id }, desk.actor), bookingMessage(deps, 'code-reissued', booking.id));
  return saved === 'saved' ? done({ reference: booking.reference, queryCode, version: booking.version + 1 }) : refused('changed-meanwhile');
}
