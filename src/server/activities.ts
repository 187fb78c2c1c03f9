import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { SlotView } from '#domain/booking/views.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { addDays, instantAt, type IsoDate } from '#domain/shared/dates.ts';
import type { CalledOff } from '#domain/slotTemplates/model.ts';
import type { App } from '#server/app.ts';
import { inShanghai } from '#server/icalZone.ts';
import { activitiesText } from '#text/activities.ts';

/** 活动: a class of a listed institution as the public sees it, with open seats; `sequence` rises with each change. */
export type Activity = SlotView & { readonly sequence: number };
export type ActivityPlace = Pick<Jurisdiction, 'code' | 'slug' | 'shortName'>;
export type ActivitySource = Pick<App, 'bookings' | 'slotTemplates' | 'now' | 'today'>;

/** Days the calendar file and the feeds reach: as far as templates are planned at most. */
const daysShown = 92;

/** 活动日历: classes of listed institutions that begin on the days from `first` to `last`, earliest first; those that are over today are left out. */
export async function activitiesIn(app: ActivitySource, place: Pick<ActivityPlace, 'code'>, first: IsoDate, last: IsoDate): Promise<readonly Activity[]> {
  const [views, sequences] = [await app.bookings.slotsIn(place.code, 'class', first, last), await app.slotTemplates.sequences(place.code, first, last)];
  const now = app.now();
  return views.filter(({ endsAt }) => Date.parse(endsAt) > now).map((view) => ({ ...view, sequence: sequences.get(view.id) ?? 0 }));
}

/** The days that the calendar file and the feeds of a place tell of. */
export const comingDays = (today: IsoDate): readonly [IsoDate, IsoDate] => [today, addDays(today, daysShown)];
/** Where an activity is booked. */
export const linkTo = (origin: string, { slug }: ActivityPlace, { id }: { readonly id: string }): string => `${origin}/${slug}/bookings/new/?slot=${id}`;

/** What an activity says of itself: ages, adults, place, fee. */
export function linesOf(activity: Activity): readonly string[] {
  const { details } = activity;
  const said = details?.kind === 'class' ? [activitiesText.ages(details.ages), activitiesText.adults(details.adults), activitiesText.place(details.place), activitiesText.fee(details.fee)] : [];
  return [...said, activitiesText.note];
}

/** The calendar file of a place: one event an activity, stable UID, rising SEQUENCE, Asia/Shanghai; what was called off is said so. */
export async function activitiesCalendar(app: ActivitySource, place: ActivityPlace, origin: string): Promise<string> {
  const [first, last] = comingDays(app.today());
  const calledOff: readonly CalledOff[] = await app.slotTemplates.calledOff(place.code, first, last);
  const calendar = ical({
    prodId: { company: 'tuoyu', product: 'activities', language: 'ZH' }, name: activitiesText.calendar(place.shortName), description: activitiesText.about(place.shortName), method: ICalCalendarMethod.PUBLISH, url: `${origin}/${place.slug}/activities.ics`, ttl: 3_600,
  });
  // The day's beginning: the file stays the same, and so does its ETag, until something in it changes.
  const stamp = new Date(instantAt(app.today(), '00:00'));
  for (const activity of await activitiesIn(app, place, first, last)) {
    calendar.createEvent({
      id: activity.id, sequence: activity.sequence, stamp, start: new Date(activity.startsAt), end: new Date(activity.endsAt), summary: activitiesText.summary(activity.title ?? null, activity.host.name),
      description: [activitiesText.seats(activity.open), ...linesOf(activity), activitiesText.link(linkTo(origin, place, activity))].join('\n'), url: linkTo(origin, place, activity), status: ICalEventStatus.CONFIRMED,
      ...(activity.details?.kind === 'class' && activity.details.place !== null ? { location: activity.details.place } : {}),
    });
  }
  for (const { id, title, startsAt, endsAt, sequence } of calledOff) {
    calendar.createEvent({ id, sequence, stamp, start: new Date(startsAt), end: new Date(endsAt), summary: activitiesText.cancelled(title), status: ICalEventStatus.CANCELLED });
  }
  return inShanghai(calendar.toString());
}
