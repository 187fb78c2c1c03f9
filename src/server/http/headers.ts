/** Second policy beside the hashes Astro puts into each page; a browser enforces both. */
const contentPolicy = "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'; worker-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; frame-src 'none'; media-src 'none'; img-src 'self' data:";

/** Where the base map's pictures come from, allowed only while the operator has a key for them. */
export const tileHost = 'https://t0.tianditu.gov.cn';

/** What every response carries: pages, files, JSON, refusals alike. A flat list, ready for writeHead. */
export function securityHeaders(siteOrigin: string | undefined, withTiles = false): readonly string[] {
  return [
    'Content-Security-Policy', withTiles ? `${contentPolicy} ${tileHost}` : contentPolicy,
    'X-Content-Type-Options', 'nosniff',
    // `no-referrer` would turn the Origin of our own forms into `null`.
    'Referrer-Policy', 'same-origin',
    'Cross-Origin-Opener-Policy', 'same-origin',
    'Cross-Origin-Resource-Policy', 'same-origin',
    'Permissions-Policy', 'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    'X-Frame-Options', 'DENY',
    ...(siteOrigin?.startsWith('https:') === true
      ? ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : []),
  ];
}

/** Names only the shell writes; what a page says about them is dropped (a page's own content policy is kept beside ours). */
export const shellOwned: ReadonlySet<string> = new Set([
  'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy',
  'permissions-policy', 'x-frame-options', 'strict-transport-security', 'x-request-id', 'x-page-cache',
  'content-length', 'content-encoding', 'connection', 'keep-alive', 'transfer-encoding', 'date',
]);
