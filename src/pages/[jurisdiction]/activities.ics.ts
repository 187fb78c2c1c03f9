import type { APIRoute } from 'astro';
import { activitiesCalendar } from '#server/activities.ts';
import { answerFeed } from '#server/activityFeeds.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** 活动日历 of a place, to subscribe to. */
export const GET: APIRoute = async ({ locals: { app }, params, url, request }) => {
  const place = app.findJurisdiction(params['jurisdiction'] ?? '');
  if (!place) return new Response(null, { status: 404 });
  return answerFeed(request, 'text/calendar', await activitiesCalendar(app, place, publicOrigin(app, url)));
};
