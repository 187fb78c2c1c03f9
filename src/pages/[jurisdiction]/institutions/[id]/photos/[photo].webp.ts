import type { APIRoute } from 'astro';
import { placeOf } from '#server/pages/place.ts';

export const prerender = false;

/** 照片 that a reviewer has cleared; any other is as if it were not there. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const place = placeOf({ locals, params, url });
  const found = place && await locals.app.directory.find(place.code, params['id'] ?? '');
  const bytes = place && found && await locals.app.listings.photo(place.code, found.institution.id, params['photo'] ?? '');
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(Buffer.from(bytes), { headers: { 'content-type': 'image/webp', 'x-page-cache': 'directory' } });
};
