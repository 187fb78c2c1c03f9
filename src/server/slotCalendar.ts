import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { chosenSlot } from '#server/bookingPages.ts';
import { calendarOf } from '#server/noticeCalendar.ts';
import { calendarText } from '#text/notices.ts';

/** 日历: one slot as iCalendar in Asia/Shanghai, with a reminder two hours before. */
export async function slotCalendar(app: App, place: Jurisdiction, slotId: string): Promise<string | undefined> {
  const chosen = await chosenSlot(app, place, slotId);
  if (!chosen) return undefined;
  const { slot, host } = chosen;
  return calendarOf({
    uid: slot.id, sequence: 0, title: calendarText.title({ bookingKind: slot.kind, title: slot.title ?? null }, host.name), address: host.address,
    startsAt: instant.parse(Date.parse(slot.startsAt)), endsAt: instant.parse(Date.parse(slot.endsAt)), stamp: app.now(), cancelled: false, organiser: host.name,
  }).text;
}
