import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant } from '#domain/shared/dates.ts';
import type { App } from '#server/app.ts';
import { hostShown } from '#server/bookingHosts.ts';
import type { Typed } from '#server/forms.ts';
import { calendarOf } from '#server/noticeCalendar.ts';
import { calendarText } from '#text/notices.ts';

/** 日历文件 of one booking, for who has its code: METHOD REQUEST while it stands, CANCEL once it is over, under one UID with a rising SEQUENCE; nothing of the family in it. Undefined where number and code open nothing. */
export async function bookingCalendar(app: App, place: Jurisdiction, typed: Typed, from: string): Promise<Response | undefined> {
  const found = await app.bookings.find(place.code, { reference: (typed['reference'] ?? '').trim(), queryCode: (typed['queryCode'] ?? '').trim() }, from);
  if (!found.ok) return undefined;
  const { slot, state, reference, sequence } = found.value;
  const host = await hostShown(app, place, slot);
  const { text, method } = calendarOf({
    uid: `booking-${reference}`, sequence, title: calendarText.title({ bookingKind: slot.kind, title: slot.title ?? null }, host.name), address: host.address,
    startsAt: instant.parse(Date.parse(slot.startsAt)), endsAt: instant.parse(Date.parse(slot.endsAt)), stamp: app.now(), cancelled: state === 'cancelled' || state === 'declined' || state === 'expired', organiser: host.name,
  });
  return new Response(text, { headers: { 'content-type': `text/calendar; charset=utf-8; method=${method}`, 'content-disposition': 'attachment; filename="booking.ics"', 'cache-control': 'no-store' } });
}
