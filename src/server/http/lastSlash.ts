import { isReading } from '#server/http/exchange.ts';
import type { Exchange, Step } from '#server/http/exchange.ts';

/** Every page ends in a slash: an address without one, where a page lives with it, is sent there. */
export function addLastSlash(pages: Step): Step {
  return (exchange) => {
    const { path = '/', request, query } = exchange;
    if (!isReading(exchange) || path.endsWith('/') || /\.[^/]*$/.test(path)) return undefined;
    const target = `${encodeURI(path)}/${query}`;
    request.url = target;
    const withSlash: Exchange = { ...exchange, target, path: `${path}/` };
    return Promise.resolve(pages(withSlash)).then((answer) => answer === undefined || answer.status === 404
      ? undefined
      : { status: 308, headers: ['Location', target, 'Cache-Control', 'no-cache'], body: Buffer.alloc(0) });
  };
}
