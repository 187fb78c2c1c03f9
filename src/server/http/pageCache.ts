import { chooseEncoding, compress, isCompressible, type Encoding } from '#server/http/compression.ts';
import { hasSession, isReading } from '#server/http/exchange.ts';
import type { Answer, Exchange, Step } from '#server/http/exchange.ts';
import { keepPages, owned, type CacheBounds } from '#server/http/keptPages.ts';
import { finish, headerOf, keptHeaders } from '#server/http/rendered.ts';
import type { Render, Rendered } from '#server/http/rendered.ts';
import { scopeOf } from '#server/http/scope.ts';
import { answerStored, etagOf, store } from '#server/http/stored.ts';
import type { Stored } from '#server/http/stored.ts';

/** What the cache asks the application, on every request. */
export interface Revisions {
  /** The directory revision of a place, or of all of them (`everywhere`); undefined for a place that does not exist. */
  revisionOf(jurisdictionSlug: string): number | undefined | Promise<number | undefined>;
  /** The day pages are rendered for. */
  today(): string;
  /** What open times depend on: everything committed, and the minute; undefined where that cannot be told. */
  momentOf?(): string | undefined;
  /** 公告 over the pages of a place; undefined where there is none. */
  bannerOf?(slug: string | undefined): { readonly stamp: string; readonly html: string } | undefined;
}

/** Addresses longer than this are nobody's second visit, and as keys they would fill the memory that no bound counts. */
const longestKept = 2000;

/**
 * Answers pages that say `x-page-cache: directory` from memory for as long as the place's revision, the day and the
 * mode stay the same, and open times for as long as nothing was committed and the minute lasts. Never for a request with a
 * session; never a response that sets a cookie.
 */
export function cachePages(render: Render, revisions: Revisions, bounds: CacheBounds, report: (fault: unknown) => void): Step {
  const kept = keepPages(bounds, report);
  const renderNow = async (exchange: Exchange): Promise<Answer | undefined> => {
    const rendered = await render(exchange);
    return rendered === undefined ? undefined : finish(rendered, exchange);
  };
  const answerAt = (exchange: Exchange, revision: number | string | undefined) => {
    if (revision === undefined) return renderNow(exchange);
    const encoding = chooseEncoding(exchange.request.headers['accept-encoding']);
    const over = revisions.bannerOf?.(scopeOf(exchange.path ?? '/'))?.stamp ?? '';
    const key = `${revision} ${revisions.today()} ${over} ${exchange.mode} ${encoding} ${exchange.origin ?? ''}${exchange.target}`;
    const stored = kept.find(key);
    if (stored === undefined) return renderAndKeep(exchange, key, encoding);
    kept.improve(key, encoding);
    return answerStored(stored, exchange);
  };
  const renderAndKeep = async (exchange: Exchange, key: string, encoding: Encoding): Promise<Answer | undefined> => {
    const rendered = await render(exchange);
    if (rendered === undefined) return undefined;
    if (exchange.method !== 'GET' || !mayKeep(rendered)) return finish(rendered, exchange);
    const stored = await storeRendered(rendered, encoding);
    kept.keep(key, stored);
    return answerStored(stored, exchange);
  };
  return (exchange) => {
    const slug = scopeOf(exchange.path ?? '/');
    if (!isReading(exchange) || slug === undefined || hasSession(exchange) || exchange.target.length > longestKept) return renderNow(exchange);
    const revision = openTimes.test(exchange.path ?? '') ? revisions.momentOf?.() : revisions.revisionOf(slug);
    return revision instanceof Promise
      ? revision.then((value) => answerAt(exchange, value)) : answerAt(exchange, revision);
  };
}

/** Seats change with every booking, not with the directory. */
const openTimes = /^\/api\/v1\/[^/]+\/(?:institutions\/[^/]+\/)?slots$/;


function mayKeep(rendered: Rendered): boolean {
  return rendered.status === 200 && headerOf(rendered, 'x-page-cache') === 'directory' && headerOf(rendered, 'set-cookie') === undefined;
}

/** A page in the one encoding that was asked for: a browser seldom asks for a second, and one is all that must be made and held. */
async function storeRendered(rendered: Rendered, encoding: Encoding): Promise<Stored> {
  const { body } = rendered;
  const shrinks = body.length >= 1024 && isCompressible(headerOf(rendered, 'content-type') ?? '');
  const coded = shrinks && encoding !== 'identity' ? await compress(body, encoding, 'first') : undefined;
  const own: string[] = [];
  const headers = keptHeaders(rendered);
  for (let index = 0; index < headers.length; index += 2) {
    const [name = '', value = ''] = headers.slice(index, index + 2);
    if (!['vary', 'etag'].includes(name.toLowerCase())) own.push(name, value);
  }
  const headers200 = [...own, 'Cache-Control', 'no-cache', 'Vary', 'Cookie, Accept-Encoding', ...(coded === undefined ? [] : ['Content-Encoding', encoding])];
  return store(200, headers200, { identity: owned(coded ?? body), br: undefined, gzip: undefined }, etagOf(body));
}
