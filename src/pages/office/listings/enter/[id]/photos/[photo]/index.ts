import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { photoAnswer } from '#server/listingExtraPages.ts';
import { enterSite, notHere } from '#server/listingPages.ts';

export const prerender = false;

/** 照片 of an institution of one's street or place, cleared or not, for whoever enters on its behalf. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'listing.enter');
  if (desk instanceof Response) return desk;
  const { actor, institution } = enterSite(desk, context.params['id'] ?? '');
  return await context.locals.app.listingDrafts.work(actor, institution) ? photoAnswer(context.locals.app, desk.place.code, institution, context.params['photo'] ?? '') : notHere();
};
