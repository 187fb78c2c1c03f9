import type { BookingKind } from '#domain/booking/model.ts';
import type { SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { slotDayText, slotStartText, slotTimeText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';
import { institutionKinds, kindWords, seatsText, slotFeeText } from '#text/bookingKinds.ts';
import { slotsText } from '#text/slots.ts';

/** Days one page lists, today included: visits are many, the others few. */
const daysShown = { visit: 14, care: 28, class: 28, homeVisit: 28 } satisfies Record<BookingKind, number>;

/** The first and last day listed of a kind. */
export const slotRange = (today: IsoDate, kind: BookingKind = 'visit'): { readonly first: IsoDate; readonly last: IsoDate } => ({ first: today, last: addDays(today, daysShown[kind] - 1) });

/** Slots of a host and kind on the days a page lists; none where the host is not in force. */
export async function bookableSlots(app: Pick<App, 'bookings' | 'today'>, place: Pick<Jurisdiction, 'code'>, host: string, kind: BookingKind): Promise<readonly SlotView[]> {
  const { first, last } = slotRange(app.today(), kind);
  if (kind === 'homeVisit') return (await app.bookings.slotsIn(place.code, kind, first, last)).filter((slot) => slot.host.id === host);
  const found = await app.bookings.host(place.code, host);
  return found ? app.bookings.slots(found, kind, first, last) : [];
}

/** How a slot of a listed host stands at `now`; `waitable` is full with a queue to join. */
export function slotStands(slot: SlotView, now: Instant): 'open' | 'waitable' | 'full' | 'too-late' | 'not-open-yet' {
  if (now > Date.parse(slot.bookableUntil)) return 'too-late';
  if (slot.opensAt !== undefined && now < Date.parse(slot.opensAt)) return 'not-open-yet';
  if (slot.open > 0) return 'open';
  return slot.waitingList === true ? 'waitable' : 'full';
}

const seatsOf = (slot: SlotView, now: Instant): string => {
  const stands = slotStands(slot, now);
  if (stands === 'open') return seatsText.open(slot.kind, slot.open);
  if (stands === 'waitable') return seatsText.wait(slot.waiting ?? 0);
  return stands === 'not-open-yet' && slot.opensAt !== undefined ? seatsText.notYet(slotStartText(slot.opensAt)) : stands === 'full' ? seatsText.full : seatsText.over;
};

/** What tells one slot of a day from another: the title of a class, the bands of care, the fee. */
const aboutOf = ({ kind, title, bands, fee }: SlotView): string | null => {
  if (kind === 'class') return [title ?? kindWords.class.choice, slotFeeText(fee ?? null)].filter(Boolean).join(' · ');
  return kind === 'care' && bands.length > 0 ? bands.map((band) => bandText[band]).join('、') : null;
};

/** 预约时段 by day: open ones lead to the booking, full ones to the queue where there is one. */
export const slotsView = (slug: string, slots: readonly SlotView[], now: Instant) => {
  const days = new Map<string, SlotView[]>();
  for (const slot of slots) days.set(slotDayText(slot.startsAt), [...days.get(slotDayText(slot.startsAt)) ?? [], slot]);
  return [...days].map(([day, ofDay]) => ({
    day,
    slots: ofDay.map((slot) => {
      const stands = slotStands(slot, now);
      const leads = stands === 'open' || stands === 'waitable';
      return {
        time: slotTimeText(slot.startsAt, slot.endsAt), about: aboutOf(slot), seats: seatsOf(slot, now), waits: stands === 'waitable',
        label: `${stands === 'waitable' ? slotsText.wait : slotsText.book} ${day}`, href: leads ? `/${slug}/bookings/new/?slot=${slot.id}` : null,
      };
    }),
  }));
};

/** A time to choose from in a form: day, beginning, what tells it apart, free seats. */
export const slotChoice = (slot: SlotView): { readonly value: string; readonly label: string } =>
  ({ value: slot.id, label: [slotStartText(slot.startsAt), aboutOf(slot), seatsText.open(slot.kind, slot.open)].filter(Boolean).join(' · ') });

/** What can be booked at an institution: each kind with what it is and how much of it is open. */
export const kindChoices = (base: string, chosen: BookingKind, slots: Readonly<Record<(typeof institutionKinds)[number], readonly SlotView[]>>, now: Instant) =>
  institutionKinds.filter((kind) => kind === 'visit' || kind === chosen || slots[kind].length > 0).map((kind) => {
    const stand = slots[kind].map((slot) => slotStands(slot, now));
    const open = stand.filter((one) => one === 'open').length;
    return {
      kind, name: kindWords[kind].choice, what: kindWords[kind].what, isChosen: kind === chosen, href: kind === 'visit' ? `${base}slots/` : `${base}slots/?kind=${kind}`,
      count: open > 0 ? seatsText.inTwoWeeks(open) : stand.includes('waitable') ? seatsText.onlyWaiting : seatsText.noneNow,
    };
  });
export type KindChoice = ReturnType<typeof kindChoices>[number];
