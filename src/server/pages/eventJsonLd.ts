import { linkTo, type Activity, type ActivityPlace } from '#server/activities.ts';
import { activitiesText } from '#text/activities.ts';

const eventOf = (activity: Activity, place: ActivityPlace, origin: string): object => {
  const { details, host } = activity;
  const where = details?.kind === 'class' ? details.place : null;
  return {
    '@type': 'Event', name: activity.title ?? activitiesText.untitled, startDate: activity.startsAt, endDate: activity.endsAt, eventStatus: 'https://schema.org/EventScheduled', url: linkTo(origin, place, activity),
    organizer: { '@type': 'ChildCare', name: host.name, url: `${origin}/${place.slug}/institutions/${host.id}/` }, ...(where === null ? {} : { location: { '@type': 'Place', name: where } }),
  };
};

/** schema.org Event of each activity that a page shows, with nothing but what it says; none where it shows none. */
export const eventsJsonLd = (activities: readonly Activity[], place: ActivityPlace, origin: string): object | undefined =>
  (activities.length === 0 ? undefined : { '@context': 'https://schema.org', '@graph': activities.map((activity) => eventOf(activity, place, origin)) });
