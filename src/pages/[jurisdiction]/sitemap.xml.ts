import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { answerFeed } from '#server/activityFeeds.ts';
import { placePages, sitemapOf } from '#server/openData/sitemap.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** Every public page of a place, with the time of its last change where that is known. */
export const GET: APIRoute = async ({ locals: { app }, params, url, request }) => {
  const place = app.findJurisdiction(params['jurisdiction'] ?? '');
  if (!place) return new Response(null, { status: 404 });
  return answerFeed(request, 'application/xml', sitemapOf(publicOrigin(app, url), placePages(place.slug, await app.openData.publications(place), await getCollection('guidance'))));
};
