import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Instant } from '#domain/shared/dates.ts';
import { inShanghai } from '#server/icalZone.ts';
import { calendarText } from '#text/notices.ts';

/** What a calendar entry is made of: nothing of a family, nothing of a child. `sequence` rises with every change of the same `uid`. */
export type CalendarEntry = {
  readonly uid: string; readonly sequence: number; readonly title: string; readonly address: string | null;
  readonly startsAt: Instant; readonly endsAt: Instant; readonly stamp: Instant; readonly cancelled: boolean; readonly organiser: string;
};

/** 日历: one entry as iCalendar, METHOD REQUEST or CANCEL, in Asia/Shanghai with its VTIMEZONE; a reminder two hours before while it stands. */
export function calendarOf(entry: CalendarEntry): { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string } {
  const method = entry.cancelled ? 'CANCEL' : 'REQUEST';
  const calendar = ical({
    prodId: { company: 'tuoyu', product: 'bookings', language: 'ZH' }, method: entry.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  const event = calendar.createEvent({
    id: entry.uid, sequence: entry.sequence, stamp: new Date(entry.stamp), start: new Date(entry.startsAt), end: new Date(entry.endsAt), summary: entry.title, description: calendarText.note,
    // RFC 5546 wants an organiser; nobody answers there, so the address says so (RFC 2606).
    organizer: { name: entry.organiser, email: 'no-reply@tuoyu.invalid' },
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED, ...(entry.address === null ? {} : { location: entry.address }),
  });
  if (!entry.cancelled) event.createAlarm({ trigger: 2 * 60 * 60 });
  return { method, text: inShanghai(calendar.toString()) };
}
