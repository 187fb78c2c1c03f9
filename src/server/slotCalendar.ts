import ical from 'ical-generator';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { App } from '#server/app.ts';
import { chosenSlot } from '#server/bookingPages.ts';

/** 日历: one slot as iCalendar (instants in UTC, shown in the phone's own zone), with a reminder two hours before. */
export async function slotCalendar(app: App, place: Jurisdiction, slotId: string): Promise<string | undefined> {
  const chosen = await chosenSlot(app, place, slotId);
  if (!chosen) return undefined;
  const { slot, institution } = chosen;
  const calendar = ical({ prodId: { company: 'tuoyu', product: 'bookings', language: 'ZH' }, name: '参观预约' });
  const visit = calendar.createEvent({
    id: slot.id, stamp: new Date(app.now()), start: new Date(slot.startsAt), end: new Date(slot.endsAt), summary: `参观：${institution.name}`,
    description: '参观预约不代表取得托位。本站预约免费，不代收任何费用。', ...(institution.address === null ? {} : { location: institution.address }),
  });
  visit.createAlarm({ trigger: 2 * 60 * 60 });
  return calendar.toString();
}
