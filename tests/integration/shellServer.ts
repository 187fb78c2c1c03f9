import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { finishBuild } from '#cli/finish-build.ts';
import type { Api } from '#server/http/api.ts';
import type { PageLocals, Pages } from '#server/http/pages.ts';
import { createLog } from '#server/log.ts';
import { startServer } from '#server/main.ts';
import type { Shell, ShellApp } from '#server/main.ts';

/** What came back over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export type FakePage = (
  request: IncomingMessage & { readonly body?: Buffer }, response: ServerResponse, next: () => void, locals: PageLocals<ShellApp>,
) => void | Promise<void>;

export interface RunningShell {
  readonly port: number;
  readonly origin: string;
  /** The lines of the log so far. */
  readonly lines: string[];
  ask(path: string, ask?: Ask): Promise<Reply>;
  /** Sends bytes as they are and reads until the server closes or `until` has arrived. */
  raw(text: string, until?: RegExp): Promise<string>;
  close(): Promise<void>;
}

/** A small build: a page in two modes, a style sheet, a large file, a Chinese name, a 404 page. */
export async function aBuild(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'));
  const page = (title: string) => `<!doctype html><html lang="zh-CN" data-mode="default"><head><title>${title}</title></head><body>${'托育机构参观预约。'.repeat(80)}</body></html>`;
  const files: Readonly<Record<string, string>> = {
    'index.html': page('选择地区'),
    'about/index.html': page('关于'),
    '指南/index.html': page('指南'),
    '404.html': page('没有这个页面'),
    '500.html': page('页面暂时打不开').replaceAll('body>', 'main>'),
    '_astro/look.4f2a.css': 'body { color: black; }\n'.repeat(100),
    'favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'large.json': JSON.stringify(Array.from({ length: 40_000 }, (_, index) => index * 7919)),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await finishBuild(folder);
  return folder;
}

/** A whole shell on a loopback port; give only what the test is about. */
export async function startShell(given: {
  readonly page?: FakePage;
  readonly api?: Api['fetch'];
  readonly app?: Partial<ShellApp>;
  readonly config?: Partial<Shell<ShellApp>['config']>;
  readonly limits?: Shell<ShellApp>['limits'];
  readonly clientDir?: string;
  readonly isClosed?: () => boolean;
  readonly observe?: Shell<ShellApp>['observe'];
} = {}): Promise<RunningShell> {
  const lines: string[] = [];
  const app: ShellApp = {
    revisionOf: (slug) => (slug === 'xiacheng' ? 1 : undefined),
    today: () => '2026-11-23',
    ready: async () => ({ ok: true, problems: [] }),
    close: async () => undefined,
    ...given.app,
  };
  const pages: Pages<ShellApp> = given.page ?? ((_request, _response, next) => next());
  const running = await startServer({
    config: { host: '127.0.0.1', port: 0, siteOrigin: undefined, trustedProxies: 0, ...given.config },
    app,
    api: { fetch: given.api ?? (() => Response.json({ ok: true })) },
    pages,
    log: createLog('info', (line) => lines.push(line)),
    clientDir: given.clientDir ?? join(tmpdir(), 'shell-without-build'),
    ...(given.limits === undefined ? {} : { limits: given.limits }),
    ...(given.isClosed === undefined ? {} : { isClosed: given.isClosed }),
    ...(given.observe === undefined ? {} : { observe: given.observe }),
  });
  const { port } = running;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    lines,
    ask: (path, options = {}) => ask(port, path, options),
    raw: (text, until) => raw(port, text, until),
    close: running.close,
  };
}

export function removeBuild(folder: string): void {
  rmSync(folder, { recursive: true });
}

function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, ...(body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) }) };
    const outgoing = httpRequest({ host: '127.0.0.1', port, path, method, headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, body: whole, text: whole.toString() });
      });
    });
    outgoing.on('error', reject).end(body);
  });
}

function raw(port: number, text: string, until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (until?.test(received) === true) socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(received));
  });
}
