import { addDays, dayOf, instant, isoDate, type IsoDate } from '#domain/shared/dates.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { activitiesIn, comingDays, linesOf, type Activity } from '#server/activities.ts';
import type { App } from '#server/app.ts';
import { eventsJsonLd } from '#server/pages/eventJsonLd.ts';
import { slotStands } from '#server/pages/slots.ts';
import { activitiesText } from '#text/activities.ts';
import { activitiesPageText as words } from '#text/activitiesPage.ts';
import { seatsText } from '#text/bookingKinds.ts';
import { dayText, slotTimeText, weekdayText } from '#text/dates.ts';

const mondayOf = (day: IsoDate): IsoDate => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

type Asked = { readonly week: IsoDate; readonly months: number | null; readonly street: string | null };

const readAsked = (parameters: URLSearchParams, today: IsoDate, last: IsoDate): Asked => {
  const week = isoDate.safeParse(parameters.get('week'));
  const months = words.ages.find(({ value }) => value === parameters.get('months'));
  const day = week.success && week.data >= today && week.data <= last ? week.data : today;
  return { week: mondayOf(day), months: months ? Number(months.value) : null, street: parameters.get('subdistrict') || null };
};

/** Whether an activity is for a child of this age; one that states no ages is for any. */
const suits = ({ details }: Activity, months: number | null): boolean => {
  if (months === null || details?.kind !== 'class' || details.ages === null) return true;
  return months < 0 ? details.ages.pregnancy : months >= details.ages.fromMonths && months < details.ages.untilMonths;
};

const dayOfActivity = ({ startsAt }: Activity): IsoDate => dayOf(instant.parse(Date.parse(startsAt)));

/** Each host's subdistrict, by host. */
async function streetsOf(app: App, place: Jurisdiction, activities: readonly Activity[]): Promise<ReadonlyMap<string, string | null>> {
  const hosts = [...new Set(activities.map(({ host }) => host.id))];
  return new Map(await Promise.all(hosts.map(async (host) => [host, (await app.directory.find(place.code, host))?.institution.subdistrict ?? null] as const)));
}

/** 活动日历 of a place: one week of classes, filtered by age and subdistrict. */
export async function activitiesView(app: App, place: Jurisdiction, parameters: URLSearchParams, origin: string) {
  const today = app.today();
  const now = app.now();
  const [first, last] = comingDays(today);
  const asked = readAsked(parameters, today, last);
  const all = await activitiesIn(app, place, first, last);
  const streets = await streetsOf(app, place, all);
  const streetName = (code: string | null): string | null => place.subdistricts.find((one) => one.code === code)?.name ?? null;
  const fitting = all.filter((activity) => suits(activity, asked.months) && (asked.street === null || streets.get(activity.host.id) === asked.street));
  const hrefOf = (week: IsoDate): string => `?${new URLSearchParams({ week, ...(asked.months === null ? {} : { months: String(asked.months) }), ...(asked.street === null ? {} : { subdistrict: asked.street }) }).toString()}`;
  const shown = (activity: Activity) => {
    const stands = slotStands(activity, now);
    return {
      id: activity.id, time: slotTimeText(activity.startsAt, activity.endsAt), start: activity.startsAt.slice(11, 16), title: activity.title ?? activitiesText.untitled, host: activity.host.name, hostHref: `/${place.slug}/institutions/${activity.host.id}/`,
      street: streetName(streets.get(activity.host.id) ?? null), lines: linesOf(activity).filter((line) => line !== activitiesText.note),
      seats: stands === 'open' ? seatsText.open('class', activity.open) : stands === 'waitable' ? seatsText.wait(activity.waiting ?? 0) : stands === 'full' ? seatsText.full : seatsText.over,
      action: stands === 'open' ? words.book : stands === 'waitable' ? words.wait : null, href: `/${place.slug}/bookings/new/?slot=${activity.id}`,
    };
  };
  const days = Array.from({ length: 7 }, (_, ahead) => addDays(asked.week, ahead)).map((day) => ({
    day, name: `${weekdayText(day)} ${dayText(day, today)}`, weekday: weekdayText(day), date: dayText(day, today), isToday: day === today, activities: fitting.filter((activity) => dayOfActivity(activity) === day).map(shown),
  }));
  const next = fitting.find((activity) => dayOfActivity(activity) > addDays(asked.week, 6));
  const previousWeek = addDays(asked.week, -7);
  const held = fitting.filter((activity) => dayOfActivity(activity) >= asked.week && dayOfActivity(activity) <= addDays(asked.week, 6));
  return {
    jsonLd: eventsJsonLd(held, place, origin), days, isEmpty: days.every(({ activities }) => activities.length === 0), hasAny: all.length > 0, isFiltered: asked.months !== null || asked.street !== null,
    title: words.week(dayText(asked.week, today), dayText(addDays(asked.week, 6), today)), week: asked.week, months: asked.months === null ? '' : String(asked.months), street: asked.street ?? '',
    previous: addDays(asked.week, 6) > today && asked.week > today ? hrefOf(previousWeek < today ? today : previousWeek) : null, next: addDays(asked.week, 7) <= last ? hrefOf(addDays(asked.week, 7)) : null,
    nextHeld: next ? { day: dayText(dayOfActivity(next), today), href: hrefOf(dayOfActivity(next)) } : null,
    streets: [...new Set([...streets.values()].filter((code) => code !== null))].map((code) => ({ value: code, label: streetName(code) ?? code })),
  };
}
