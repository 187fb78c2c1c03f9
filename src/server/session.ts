import { noticeBounds, type Device } from '#domain/accounts/model.ts';
import type { OpenSession } from '#domain/accounts/ports.ts';
import type { Caller } from '#server/accounts.ts';

const cookieName = '__Host-sid';
// `Secure` also over plain http on this machine, as for receipts: browsers take localhost for trustworthy, and one name is one thing to guard.
const flags = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The cookie that carries a session; it ends with the browser, the session itself earlier. */
export const sessionCookie = (token: string): string => `${cookieName}=${token}; ${flags}`;
/** The cookie that takes it away. */
export const noSessionCookie = `${cookieName}=; Max-Age=0; ${flags}`;

const valueOf = (cookies: string | null, name: string): string | undefined =>
  (cookies ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);

/** The token a request carries. */
export const tokenOf = (cookies: string | null): string | undefined => valueOf(cookies, cookieName);

const deviceName = '__Host-device';
const deviceSeconds = noticeBounds.keptDays * 86_400;
/** The cookie by which a browser is known again after a sign-in: chance, and nothing of the browser. */
export const deviceCookie = (token: string): string => `${deviceName}=${token}; Max-Age=${String(deviceSeconds)}; ${flags}`;

const identityName = '__Host-identity';
const identityValue = /^([\w-]{43})\.([\w-]*)$/;
/** The ten-minute cookie of who is away at the identity provider: what must come back, and the page asked for. */
export const identityCookie = (state: string, to: string): string => `${identityName}=${state}.${Buffer.from(to.slice(0, 500)).toString('base64url')}; Max-Age=600; ${flags}`;
/** The cookie that takes it away. */
export const noIdentityCookie = `${identityName}=; Max-Age=0; ${flags}`;
/** What a browser that comes back from the provider had been given; an empty state when it was given nothing. */
export function identityState(cookies: string | null): { readonly state: string; readonly to: string } {
  const [, state = '', to = ''] = identityValue.exec(valueOf(cookies, identityName) ?? '') ?? [];
  return { state, to: Buffer.from(to, 'base64url').toString('utf8') };
}

/** The browser a request comes from; one that brings no cookie gets a new token, which is known once it has signed in. */
export function deviceIn({ locals, request }: Pick<Asking, 'locals' | 'request'>): Device {
  const brought = valueOf(request.headers.get('cookie'), deviceName);
  return { name: deviceOf(request.headers.get('user-agent')), token: brought !== undefined && /^[\w-]{43}$/.test(brought) ? brought : locals.app.accounts.deps.seals.newToken() };
}

const kinds: readonly (readonly [RegExp, string])[] = [[/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/HarmonyOS/, '鸿蒙'], [/Android/, '安卓'], [/Windows/, 'Windows'], [/Mac OS X/, 'Mac'], [/Linux/, 'Linux']];
const browsers: readonly (readonly [RegExp, string])[] = [[/MicroMessenger/, '微信'], [/Edg\//, 'Edge'], [/Firefox\//, 'Firefox'], [/360|QIHU/, '360'], [/QQBrowser/, 'QQ浏览器'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']];
const firstOf = (list: typeof kinds, agent: string): string => list.find(([pattern]) => pattern.test(agent))?.[1] ?? '其他';

/** 设备, as far as a browser says: kind and program, never its version or address. */
export const deviceOf = (agent: string | null): string => (agent ? `${firstOf(kinds, agent)} · ${firstOf(browsers, agent)}` : '未知设备');

type Asking = { readonly locals: Pick<App.Locals, 'app' | 'clientAddress'>; readonly request: Request };

/** The session a request belongs to; undefined when there is none, it ran out, was ended, or its account was disabled. */
export const openSessionOf = async ({ locals, request }: Asking): Promise<OpenSession | undefined> => {
  const token = tokenOf(request.headers.get('cookie'));
  return token === undefined ? undefined : locals.app.accounts.findSession(token);
};

/** Who asks, for the limits and the list of sessions. */
export const callerOf = async (asking: Asking): Promise<Caller> =>
  ({ address: asking.locals.clientAddress, device: deviceIn(asking), session: await openSessionOf(asking) });
