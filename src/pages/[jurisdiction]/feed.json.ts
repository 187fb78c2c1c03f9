import type { APIRoute } from 'astro';
import { activitiesJson, answerFeed } from '#server/activityFeeds.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** 活动 of a place as a JSON Feed. */
export const GET: APIRoute = async ({ locals: { app }, params, url, request }) => {
  const place = app.findJurisdiction(params['jurisdiction'] ?? '');
  if (!place) return new Response(null, { status: 404 });
  return answerFeed(request, 'application/feed+json', await activitiesJson(app, place, publicOrigin(app, url)));
};
