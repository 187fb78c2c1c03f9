import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { halfYearView } from '#server/leadPages.ts';

export const prerender = false;

/** 摸排线索 of a half-year as a table for the upper level, noted under the account; of a complaint no more than that there was one. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'supervision.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const view = await halfYearView(app, desk, context.url.searchParams.get('half'));
  app.accounts.noteLater('leads-exported', desk.account, { half: view.half });
  return new Response(view.csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="leads-${desk.place.code}-${view.half}.csv"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
};
