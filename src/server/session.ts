import type { OpenSession } from '#domain/accounts/ports.ts';
import type { Caller } from '#server/accounts.ts';

const cookieName = '__Host-sid';
// `Secure` also over plain http on this machine, as for receipts: browsers take localhost for trustworthy, and one name is one thing to guard.
const flags = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The cookie that carries a session; it ends with the browser, the session itself earlier. */
export const sessionCookie = (token: string): string => `${cookieName}=${token}; ${flags}`;
/** The cookie that takes it away. */
export const noSessionCookie = `${cookieName}=; Max-Age=0; ${flags}`;

/** The token a request carries. */
export const tokenOf = (cookies: string | null): string | undefined =>
  (cookies ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);

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
  ({ address: asking.locals.clientAddress, device: deviceOf(asking.request.headers.get('user-agent')), session: await openSessionOf(asking) });
