import { createHash } from 'node:crypto';
import { chooseEncoding } from '#server/http/compression.ts';
import type { Answer, Exchange, FileBody } from '#server/http/exchange.ts';

/** One body made once in up to three encodings, ready to send again and again. */
export interface Stored {
  readonly etag: string;
  readonly identity: Answer;
  readonly br: Answer | undefined;
  readonly gzip: Answer | undefined;
  readonly notModified: Answer;
  /** Bytes held in memory. */
  readonly size: number;
}

export type Body = Buffer | FileBody;

/** Prepares a body and its encodings; `headers` is a flat list without ETag and Content-Encoding. */
export function store(
  status: number,
  headers: readonly string[],
  bodies: { readonly identity: Body; readonly br: Body | undefined; readonly gzip: Body | undefined },
  etag: string,
): Stored {
  const tagged = status === 200 ? [...headers, 'ETag', etag] : headers;
  const encoded = (body: Body | undefined, encoding: string): Answer | undefined =>
    body === undefined ? undefined : { status, headers: [...tagged, 'Content-Encoding', encoding], body };
  return {
    etag,
    identity: { status, headers: tagged, body: bodies.identity },
    br: encoded(bodies.br, 'br'),
    gzip: encoded(bodies.gzip, 'gzip'),
    notModified: { status: 304, headers: withoutContent(tagged), body: undefined },
    size: [bodies.identity, bodies.br, bodies.gzip].reduce((sum, body) => sum + (Buffer.isBuffer(body) ? body.length : 0), 0),
  };
}

/** A weak tag, because one tag stands for the same text in three encodings. */
export function etagOf(body: Buffer): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Answers from what is stored: 304 when the browser has it, else the encoding the browser prefers. */
export function answerStored(stored: Stored, exchange: Exchange): Answer {
  const { headers } = exchange.request;
  const known = headers['if-none-match'];
  if (known !== undefined && stored.identity.status === 200 && matches(known, stored.etag)) return stored.notModified;
  const encoding = chooseEncoding(headers['accept-encoding']);
  return (encoding === 'identity' ? undefined : stored[encoding]) ?? stored.identity;
}

function matches(known: string, etag: string): boolean {
  if (known === etag || known === '*') return true;
  const opaque = etag.slice(2);
  return known.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === opaque);
}

/** Headers that speak of a body have no place where none is sent. */
function withoutContent(headers: readonly string[]): readonly string[] {
  return headers.filter((_, index) => !['content-type', 'content-encoding'].includes(headers[index - (index % 2)]?.toLowerCase() ?? ''));
}
