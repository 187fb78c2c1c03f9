import { compress } from '#server/http/compression.ts';
import type { Exchange } from '#server/http/exchange.ts';
import { scopeOf } from '#server/http/scope.ts';
import { headerOf, type Render } from '#server/http/rendered.ts';
import { etagOf, store, type Stored } from '#server/http/stored.ts';

/** 公告 over the pages of a place; undefined where there is none. */
export type OverlayOf = (slug: string | undefined) => { readonly stamp: string; readonly html: string } | undefined;

const marker = Buffer.from('<!--notice-->');

/** The page with what lies over it in place of the marker; the same bytes where there is no marker. */
export function laidOver(page: Buffer, html: string): Buffer {
  const at = page.indexOf(marker);
  return at === -1 ? page : Buffer.concat([page.subarray(0, at), Buffer.from(html), page.subarray(at + marker.length)]);
}

/** Lays what has to be said over every page that is rendered. */
export function withOverlay(render: Render, overlayOf: OverlayOf): Render {
  return async (exchange) => {
    const rendered = await render(exchange);
    const overlay = rendered && overlayOf(scopeOf(exchange.path ?? '/'));
    if (!rendered || !overlay || !/^text\/html/i.test(headerOf(rendered, 'content-type') ?? '')) return rendered;
    return { ...rendered, body: laidOver(rendered.body, overlay.html) };
  };
}

/** As many pages with something over them are kept; beyond, the oldest are made again when asked for. */
const mostKept = 200;

/** Lays what has to be said over pages made at build: each once for as long as the same is said, in the three encodings. */
export function overlayStatic(overlayOf: OverlayOf): (stored: Stored, exchange: Exchange) => Stored | Promise<Stored> {
  const kept = new Map<Stored, { readonly stamp: string; readonly made: Promise<Stored> }>();
  const make = async (stored: Stored, html: string): Promise<Stored> => {
    const { body, headers, status } = stored.identity;
    if (!Buffer.isBuffer(body)) return stored;
    const page = laidOver(body, html);
    if (page === body) return stored;
    const own = headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'etag');
    return store(status, own, { identity: page, br: await compress(page, 'br', 'once'), gzip: await compress(page, 'gzip', 'once') }, etagOf(page));
  };
  return (stored, exchange) => {
    const overlay = overlayOf(scopeOf(exchange.path ?? '/'));
    if (overlay === undefined || !/^text\/html/.test(stored.identity.headers[1] ?? '')) return stored;
    const known = kept.get(stored);
    if (known?.stamp === overlay.stamp) return known.made;
    kept.delete(stored);
    const [oldest] = kept.size >= mostKept ? kept.keys() : [];
    if (oldest) kept.delete(oldest);
    const made = make(stored, overlay.html);
    kept.set(stored, { stamp: overlay.stamp, made });
    made.catch(() => { kept.delete(stored); });
    return made;
  };
}
