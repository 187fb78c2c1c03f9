import type { APIRoute } from 'astro';
import { requireRole } from '#server/guard.ts';
import { inspectionActorOf } from '#server/inspections.ts';

export const prerender = false;

/** A photo of an inspection, for those who may read the inspection; never kept by anyone. */
export const GET: APIRoute = async (astro) => {
  const desk = await requireRole(astro, 'supervision.read');
  if (desk instanceof Response) return desk;
  const found = await astro.locals.app.inspections.find(inspectionActorOf(desk), astro.params['id'] ?? '');
  const file = found?.inspection.photos.find(({ id }) => id === astro.params['photo'])?.file;
  const bytes = file === undefined ? undefined : await astro.locals.app.inspections.photoBytes(file);
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/webp', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });
};
