import { createHash } from 'node:crypto';
import { addDays, instantAt, isoDate } from '#domain/shared/dates.ts';
import { activitiesIn, comingDays, linesOf, linkTo, type Activity, type ActivityPlace, type ActivitySource } from '#server/activities.ts';
import type { NewsItem } from '#server/openData/news.ts';
import { activitiesText } from '#text/activities.ts';

/** The day from which an activity can be planned at the earliest, and a second later for each change since: readers of a feed need an instant that rises. */
const changedAt = ({ startsAt, sequence }: Activity): string => new Date(instantAt(addDays(isoDate.parse(startsAt.slice(0, 10)), -92), '00:00') + sequence * 1_000).toISOString();

const titleOf = (activity: Activity): string => `${activity.startsAt.slice(0, 10)} ${activity.startsAt.slice(11, 16)} ${activitiesText.summary(activity.title ?? null, activity.host.name)}`;
const wordsOf = (activity: Activity): string => [activitiesText.seats(activity.open), ...linesOf(activity)].join('\n');

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? '');

const comingActivities = (app: ActivitySource, place: ActivityPlace): Promise<readonly Activity[]> => activitiesIn(app, place, ...comingDays(app.today()));

const writtenAt = ({ at }: NewsItem): string => new Date(at).toISOString();

/** 活动 of a place as an Atom feed, and what else is new there. */
export async function activitiesAtom(app: ActivitySource, place: ActivityPlace, origin: string, news: readonly NewsItem[] = []): Promise<string> {
  const activities = await comingActivities(app, place);
  const newest = [...activities.map(changedAt), ...news.map(writtenAt)].toSorted().at(-1) ?? new Date(instantAt(app.today(), '00:00')).toISOString();
  const entries = activities.map((activity) => [
    '<entry>', `<id>urn:uuid:${activity.id}</id>`, `<title>${xml(titleOf(activity))}</title>`, `<updated>${changedAt(activity)}</updated>`, `<author><name>${xml(activity.host.name)}</name></author>`,
    `<link href="${xml(linkTo(origin, place, activity))}"/>`, `<content type="text">${xml(wordsOf(activity))}</content>`, '</entry>',
  ].join(''));
  const others = news.map((item) => [
    '<entry>', `<id>${xml(item.id)}</id>`, `<title>${xml(item.title)}</title>`, `<updated>${writtenAt(item)}</updated>`, `<author><name>${xml(item.author)}</name></author>`,
    `<link href="${xml(item.href)}"/>`, `<content type="text">${xml(item.words)}</content>`, '</entry>',
  ].join(''));
  const self = `${origin}/${place.slug}/feed.xml`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>', `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><id>${xml(self)}</id><title>${xml(activitiesText.calendar(place.shortName))}</title>`,
    `<subtitle>${xml(activitiesText.about(place.shortName))}</subtitle><updated>${newest}</updated><link rel="self" href="${xml(self)}"/><link href="${xml(`${origin}/${place.slug}/`)}"/>`, ...entries, ...others, '</feed>', '',
  ].join('\n');
}

/** 活动 of a place as a JSON Feed 1.1, and what else is new there; `_activity` holds times, ages and open seats for programs. */
export async function activitiesJson(app: ActivitySource, place: ActivityPlace, origin: string, news: readonly NewsItem[] = []): Promise<string> {
  const activities = await comingActivities(app, place);
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title: activitiesText.calendar(place.shortName), description: activitiesText.about(place.shortName), language: 'zh-CN',
    home_page_url: `${origin}/${place.slug}/`, feed_url: `${origin}/${place.slug}/feed.json`,
    items: [...activities.map((activity) => ({
      id: `urn:uuid:${activity.id}`, url: linkTo(origin, place, activity), title: titleOf(activity), content_text: wordsOf(activity), date_modified: changedAt(activity), authors: [{ name: activity.host.name }],
      _activity: { startsAt: activity.startsAt, endsAt: activity.endsAt, open: activity.open, capacity: activity.capacity, ages: activity.details?.kind === 'class' ? activity.details.ages : null },
    })), ...news.map((item) => ({ id: item.id, url: item.href, title: item.title, content_text: item.words, date_modified: writtenAt(item), authors: [{ name: item.author }] }))],
  });
}

/** An answer with its ETag, kept a few minutes; 304 to who has it. The tag is weak: it stands for every encoding. */
export function answerFeed(request: Request, type: string, text: string): Response {
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=300' };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  return known.includes(etag) || known.includes('*') ? new Response(null, { status: 304, headers }) : new Response(text, { headers: { ...headers, 'content-type': `${type}; charset=utf-8` } });
}
