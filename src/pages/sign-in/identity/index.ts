import type { APIRoute } from 'astro';
import { identityCookie } from '#server/session.ts';

export const prerender = false;

/** 用统一身份认证登录: to the provider, with a value that must come back in the same browser; 404 where none is configured. */
export const GET: APIRoute = ({ locals, url }) => {
  const { identity, accounts, config } = locals.app;
  if (!identity) return new Response(null, { status: 404 });
  const state = accounts.deps.seals.newToken();
  return new Response(null, { status: 303, headers: { 'location': identity.begin(state, `${config.siteOrigin ?? url.origin}/sign-in/`), 'set-cookie': identityCookie(state, url.searchParams.get('to') ?? ''), 'cache-control': 'no-store' } });
};
