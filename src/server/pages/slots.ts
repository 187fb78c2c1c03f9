import type { SlotView } from '#domain/booking/views.ts';
import { addDays, type IsoDate } from '#domain/shared/dates.ts';
import { slotDayText, slotTimeText } from '#text/dates.ts';
import { slotsText } from '#text/slots.ts';

/** How many days of visits one page lists, today included. */
const daysShown = 14;

/** The first and last day the page lists. */
export const slotRange = (today: IsoDate): { readonly first: IsoDate; readonly last: IsoDate } => ({ first: today, last: addDays(today, daysShown - 1) });

/** 预约时段 by day: open ones lead to the booking, full ones say so. */
export const slotsView = (slug: string, slots: readonly SlotView[]) => {
  const days = new Map<string, SlotView[]>();
  for (const slot of slots) days.set(slotDayText(slot.startsAt), [...days.get(slotDayText(slot.startsAt)) ?? [], slot]);
  return [...days].map(([day, ofDay]) => ({
    day,
    slots: ofDay.map(({ id, startsAt, endsAt, open }) => ({
      time: slotTimeText(startsAt, endsAt),
      seats: open > 0 ? slotsText.seats(open) : slotsText.full,
      label: `${slotsText.book} ${day}`,
      href: open > 0 ? `/${slug}/bookings/new/?slot=${id}` : null,
    })),
  }));
};
