import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddressOf } from '#server/http/clientAddress.ts';

/** One request on its way through the shell, with what the shell itself found out about it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly startedAt: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** The decoded path, or undefined when it cannot be trusted to mean one thing. */
  readonly path: string | undefined;
  readonly query: string;
  readonly isApi: boolean;
  readonly mode: 'default' | 'elder';
  readonly clientAddress: string;
  /** The site's origin as this request addressed it; the host step refuses a request without one. */
  readonly origin: string | undefined;
  readonly expectsContinue: boolean;
}

/** A file too large to keep in memory. */
export interface FileBody {
  readonly file: string;
  readonly size: number;
}

/** What the shell sends back. Headers are a flat list of names and values, ready for writeHead. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer | FileBody | undefined;
  readonly close?: boolean;
}

/** One step of the shell: an answer ends the exchange, undefined passes it on. */
export type Step = (exchange: Exchange) => Answer | undefined | Promise<Answer | undefined>;

/** Reads what every step needs from a request. */
export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  origins: ReadonlyMap<string, string>,
  trustedProxies: number,
  expectsContinue: boolean,
): Exchange {
  const target = request.url ?? '/';
  const end = target.indexOf('?');
  const rawPath = end === -1 ? target : target.slice(0, end);
  const cookies = request.headers.cookie;
  return {
    request,
    response,
    requestId: randomUUID(),
    startedAt: performance.now(),
    method: request.method ?? 'GET',
    target,
    path: decodePath(rawPath),
    query: end === -1 ? '' : target.slice(end),
    isApi: rawPath === '/api' || rawPath.startsWith('/api/'),
    mode: cookies !== undefined && /(?:^|;\s*)mode=elder(?:;|$)/.test(cookies) ? 'elder' : 'default',
    clientAddress: clientAddressOf(request.socket.remoteAddress, request.headers['x-forwarded-for'], trustedProxies),
    origin: origins.get(onlyHost(request) ?? ''),
    expectsContinue,
  };
}

/** The host the request names; undefined when it names none or several, which two programs could read differently. */
function onlyHost({ rawHeaders, headers }: IncomingMessage): string | undefined {
  let named = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') named += 1;
  }
  return named === 1 ? headers.host?.toLowerCase() : undefined;
}

/** Whether the request is sent along with a staff session, whose answers are never shared. */
export function hasSession(exchange: Exchange): boolean {
  const cookies = exchange.request.headers.cookie;
  return cookies !== undefined && /(?:^|;\s*)__Host-sid=/.test(cookies);
}

/** Whether the method promises to change nothing. */
export function isReading(exchange: Exchange): boolean {
  return exchange.method === 'GET' || exchange.method === 'HEAD';
}

/**
 * Decodes a path once. Everything two programs could read differently is refused: broken percent signs, dot segments,
 * encoded slashes, backslashes, control characters, and two slashes in a row at the start (a foreign host in a redirect).
 */
function decodePath(rawPath: string): string | undefined {
  if (!rawPath.startsWith('/') || rawPath.startsWith('//')) return undefined;
  if (!rawPath.includes('%') && !rawPath.includes('.') && !rawPath.includes('\\')) return rawPath;
  if (/%2f|%5c/i.test(rawPath)) return undefined;
  try {
    const path = decodeURIComponent(rawPath);
    return /[\0-\x1f\x7f\\]|\/\.\.?(?:\/|$)/.test(path) ? undefined : path;
  } catch {
    return undefined; // the step for malformed addresses answers 400
  }
}
