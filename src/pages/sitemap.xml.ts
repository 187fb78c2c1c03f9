import type { APIRoute } from 'astro';
import { answerFeed } from '#server/activityFeeds.ts';
import { sitemapIndex } from '#server/openData/sitemap.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** The sitemaps of all places. */
export const GET: APIRoute = ({ locals: { app }, url, request }) => answerFeed(request, 'application/xml', sitemapIndex(publicOrigin(app, url), app.jurisdictions.map(({ slug }) => ({ path: `/${slug}/sitemap.xml` }))));
