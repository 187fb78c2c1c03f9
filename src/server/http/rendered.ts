import { chooseEncoding, compress, isCompressible } from '#server/http/compression.ts';
import type { Answer, Exchange } from '#server/http/exchange.ts';
import { shellOwned } from '#server/http/headers.ts';
import { refuse } from '#server/http/problems.ts';

/** What a page or the API produced, before the shell finishes it. */
export interface Rendered {
  readonly status: number;
  /** Names in any case; several entries of one name are several header lines. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Produces a page or a JSON answer; undefined when nothing lives at this address. */
export type Render = (exchange: Exchange) => Promise<Rendered | undefined>;

const worthCompressing = 1024;

/** Finishes what was rendered for this one request: charset, caching, compression, a readable page for an empty fault. */
export async function finish(rendered: Rendered, exchange: Exchange): Promise<Answer> {
  const type = headerOf(rendered, 'content-type') ?? '';
  if (rendered.status >= 500 && !/html|json/.test(type)) return refuse(rendered.status === 507 ? 'disk-low' : rendered.status === 503 ? 'busy' : 'fault', exchange);
  const headers = ['Cache-Control', headerOf(rendered, 'cache-control') ?? 'no-store', ...keptHeaders(rendered)];
  // A page that says itself that it is busy says when to come back, as the shell's own refusals do.
  if (rendered.status === 503 && headerOf(rendered, 'retry-after') === undefined) headers.push('Retry-After', '5');
  const encoding = chooseEncoding(exchange.request.headers['accept-encoding']);
  if (!isCompressible(type) || rendered.body.length < worthCompressing) return answer(rendered, headers, rendered.body);
  if (!mentions(headerOf(rendered, 'vary'), 'accept-encoding')) headers.push('Vary', 'Accept-Encoding');
  if (encoding === 'identity') return answer(rendered, headers, rendered.body);
  return answer(rendered, [...headers, 'Content-Encoding', encoding], await compress(rendered.body, encoding, 'once'));
}

/** Gives up on a page that takes too long: the parent is told to come back, whatever becomes of the page. */
export function withDeadline(render: Render, ms: number): Render {
  return (exchange) => new Promise((resolve, reject) => {
    const deadline = setTimeout(() => resolve({ status: 503, headers: [], body: Buffer.alloc(0) }), ms);
    render(exchange).then(resolve, reject).finally(() => clearTimeout(deadline));
  });
}

/** The value of a header, or undefined. */
export function headerOf(rendered: Rendered, name: string): string | undefined {
  return rendered.headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/** The headers that are the page's to say, as a flat list; text gets its charset. */
export function keptHeaders(rendered: Rendered): string[] {
  const kept: string[] = [];
  for (const [name, value] of rendered.headers) {
    const lower = name.toLowerCase();
    if (shellOwned.has(lower) || lower === 'cache-control') continue;
    kept.push(name, lower === 'content-type' ? withCharset(value) : value);
  }
  return kept;
}

function answer(rendered: Rendered, headers: readonly string[], body: Buffer): Answer {
  const bare = rendered.status === 204 || rendered.status === 304;
  return { status: rendered.status, headers, body: bare ? undefined : body };
}

function withCharset(type: string): string {
  return /^text\//i.test(type) && !/charset=/i.test(type) ? `${type}; charset=utf-8` : type;
}

function mentions(list: string | undefined, name: string): boolean {
  return list !== undefined && list.toLowerCase().includes(name);
}
