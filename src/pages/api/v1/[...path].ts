import type { APIRoute } from 'astro';

export const prerender = false;

/** Development only: hands a request to the JSON API, which the shell serves itself when built. Write the path with its last slash. */
export const ALL: APIRoute = async ({ locals, request }) => {
  if (!import.meta.env.DEV) return new Response(null, { status: 404 });
  const { createApi } = await import('#server/api/api.ts');
  return createApi(locals.app).fetch(request, { requestId: locals.requestId, clientAddress: locals.clientAddress });
};
