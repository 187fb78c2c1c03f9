import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { countCsv, monthAsked, streetOf } from '#server/pages/counts.ts';

export const prerender = false;

/** 上报表: the month's counts in the upper level's columns, noted under the account; numbers of institutions, nobody's name. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'count.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const month = monthAsked(app, context.url.searchParams.get('month'));
  const institutions = await app.counts.institutions(desk.place.code, streetOf(desk));
  const counts = await app.counts.ofMonth(desk.place.code, month);
  app.accounts.noteLater('counts-exported', desk.account, { month });
  return new Response(countCsv(app.counts.terms, desk.place, month, institutions, counts), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="counts-${desk.place.code}-${month}.csv"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
};
