import type { APIRoute } from 'astro';
import { accountEvent } from '#domain/accounts/commands.ts';
import { noSessionCookie, openSessionOf } from '#server/session.ts';

export const prerender = false;

/** 退出登录: ends the session itself, not only the cookie. */
export const POST: APIRoute = async ({ locals, request }) => {
  const open = await openSessionOf({ locals, request });
  const { deps } = locals.app.accounts;
  if (open) await deps.store.endSession(open.account.id, open.session.id, accountEvent(deps, 'signed-out', open.account.id, open.account));
  // What the browser put by of the desk goes too; its store stays, where an inspection may wait that was not sent yet.
  return new Response(null, { status: 303, headers: { 'location': '/sign-in/?out=1', 'set-cookie': noSessionCookie, 'clear-site-data': '"cache"', 'cache-control': 'no-store' } });
};

/** Somebody who types the address is asked to sign in, or sees their desk. */
export const GET: APIRoute = () => new Response(null, { status: 303, headers: { location: '/sign-in/', 'cache-control': 'no-store' } });
