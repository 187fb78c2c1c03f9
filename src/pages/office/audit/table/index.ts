import type { APIRoute } from 'astro';
import { auditTable, mostExported } from '#server/auditPages.ts';
import { requireRole } from '#server/guard.ts';
import { auditText } from '#text/audit.ts';

export const prerender = false;

/** 操作记录 as a table; that it was taken is itself recorded. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'audit.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const table = await auditTable(app, desk, context.url.searchParams);
  if (!table) return new Response(auditText.most(mostExported), { status: 422, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
  app.accounts.noteLater('audit-exported', desk.account, { name: table.name });
  return new Response(table.csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${table.name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
};
