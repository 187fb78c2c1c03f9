import type { APIRoute } from 'astro';
import { unknown } from '#server/bookingDeskPages.ts';
import { idLike } from '#server/caseForms.ts';
import { caseDeskOf } from '#server/cases.ts';
import { requireRole } from '#server/guard.ts';

export const prerender = false;

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' };

/** 附件: a file of a case as a download, recorded before it is handed out; never shown inside a page of the site. */
export const GET: APIRoute = async (context) => {
  const desk = await requireRole(context, 'complaint.read');
  if (desk instanceof Response) return desk;
  const { id = '', file = '' } = context.params;
  const opened = idLike.test(id) && idLike.test(file) ? await context.locals.app.cases.file(caseDeskOf(desk), id, file) : undefined;
  if (opened?.ok !== true) return unknown();
  const { type, bytes } = opened.value;
  return new Response(new Uint8Array(bytes), { headers: {
    'content-type': type, 'content-disposition': `attachment; filename="file-${file.slice(-8)}.${endings[type] ?? 'bin'}"`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'",
  } });
};
