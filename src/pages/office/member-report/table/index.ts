import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { memberReportView } from '#server/memberReportPages.ts';

export const prerender = false;

/** 成员单位情况 as a table: numbers and the paragraph of each unit, nothing of a case; noted under the account. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'supervision.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const view = await memberReportView(app, desk, context.url.searchParams);
  app.accounts.noteLater('member-report-exported', desk.account, { first: view.days.first, last: view.days.last });
  return new Response(view.csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="member-report-${desk.place.code}-${view.days.first}-${view.days.last}.csv"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
};
