import { isReading } from '#server/http/exchange.ts';
import type { Exchange, Step } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';

// A search of 5,000 Chinese characters takes 45,000 in an address, and is answered like any other.
const longestTarget = 50_000;

/** The hosts this site answers to, each with its own origin: the public one, or every name of this machine while unset. */
export function knownOrigins(siteOrigin: string | undefined, port: number): ReadonlyMap<string, string> {
  if (siteOrigin !== undefined) {
    const { host, port: named, protocol } = new URL(siteOrigin);
    const spelledOut = named === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
    return new Map([[host, siteOrigin], [spelledOut, siteOrigin]]);
  }
  const names = ['localhost', '127.0.0.1', '[::1]'].map((name) => [`${name}:${port}`, `http://${name}:${port}`] as const);
  return new Map(port === 80 ? names.flatMap(([host, origin]) => [[host.slice(0, -3), origin.slice(0, -3)], [host, origin.slice(0, -3)]]) : names);
}

/** Probes ask by address, not by name, and their answers say nothing; every other request must name a known host. */
export const refuseUnknownHost: Step = (exchange) =>
  exchange.origin === undefined && !isProbe(exchange) ? refuse('unknown-host', exchange) : undefined;

const isProbe = ({ path }: Exchange) => path === '/healthz' || path === '/readyz';

/** GET, HEAD and POST are all this site needs; TRACE and every other method is refused by name. */
export const refuseForeignMethod: Step = (exchange) =>
  isReading(exchange) || exchange.method === 'POST'
    ? undefined : refuse('method-not-allowed', exchange, ['Allow', 'GET, HEAD, POST']);

/** An address must mean one thing only, and fit. */
export const refuseMalformedUrl: Step = (exchange) => {
  if (exchange.target.length > longestTarget) return refuse('uri-too-long', exchange);
  return exchange.path === undefined ? refuse('malformed-url', exchange) : undefined;
};

/** Folders that belong to the framework or to the machine, not to the site: `/_image`, `/_actions`, `/.git` and the like. */
export const refuseInternalFolder: Step = (exchange) => {
  const path = exchange.path ?? '/';
  const internal = (path.startsWith('/_') && !path.startsWith('/_astro/')) || (path.includes('/.') && !path.startsWith('/.well-known/'));
  return internal ? refuse('not-found', exchange) : undefined;
};

/**
 * An unsafe method must come from a page of this very origin: the browser says so (Sec-Fetch-Site), or the Origin header
 * is ours. The registration body signs its pushes instead.
 */
export const refuseForeignOrigin: Step = (exchange) => {
  if (isReading(exchange) || isSignedPush(exchange)) return undefined;
  const { origin } = exchange.request.headers;
  const site = exchange.request.headers['sec-fetch-site'];
  if (site === 'same-origin') return undefined;
  if (origin === undefined && site === undefined) return refuse('origin-missing', exchange);
  return origin !== undefined && origin === exchange.origin ? undefined : refuse('cross-origin', exchange);
};

/** `POST /api/v1/{place}/registrations`: checked by its HMAC signature in the API. */
export function isSignedPush(exchange: Pick<Exchange, 'method' | 'path'>): boolean {
  return exchange.method === 'POST' && /^\/api\/v1\/[a-z0-9-]+\/registrations$/.test(exchange.path ?? '');
}

/** Where something new is taken in from the public. A complaint's own page is not among them: it answers itself, with everything that was written still on it. */
const intake = /^\/(?:api\/v1\/)?[^/]+\/(?:bookings(?:\/new)?|demand|complaints|institutions\/[^/]+\/report|health-points\/[^/]+\/report)\/?$/;

/** While the disk is nearly full nothing new is taken in: what is being written still ends well, and everything can be read. */
export const refuseWhileClosed = (isClosed: () => boolean): Step => (exchange) =>
  (exchange.method === 'POST' && intake.test(exchange.path ?? '') && isClosed() ? refuse('disk-low', exchange) : undefined);

/** What staff do, how a page is shown, and a browser's own reports: not the public's forms. */
const ownBusiness = /^\/(?:office|portal|account|activate|sign-in|sign-out|mode|not-allowed)\//;

/** While an incident lasts the public's forms take nothing in, and everything can be read; staff go on. */
export const refuseWhileReadOnly = (isReadOnly: () => boolean): Step => (exchange) =>
  (exchange.method === 'POST' && isReadOnly() && !ownBusiness.test(exchange.path ?? '') && !isLookingUp(exchange.path ?? '') ? refuse('read-only', exchange) : undefined);

/** Forms that only show what there is: a booking or a complaint found by its number. */
const isLookingUp = (path: string): boolean => /\/(?:bookings|complaints|demand)\/find\/?$/.test(path);
