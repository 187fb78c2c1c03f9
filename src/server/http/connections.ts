import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Step } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';
import type { ProblemCode } from '#server/http/problems.ts';

/** The server's connections, and those among them that wait for an answer. */
export interface Connections {
  readonly open: ReadonlySet<Duplex>;
  readonly answering: ReadonlySet<Duplex>;
}

/** Keeps count of connections from their first byte to their last. */
export function watchConnections(server: Server): Connections {
  const open = new Set<Duplex>();
  const answering = new Set<Duplex>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      answering.delete(socket);
    });
  });
  const begin = ({ socket }: IncomingMessage, response: ServerResponse) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  };
  server.on('request', begin).on('checkContinue', begin).on('checkExpectation', begin);
  return { open, answering };
}

/** Beyond the cap a request is told to come back, instead of being reset. */
export function refuseBeyond(cap: number, connections: Connections): Step {
  return (exchange) => (connections.open.size > cap ? refuse('busy', exchange, [], true) : undefined);
}

/** Answers what never becomes a request: unreadable lines, unknown methods, headers that do not end, CONNECT. */
export function answerUnreadable(server: Server, connections: Connections, always: readonly string[]): void {
  server.on('connect', (_request, socket) => writeRefusal(socket, 'method-not-allowed', always));
  server.on('clientError', (error: Error & { readonly code?: string }, socket) => {
    // In the middle of an answer nothing sensible can be written any more.
    if (error.code === 'ECONNRESET' || !socket.writable || connections.answering.has(socket)) socket.destroy();
    else writeRefusal(socket, problemOf(error.code), always);
  });
}

function problemOf(code: string | undefined): ProblemCode {
  if (code === 'HPE_INVALID_METHOD') return 'method-not-allowed';
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'too-slow' : 'malformed-request';
}

function writeRefusal(socket: Duplex, code: ProblemCode, always: readonly string[]): void {
  const requestId = randomUUID();
  const allow = code === 'method-not-allowed' ? ['Allow', 'GET, HEAD, POST'] : [];
  const { status, headers, body } = refuse(code, { isApi: false, requestId, mode: 'default' }, allow);
  const text = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const all = [...always, 'X-Request-Id', requestId, ...headers, 'Content-Length', String(text.length), 'Connection', 'close'];
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`];
  for (let index = 0; index < all.length; index += 2) lines.push(`${all[index] ?? ''}: ${all[index + 1] ?? ''}`);
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), text]));
}
