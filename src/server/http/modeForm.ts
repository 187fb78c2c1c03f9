import { receivedBody } from '#server/http/body.ts';
import type { Answer, Step } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';

const year = 365 * 24 * 60 * 60;

/** `POST /mode/`: remembers 长辈版 or the usual view in a cookie and goes back to where the parent was. */
export const chooseMode: Step = (exchange) => {
  if (exchange.path !== '/mode/') return undefined;
  if (exchange.method !== 'POST') return refuse('method-not-allowed', exchange, ['Allow', 'POST']);
  const type = exchange.request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return refuse('unsupported-media-type', exchange);
  const fields = new URLSearchParams((receivedBody(exchange.request) ?? '').toString());
  const origin = exchange.origin ?? 'http://localhost';
  const mode = fields.get('mode') === 'elder' ? 'elder' : 'default';
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return {
    status: 303,
    headers: [
      'Location', safeReturn(fields.get('back'), origin),
      'Set-Cookie', `mode=${mode}; Path=/; Max-Age=${year}; SameSite=Lax; HttpOnly${secure}`,
      'Cache-Control', 'no-store',
    ],
    body: Buffer.alloc(0),
  } satisfies Answer;
};

/** A path of this site, or its front page: whatever a browser could read as another host is not followed. */
export function safeReturn(back: string | null, origin: string): string {
  if (back === null || back.length > 2000 || !/^\/(?![/\\])/.test(back) || /[\\\0-\x1f\x7f]/.test(back)) return '/';
  if (!URL.canParse(back, origin)) return '/';
  const url = new URL(back, origin);
  const path = `${url.pathname}${url.search}`;
  return url.origin === origin && !path.startsWith('//') && url.pathname !== '/mode/' ? path : '/';
}
