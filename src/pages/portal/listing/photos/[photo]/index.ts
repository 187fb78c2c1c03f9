import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { photoAnswer } from '#server/listingExtraPages.ts';
import { notHere, ownSite } from '#server/listingPages.ts';

export const prerender = false;

/** 照片 of the institution itself, cleared or not, for its own desk. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'listing.edit');
  if (desk instanceof Response) return desk;
  const site = ownSite(desk);
  return site ? photoAnswer(context.locals.app, desk.place.code, site.institution, context.params['photo'] ?? '') : notHere();
};
