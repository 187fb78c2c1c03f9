import type { IncomingMessage } from 'node:http';
import type { Answer, Exchange, Step } from '#server/http/exchange.ts';
import { refuse } from '#server/http/problems.ts';

/** How much one route accepts, and how long the sender may take. */
export interface BodyLimit {
  readonly bytes: number;
  readonly ms: number;
  /** Slowest accepted sender, bytes per second, looked at every ten seconds. */
  readonly pace: number;
}

const formLimit: BodyLimit = { bytes: 64 * 1024, ms: 30_000, pace: 0 };
const uploadLimit: BodyLimit = { bytes: 45 * 1024 * 1024, ms: 600_000, pace: 8 * 1024 };
const lingerMs = 10_000;

/** 展示信息: an agreement of 20,000 characters, each nine bytes on the wire; a photo of an institution. A list of accounts is as long as a long form. */
const longFormLimit: BodyLimit = { bytes: 512 * 1024, ms: 60_000, pace: 0 };
const photoLimit: BodyLimit = { bytes: 11 * 1024 * 1024, ms: 300_000, pace: 8 * 1024 };
const listingPath = /^\/(?:portal\/listing|office\/listings\/enter\/[0-9a-f-]{36})\//;

/** Forms and JSON are small; only a complaint, what is added to one, and an institution's page carry photos, and the office's import a list. */
export function bodyLimitOf(path: string): BodyLimit {
  if (path === '/office/accounts/batch/') return longFormLimit;
  if (listingPath.test(path)) return path.endsWith('/photos/') ? photoLimit : longFormLimit;
  return path === '/office/import/' || path === '/office/inspections/new/' || /^\/[a-z0-9-]+\/complaints\/(?:new|find)\/$/.test(path) ? uploadLimit : formLimit;
}

/** Bytes of bodies held at once by the whole server; beyond it the newest sender is asked to come back. */
const mostHeld = 128 * 1024 * 1024;
const held = { bytes: 0 };

/**
 * Receives the whole body before anything else runs, so that no page ever waits for a slow sender and no body is larger
 * than its route allows, whether it announces its length or comes in chunks.
 */
export function receiveBodies(limitOf: (path: string) => BodyLimit): Step {
  return (exchange) => {
    const { headers } = exchange.request;
    const chunked = headers['transfer-encoding'] !== undefined;
    const announced = Number(headers['content-length'] ?? 0);
    if (announced === 0 && !chunked) return undefined;
    const limit = limitOf(exchange.path ?? '/');
    if (announced > limit.bytes) return refuseTooLarge(exchange);
    if (exchange.expectsContinue) exchange.response.writeContinue();
    return receive(exchange, limit);
  };
}

async function receive(exchange: Exchange, limit: BodyLimit): Promise<Answer | undefined> {
  const received = await readBody(exchange, limit);
  if (received === 'too-large') return refuseTooLarge(exchange);
  if (received === 'busy') return refuse('busy', exchange, [], true);
  if (received === 'too-slow') return refuse('too-slow', exchange, [], true);
  if (received === 'broken-off') return refuse('malformed-request', exchange, [], true);
  // The names under which Astro's adapter (`body`) and other handlers (`rawBody`) look for a body read before them.
  Object.assign(exchange.request, { body: received, rawBody: received });
  return undefined;
}

/** The body read earlier by the shell; empty when the request had none. */
export function receivedBody(request: IncomingMessage): Buffer | undefined {
  const body: unknown = Reflect.get(request, 'rawBody');
  return Buffer.isBuffer(body) ? body : undefined;
}

/**
 * The rest is read and thrown away for a moment: closing at once would reset the connection and lose the answer. A
 * sender that still waits for leave to send is told to close instead.
 */
function refuseTooLarge(exchange: Exchange): Answer {
  const { request } = exchange;
  if (exchange.expectsContinue) return refuse('too-large', exchange, [], true);
  request.resume();
  setTimeout(() => { if (!request.complete) request.socket.destroy(); }, lingerMs).unref();
  return refuse('too-large', exchange);
}

type Received = Buffer | 'too-large' | 'too-slow' | 'broken-off' | 'busy';

function readBody({ request, response }: Pick<Exchange, 'request' | 'response'>, limit: BodyLimit): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.once('close', () => { held.bytes -= size; });
    let sizeBefore = 0;
    const deadline = setTimeout(() => settle('too-slow'), limit.ms);
    const pace = setInterval(() => {
      if (size - sizeBefore < limit.pace * 10) settle('too-slow');
      sizeBefore = size;
    }, 10_000);
    const settle = (outcome: Received) => {
      clearTimeout(deadline);
      clearInterval(pace);
      request.off('data', keep).off('end', finish).off('close', breakOff);
      resolve(outcome);
    };
    const keep = (chunk: Buffer) => {
      size += chunk.length;
      held.bytes += chunk.length;
      if (size > limit.bytes) settle('too-large');
      else if (held.bytes > mostHeld) settle('busy');
      else chunks.push(chunk);
    };
    const finish = () => settle(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size));
    const breakOff = () => settle('broken-off');
    request.on('data', keep).on('end', finish).on('close', breakOff).on('error', breakOff);
  });
}
