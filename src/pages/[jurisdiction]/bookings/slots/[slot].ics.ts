import type { APIRoute } from 'astro';
import { slotCalendar } from '#server/slotCalendar.ts';

export const prerender = false;

/** 日历文件 of one slot: time, institution, address; nothing about the family. */
export const GET: APIRoute = async ({ locals, params }) => {
  const place = locals.app.findJurisdiction(params['jurisdiction'] ?? '');
  const calendar = place && await slotCalendar(locals.app, place, params['slot'] ?? '');
  if (!calendar) return new Response(null, { status: 404 });
  return new Response(calendar, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment; filename="visit.ics"', 'cache-control': 'no-store' } });
};
