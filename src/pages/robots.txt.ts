import type { APIRoute } from 'astro';
import { robotsText } from '#server/openData/sitemap.ts';
import { publicOrigin } from '#server/pages/origin.ts';

export const prerender = false;

/** What programs that read pages may read here. */
export const GET: APIRoute = ({ locals: { app }, url }) => new Response(robotsText(publicOrigin(app, url), app.config.demo), { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } });
