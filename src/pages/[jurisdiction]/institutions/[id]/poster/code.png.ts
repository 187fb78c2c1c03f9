import type { APIRoute } from 'astro';
import { publicOrigin } from '#server/pages/origin.ts';
import { placeOf } from '#server/pages/place.ts';
import { institutionAddress, posterView } from '#server/pages/poster.ts';
import { qrPng } from '#server/qrCode.ts';

export const prerender = false;

/** 二维码 that leads to the institution's page, for the poster. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const place = placeOf({ locals, params, url });
  const found = place && await locals.app.directory.find(place.code, params['id'] ?? '');
  if (!place || !found || !posterView(found.institution, place)) return new Response(null, { status: 404 });
  const png = await qrPng(institutionAddress(publicOrigin(locals.app, url), place, found.institution.id));
  return new Response(Buffer.from(png), { headers: { 'content-type': 'image/png', 'x-page-cache': 'directory' } });
};
