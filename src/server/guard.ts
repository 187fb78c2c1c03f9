import { may, type Account, type Permission, type Session } from '#domain/accounts/model.ts';
import { isPasswordOld } from '#domain/accounts/password.ts';
import { isProved } from '#domain/accounts/rules.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { openSessionOf } from '#server/session.ts';

/** Someone signed in who may be where they are. Which rows are theirs is checked again in the domain: this institution's, this street's, this place's. */
export type SignedIn = {
  readonly account: Account;
  readonly session: Session;
  readonly place: Jurisdiction;
  /** The institution's name, of an institution's account. */
  readonly institutionName: string | null;
  readonly may: (permission: Permission) => boolean;
  /** Whether password and code were asked for within ten minutes. */
  readonly isProved: boolean;
  /** Whether the password must be changed before anything else (PASSWORD_MAX_AGE_DAYS). */
  readonly isPasswordOld: boolean;
};

/** What a guard needs of `Astro`. */
export type Guarded = {
  readonly locals: App.Locals; readonly request: Request; readonly url: URL;
  readonly rewrite: (to: string | Request) => Promise<Response>;
  readonly response?: { readonly headers: Headers } | undefined;
};

const away = (location: string): Response => new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });

/** Where to come back to after signing in: this page; after a form was sent, its address without what was sent. */
const here = ({ request, url }: Guarded): string => (request.method === 'GET' || request.method === 'HEAD' ? `${url.pathname}${url.search}` : url.pathname);

/** 403 in plain words, under the address that was asked for; also where the form that asked has been read already. */
export const notAllowed = (astro: Guarded): Promise<Response> => astro.rewrite(new Request(new URL('/not-allowed/', astro.url), { headers: astro.request.headers }));

/** Someone signed in, whatever they may; undefined when nobody is, or their place is gone. */
export async function findSignedIn({ locals, request }: Pick<Guarded, 'locals' | 'request'>): Promise<SignedIn | undefined> {
  const found = await openSessionOf({ locals, request });
  const place = found && locals.app.jurisdictions.find(({ code }) => code === found.account.jurisdiction);
  if (!found || !place) return undefined;
  const { accounts } = locals.app;
  const profile = accounts.deps.profileOf(place.code);
  return {
    ...found, place, institutionName: await accounts.institutionName(found.account) ?? null,
    may: (permission) => may(found.account, permission, profile), isProved: isProved(found.session, accounts.deps.realNow()), isPasswordOld: isPasswordOld(found.account, accounts.deps.passwordPolicy, accounts.deps.realNow()),
  };
}

/**
 * 守门: called first in every page under `portal/` and `office/`. Nobody signed in: to the sign-in page and back; signed in without the permission: 403 in plain words, and noted; with a password that has grown too old: to 我的账号, where it is changed.
 * `const desk = await requireRole(Astro, 'listing.review'); if (desk instanceof Response) return desk;`
 */
export async function requireRole(astro: Guarded, permission: Permission): Promise<SignedIn | Response> {
  astro.response?.headers.set('cache-control', 'no-store');
  const signedIn = await findSignedIn(astro);
  if (!signedIn) return away(`/sign-in/?to=${encodeURIComponent(here(astro))}`);
  if (signedIn.isPasswordOld && permission !== 'own') return away('/account/');
  if (signedIn.may(permission)) return signedIn;
  astro.locals.app.accounts.noteLater('access-refused', signedIn.account, { permission });
  return notAllowed(astro);
}

/** Before a sensitive act: sends whoever has not given password and code within ten minutes to do so, and back. Undefined when they have. */
export const requireFresh = (astro: Guarded, signedIn: SignedIn): Response | undefined =>
  (signedIn.isProved ? undefined : away(`/sign-in/?again=1&to=${encodeURIComponent(here(astro))}`));
