import type { IdentityProvider } from '#domain/accounts/identity.ts';
import { findPending, type FirstStep } from '#domain/accounts/signIn.ts';
import type { Account } from '#domain/accounts/model.ts';
import type { Caller, Tried } from '#server/accounts.ts';
import { readTyped, type Typed } from '#server/forms.ts';
import { safeReturn } from '#server/http/modeForm.ts';
import { qrPath, type QrPath } from '#server/qrPath.ts';
import { callerOf, deviceCookie, identityState, noIdentityCookie, sessionCookie } from '#server/session.ts';
import { accountFieldText, identityRefusalText, signInRefusalText } from '#text/accounts.ts';
import { siteNameOf } from '#text/site.ts';

export type PageError = { readonly field: string; readonly message: string };
type Common = { readonly errors: readonly PageError[]; readonly status: number; readonly to: string };
export type SignInView = Common & (
  | { readonly kind: 'ask'; readonly login: string }
  | { readonly kind: 'code'; readonly pending: string }
  | { readonly kind: 'set-up'; readonly pending: string; readonly secret: string; readonly qr: QrPath }
  | { readonly kind: 'again'; readonly hasTotp: boolean }
  | { readonly kind: 'codes'; readonly codes: readonly string[] });
/** A page to show, or where to go; cookies to set with either. */
export type SignInStep = { readonly view?: SignInView; readonly location?: string; readonly cookies?: readonly string[] };

type Context = { readonly locals: App.Locals; readonly request: Request; readonly url: URL };

/** A desk's own pages are all one may be sent back to, never another site and never the other desk. */
export function returnTo(asked: string | null, origin: string, account: Pick<Account, 'roles'> | undefined): string {
  const path = safeReturn(asked, origin);
  const home = account?.roles.includes('institution') === true ? '/portal/' : '/office/';
  const known = /^\/(portal|office|account)\//.test(path);
  if (!account) return known ? path : '';
  return path.startsWith(home) || path.startsWith('/account/') ? path : home;
}

const sentence = (tried: Extract<Tried<unknown>, { readonly ok: false }>, wrong: () => string): string =>
  (tried.reason === 'wrong' ? wrong() : signInRefusalText[tried.reason](tried.seconds));
const statusOf = (reason: string): number => (reason === 'wait' ? 429 : reason === 'busy' ? 503 : 422);

/** A secret in groups of four, as one copies it by hand. */
export const groupsOf = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/** The picture and the text of a secret that is being set up. */
export const setUpOf = ({ locals }: Pick<Context, 'locals'>, secret: string, account: Pick<Account, 'login' | 'jurisdiction'>): { readonly secret: string; readonly qr: QrPath } => {
  const place = locals.app.jurisdictions.find(({ code }) => code === account.jurisdiction) ?? null;
  return { secret: groupsOf(secret), qr: qrPath(locals.app.accounts.deps.seals.totpAddress(secret, account.login, siteNameOf(place))) };
};

type Posted = { readonly typed: Typed; readonly caller: Caller; readonly to: string };

async function first(context: Context, { typed, caller, to }: Posted): Promise<SignInStep> {
  const { accounts } = context.locals.app;
  const [login, password] = [typed['login'] ?? '', typed['password'] ?? ''];
  const ask = (errors: readonly PageError[], status = 422): SignInStep => ({ view: { kind: 'ask', login, errors, status, to } });
  const missing = [...(login.trim() === '' ? [{ field: 'login', message: accountFieldText.login }] : []), ...(password === '' ? [{ field: 'password', message: accountFieldText.password }] : [])];
  if (missing.length > 0) return ask(missing);
  const tried = await accounts.signIn(login, password, caller);
  if (!tried.ok) return ask([{ field: 'login', message: sentence(tried, signInRefusalText.wrong) }], statusOf(tried.reason));
  return await through(context, tried.value, to, caller) ?? ask([]);
}

/** On from the first step: in, or to the second; undefined when the account changed meanwhile. */
async function through(context: Context, step: FirstStep, to: string, caller: Caller): Promise<SignInStep | undefined> {
  if (step.kind === 'code') return { view: { kind: 'code', pending: step.pending, errors: [], status: 200, to } };
  if (step.kind === 'in') return enter(context, step.token, to, caller);
  const found = await findPending(context.locals.app.accounts.deps, step.pending);
  return found && { view: { kind: 'set-up', pending: step.pending, errors: [], status: 200, to, ...setUpOf(context, step.secret, found.proof.account) } };
}

/** Signed in: to where one wanted to go, or one's desk. */
async function enter({ locals, url }: Context, token: string, to: string, { device }: Pick<Caller, 'device'>): Promise<SignInStep> {
  const open = await locals.app.accounts.findSession(token);
  return { location: returnTo(to, url.origin, open?.account), cookies: [sessionCookie(token), deviceCookie(device.token)] };
}

/** Back from 统一身份认证: in, to the second step, or told why not; the cookie of the way there ends here. */
async function fromIdentity(context: Context, identity: IdentityProvider, caller: Caller): Promise<SignInStep> {
  const { locals, request, url } = context;
  const { state, to: asked } = identityState(request.headers.get('cookie'));
  const to = returnTo(asked, url.origin, undefined);
  const tell = (message: string, status = 422): SignInStep => ({ view: { kind: 'ask', login: '', errors: [{ field: 'login', message }], status, to }, cookies: [noIdentityCookie] });
  const { accounts } = locals.app;
  const tried = await accounts.signInByIdentity(() => identity.finish(url.searchParams, state, accounts.deps.realNow()), caller);
  if (!tried.ok) return tried.reason === 'wait' ? tell(signInRefusalText.wait(tried.seconds), 429) : tell(identityRefusalText[tried.reason](identity.name));
  const step = await through(context, tried.value, to, caller);
  return step === undefined ? tell(signInRefusalText.gone()) : { ...step, cookies: [...step.cookies ?? [], noIdentityCookie] };
}

async function second(context: Context, { typed, caller, to }: Posted, isSetUp: boolean): Promise<SignInStep> {
  const { accounts } = context.locals.app;
  const [pending, code] = [typed['pending'] ?? '', typed['code'] ?? ''];
  const show = async (message: string, status: number): Promise<SignInStep> => {
    const found = await findPending(accounts.deps, pending);
    const errors = [{ field: found ? 'code' : 'login', message: found ? message : signInRefusalText.gone() }];
    if (!found) return { view: { kind: 'ask', login: '', errors, status, to } };
    const { secret } = found.pending;
    return { view: secret === null ? { kind: 'code', pending, errors, status, to } : { kind: 'set-up', pending, errors, status, to, ...setUpOf(context, secret, found.proof.account) } };
  };
  if (code.trim() === '') return show(accountFieldText.code, 422);
  if (!isSetUp) {
    const tried = await accounts.enterCode(pending, code, caller);
    return tried.ok ? enter(context, tried.value.token, to, caller) : show(sentence(tried, signInRefusalText.wrongCode), statusOf(tried.reason));
  }
  const tried = await accounts.setUpAtSignIn(pending, code, caller);
  if (!tried.ok) return show(sentence(tried, signInRefusalText.wrongCode), statusOf(tried.reason));
  const { location = '/office/', cookies = [] } = await enter(context, tried.value.token, to, caller);
  return { view: { kind: 'codes', codes: tried.value.recoveryCodes, errors: [], status: 200, to: location }, cookies };
}

async function again(context: Context, { typed, caller, to }: Posted): Promise<SignInStep> {
  const open = caller.session;
  if (!open) return { view: { kind: 'ask', login: '', errors: [{ field: 'login', message: signInRefusalText.gone() }], status: 422, to } };
  const tried = await context.locals.app.accounts.proveAgain(open, typed['password'] ?? '', typed['code'] ?? '', caller);
  if (tried.ok) return enter(context, tried.value.token, to, caller);
  return { view: { kind: 'again', hasTotp: open.account.hasTotp, errors: [{ field: 'password', message: sentence(tried, signInRefusalText.wrongProof) }], status: statusOf(tried.reason), to } };
}

/** 登录, one step of it: asked for, tried, or through. */
export async function signInStep(context: Context): Promise<SignInStep> {
  const { request, url } = context;
  const caller = await callerOf(context);
  if (request.method !== 'POST') {
    const { identity } = context.locals.app;
    if (identity && url.searchParams.has('identity')) return fromIdentity(context, identity, caller);
    const to = returnTo(url.searchParams.get('to'), url.origin, caller.session?.account);
    if (!caller.session) return { view: { kind: 'ask', login: '', errors: [], status: 200, to } };
    if (url.searchParams.get('again') !== '1') return { location: to };
    return { view: { kind: 'again', hasTotp: caller.session.account.hasTotp, errors: [], status: 200, to } };
  }
  const typed = await readTyped(request);
  const posted: Posted = { typed, caller, to: returnTo(typed['to'] ?? null, url.origin, caller.session?.account) };
  switch (typed['step']) {
    case 'code': return second(context, posted, false);
    case 'set-up': return second(context, posted, true);
    case 'again': return again(context, posted);
    default: return first(context, posted);
  }
}

