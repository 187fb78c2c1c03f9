import { receivedBody } from '#server/http/body.ts';
import type { Exchange } from '#server/http/exchange.ts';
import { writtenText } from '#server/http/writtenText.ts';
import type { Render } from '#server/http/rendered.ts';

/** What the JSON API learns from the shell, as the second argument of fetch. */
export interface ApiEnv {
  readonly requestId: string;
  readonly clientAddress: string;
  /** The body, already received whole: handed over beside the request, since reading it back out of a web stream costs more than parsing it. */
  readonly body?: Buffer | undefined;
}

export interface Api {
  fetch(request: Request, env: ApiEnv): Response | Promise<Response>;
}

/** Hands a request to the JSON API and reads its response. */
export function renderApi(api: Api): Render {
  return async (exchange) => {
    const { requestId, clientAddress, method, request } = exchange;
    const body = method === 'GET' || method === 'HEAD' ? undefined : receivedBody(request);
    const response = await api.fetch(webRequest(exchange), { requestId, clientAddress, body });
    return { status: response.status, headers: [...response.headers], body: await bytesOf(response) };
  };
}

function webRequest({ request, method, origin, target }: Exchange): Request {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    headers.push([request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '']);
  }
  return new Request(`${origin ?? 'http://localhost'}${target}`, { method, headers });
}

async function bytesOf(response: Response): Promise<Buffer> {
  const known = writtenText(response);
  if (known !== undefined) return Buffer.from(known);
  return response.body === null ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
}
