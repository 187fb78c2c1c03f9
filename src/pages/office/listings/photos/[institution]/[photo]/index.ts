import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { photoAnswer } from '#server/listingExtraPages.ts';

export const prerender = false;

/** 照片 to be looked at by a reviewer, cleared or not. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'listing.review');
  if (desk instanceof Response) return desk;
  return photoAnswer(context.locals.app, desk.place.code, context.params['institution'] ?? '', context.params['photo'] ?? '');
};
