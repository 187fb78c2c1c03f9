import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Exchange } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';
import type { Render } from '#server/http/rendered.ts';

/** The pages the build made for what goes wrong. */
export interface BuiltErrors {
  /** The built page for a fault with the request's number in it, or a plain one when nothing is built. */
  fault(exchange: Exchange): Answer;
  /** Lets the shell finish the built pages itself where the adapter sent them: it knows neither mode nor number. */
  around(render: Render): Render;
}

/** Reads the built error pages once. */
export function loadBuiltErrors(folder: string): BuiltErrors {
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined);
  const notFound = read('404.html');
  const fault = read('500.html');
  const pages = { default: fault, elder: read('500.elder.html') ?? fault };
  const faultIn = ({ mode, requestId }: Exchange) =>
    pages[mode] && Buffer.from(pages[mode].toString().replace('</main>', `<p>编号：${requestId}</p></main>`));
  return {
    fault: (exchange) => {
      const plain = refuse('fault', exchange);
      const page = exchange.isApi ? undefined : faultIn(exchange);
      return page === undefined ? plain : { ...plain, body: page };
    },
    around: (render) => async (exchange) => {
      const rendered = await render(exchange);
      if (rendered?.status === 404 && notFound?.equals(rendered.body) === true) return undefined;
      if (rendered?.status !== 500 || fault?.equals(rendered.body) !== true) return rendered;
      return { ...rendered, body: faultIn(exchange) ?? rendered.body };
    },
  };
}
