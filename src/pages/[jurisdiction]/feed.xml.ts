import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { activitiesAtom, answerFeed } from '#server/activityFeeds.ts';
import { newsOf } from '#server/openData/news.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** 活动, institutions that came, changed or left, and articles of a place as an Atom feed. */
export const GET: APIRoute = async ({ locals: { app }, params, url, request }) => {
  const place = app.findJurisdiction(params['jurisdiction'] ?? '');
  if (!place) return new Response(null, { status: 404 });
  const origin = publicOrigin(app, url);
  return answerFeed(request, 'application/atom+xml', await activitiesAtom(app, place, origin, await newsOf(app, place, origin, await getCollection('guidance'))));
};
