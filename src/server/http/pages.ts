import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Exchange } from '#server/http/exchange.ts';
import type { Render, Rendered } from '#server/http/rendered.ts';
import { requestInProgress } from '#server/log.ts';

/** What each page finds in `Astro.locals`. */
export interface PageLocals<App> {
  readonly app: App;
  readonly requestId: string;
  readonly clientAddress: string;
  readonly mode: Exchange['mode'];
}

/** The built site's handler (Astro's Node adapter in middleware mode). */
export type Pages<App> = (
  request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void, locals: PageLocals<App>,
) => Promise<void> | void;

/** Renders pages through the adapter, holding the response back so that the shell can finish, store or replace it. */
export function renderPages<App>(pages: Pages<App>, app: App): Render {
  return async (exchange) => {
    const held = new HeldResponse(exchange.request);
    let passedOn = false;
    const { requestId, clientAddress, mode } = exchange;
    const next = (error?: unknown) => {
      if (error !== undefined) throw error;
      passedOn = true;
    };
    await requestInProgress.run(requestId, async () => pages(exchange.request, held, next, { app, requestId, clientAddress, mode }));
    if (passedOn) return undefined;
    return held.rendered();
  };
}

/** A response kept in memory instead of being written to the connection. */
class HeldResponse extends ServerResponse {
  readonly #chunks: Buffer[] = [];
  #broken: Error | undefined;

  override writeHead(statusCode: number, ...rest: readonly unknown[]): this {
    this.statusCode = statusCode;
    const headers = rest.find((argument) => typeof argument === 'object' && argument !== null);
    for (const [name, value] of Object.entries(headers ?? {})) {
      this.setHeader(name, Array.isArray(value) ? value.map(String) : String(value));
    }
    return this;
  }

  override write(chunk: unknown, ...rest: readonly unknown[]): boolean {
    this.#keep(chunk);
    for (const callback of rest) if (typeof callback === 'function') callback();
    return true;
  }

  override end(...rest: readonly unknown[]): this {
    if (typeof rest[0] !== 'function') this.#keep(rest[0]);
    this.finished = true;
    for (const callback of rest) if (typeof callback === 'function') callback();
    this.emit('finish');
    this.emit('close');
    return this;
  }

  override destroy(error?: Error): this {
    this.#broken = error ?? new Error('The page broke off while it was rendered');
    return this;
  }

  rendered(): Rendered {
    if (this.#broken !== undefined) throw this.#broken;
    if (!this.finished) throw new Error('The page ended without a response');
    const headers: (readonly [string, string])[] = [];
    for (const [name, value] of Object.entries(this.getHeaders())) {
      for (const line of Array.isArray(value) ? value : [value]) headers.push([name, String(line)]);
    }
    return { status: this.statusCode, headers, body: this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks) };
  }

  #keep(chunk: unknown): void {
    if (typeof chunk === 'string') this.#chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
}
