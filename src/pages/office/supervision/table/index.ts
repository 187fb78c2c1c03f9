import type { APIRoute } from 'astro';
import { unknown } from '#server/bookingDeskPages.ts';
import { requireRole } from '#server/guard.ts';
import { overdueTable } from '#server/pages/supervisionOverview.ts';

export const prerender = false;

/** 逾期清单 of a place or a street as a table, noted under the account. No name of a person is in it. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'supervision.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const csv = await overdueTable(app, desk, context.url.searchParams);
  if (csv === undefined) return unknown();
  app.accounts.noteLater('supervision-exported', desk.account, { day: app.today() });
  return new Response(csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="overdue-${desk.place.code}-${app.today()}.csv"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
};
