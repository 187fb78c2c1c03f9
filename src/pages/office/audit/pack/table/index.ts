import type { APIRoute } from 'astro';
import { packTable } from '#server/auditPackPages.ts';
import { requireRole } from '#server/guard.ts';

export const prerender = false;

/** 合规审计包 as a table; that it was taken is itself recorded. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'audit.read');
  if (desk instanceof Response) return desk;
  const { app } = context.locals;
  const table = await packTable(app, desk, context.url.searchParams);
  app.accounts.noteLater('audit-pack-exported', desk.account, { name: table.name });
  return new Response(table.csv, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${table.name}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
};
