import { createReadStream } from 'node:fs';
import type { Answer, Exchange } from '#server/http/exchange.ts';

/** Writes an answer to the connection, with what every response carries. */
export function send(exchange: Exchange, answer: Answer, always: readonly string[], closing: boolean): void {
  const { response } = exchange;
  const { body } = answer;
  if (response.destroyed || response.headersSent) return;
  const headers = [...always, 'X-Request-Id', exchange.requestId, ...answer.headers];
  if (body !== undefined) headers.push('Content-Length', String(Buffer.isBuffer(body) ? body.length : body.size));
  if (closing || answer.close === true) headers.push('Connection', 'close');
  response.writeHead(answer.status, headers);
  if (body === undefined || exchange.method === 'HEAD') response.end();
  else if (Buffer.isBuffer(body)) response.end(body);
  else createReadStream(body.file).on('error', () => response.destroy()).pipe(response);
}
