import { receivedBody } from '#server/http/body.ts';
import type { Exchange } from '#server/http/exchange.ts';
import type { Render } from '#server/http/rendered.ts';

/** What the JSON API learns from the shell, as the second argument of fetch. */
export interface ApiEnv {
  readonly requestId: string;
  readonly clientAddress: string;
}

export interface Api {
  fetch(request: Request, env: ApiEnv): Response | Promise<Response>;
}

/** Hands a request to the JSON API and reads its response. */
export function renderApi(api: Api): Render {
  return async (exchange) => {
    const { requestId, clientAddress } = exchange;
    const response = await api.fetch(webRequest(exchange), { requestId, clientAddress });
    const body = response.body === null ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: [...response.headers], body };
  };
}

function webRequest(exchange: Exchange): Request {
  const { request, method } = exchange;
  const headers = new Headers();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    headers.append(request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '');
  }
  const body = method === 'GET' || method === 'HEAD' ? undefined : receivedBody(request);
  const url = `${exchange.origin ?? 'http://localhost'}${exchange.target}`;
  return new Request(url, { method, headers, body: body === undefined ? null : new Uint8Array(body) });
}
