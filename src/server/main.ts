import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { readConfig } from '#server/config.ts';
import type { Config } from '#server/config.ts';
import { renderApi } from '#server/http/api.ts';
import type { Api } from '#server/http/api.ts';
import { bodyLimitOf, receiveBodies } from '#server/http/body.ts';
import { loadBuiltErrors } from '#server/http/builtErrors.ts';
import { answerUnreadable, refuseBeyond, watchConnections } from '#server/http/connections.ts';
import { openExchange } from '#server/http/exchange.ts';
import type { Answer, Exchange, Step } from '#server/http/exchange.ts';
import {
  knownOrigins, refuseForeignMethod, refuseForeignOrigin, refuseInternalFolder, refuseMalformedUrl, refuseUnknownHost, refuseWhileClosed, refuseWhileReadOnly,
} from '#server/http/guards.ts';
import { securityHeaders } from '#server/http/headers.ts';
import { answerProbes } from '#server/http/health.ts';
import type { Readiness } from '#server/http/health.ts';
import { chooseMode } from '#server/http/modeForm.ts';
import { addLastSlash } from '#server/http/lastSlash.ts';
import { cachePages } from '#server/http/pageCache.ts';
import type { Revisions } from '#server/http/pageCache.ts';
import { withdrawWorker } from '#server/http/offlineReading.ts';
import { withOverlay, type OverlayOf } from '#server/http/overlay.ts';
import { renderPages } from '#server/http/pages.ts';
import type { Pages } from '#server/http/pages.ts';
import { refuse } from '#server/http/problems.ts';
import { withDeadline } from '#server/http/rendered.ts';
import { send } from '#server/http/send.ts';
import { loadStaticFiles } from '#server/http/staticFiles.ts';
import { drain, lastResort, onStopSignal } from '#server/http/stop.ts';
import { createLog, takeOverConsole } from '#server/log.ts';
import type { Operation } from '#server/operation/standing.ts';
import type { Log, RequestEntry } from '#server/log.ts';

/** What the shell itself needs of the application. */
export interface ShellApp extends Readiness, Revisions {
  close(): Promise<void>;
}

type AppWithOperation = ShellApp & { readonly operation: Operation; readonly banners: { readonly isReadOnly: () => boolean } };

/** How far the shell bends before it says no. */
export interface ShellLimits {
  readonly connections: number;
  readonly headersMs: number;
  readonly renderMs: number;
  readonly drainMs: number;
  readonly bodyLimitOf: typeof bodyLimitOf;
  readonly cache: { readonly bytes: number; readonly entries: number };
}

const usualLimits: ShellLimits = {
  connections: 2000, headersMs: 10_000, renderMs: 30_000, drainMs: 30_000, bodyLimitOf,
  cache: { bytes: 12 * 1024 * 1024, entries: 2000 },
};

/** What the shell is put together from; `clientDir` holds the built static files. */
export interface Shell<App extends ShellApp> {
  readonly config: Pick<Config, 'host' | 'port' | 'siteOrigin' | 'trustedProxies'> & Partial<Pick<Config, 'tiandituKey' | 'offlineReading'>>;
  readonly app: App;
  readonly api: Api;
  readonly pages: Pages<App>;
  readonly log: Log;
  readonly clientDir?: string;
  readonly limits?: Partial<ShellLimits>;
  /** Whether nothing new may be taken in for now. */
  readonly isClosed?: () => boolean;
  /** Whether an incident lasts in which the public's forms take nothing in. */
  readonly isReadOnly?: () => boolean;
  /** Told of every answer, for figures. */
  readonly observe?: (entry: RequestEntry) => void;
}

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Starts the HTTP shell; resolves once it accepts connections. `close` finishes what is in flight, then closes the app. */
export async function startServer<App extends ShellApp>(shell: Shell<App>): Promise<{ port: number; close(): Promise<void> }> {
  const { config, app, log } = shell;
  const limits = { ...usualLimits, ...shell.limits };
  const server = createServer({ connectionsCheckingInterval: 2000, requireHostHeader: false, maxHeaderSize: 64 * 1024 });
  server.headersTimeout = limits.headersMs;
  server.requestTimeout = 11 * 60_000; // the outer bound of an upload; every route has its own in body.ts
  server.keepAliveTimeout = config.trustedProxies > 0 ? 75_000 : 15_000; // longer than a proxy's, or it meets a closed door
  server.maxRequestsPerSocket = 0; // no bound: a proxy sends everybody's requests over a few connections
  const connections = watchConnections(server);
  const always = securityHeaders(config.siteOrigin, config.tiandituKey !== undefined);
  const clientDir = shell.clientDir ?? `${dist}client`;
  const overlayOf: OverlayOf = (slug) => app.bannerOf?.(slug);
  const files = loadStaticFiles(clientDir, overlayOf);
  const errors = loadBuiltErrors(clientDir);
  const inTime = (render: Parameters<typeof withDeadline>[0]) => cachePages(withDeadline(render, limits.renderMs), app, limits.cache, (fault) => { log.fault(fault); });
  const apiStep = inTime(renderApi(shell.api));
  const pageStep = inTime(withOverlay(errors.around(renderPages(shell.pages, app)), overlayOf));

  // What happens to every request, in order. The first step that answers ends it.
  // (Before them, openExchange gives it a number, decodes its path and finds the client's address.)
  const steps: readonly Step[] = [
    /*  1 */ refuseBeyond(limits.connections, connections), // beyond 2,000 connections: 503, come back
    /*  2 */ refuseUnknownHost, //    421
    /*  3 */ refuseForeignMethod, //  405
    /*  4 */ refuseMalformedUrl, //   400, 414
    /*  5 */ refuseForeignOrigin, //  403 for every unsafe method that no page of ours sent
    /*  6 */ refuseInternalFolder, // 404 for /_image and its like
    /*    */ refuseWhileClosed(shell.isClosed ?? (() => false)), // 503 where something new would be written to a disk that is nearly full
    /*    */ refuseWhileReadOnly(shell.isReadOnly ?? (() => false)), // 503 for the public's forms while an incident lasts
    /*  7 */ receiveBodies(limits.bodyLimitOf), // 413, 408; afterwards the body is all here
    /*  8 */ answerProbes(app), //    /healthz, /readyz
    /*  9 */ chooseMode, //           POST /mode/
    /*    */ withdrawWorker(config.offlineReading !== false), // GET /sw.js while reading offline is switched off
    /* 10 */ files.serve, //          what the build made: pages in two modes, styles, scripts
    /* 11 */ (exchange) => (exchange.path?.startsWith('/api/v1/') === true ? apiStep(exchange) : undefined),
    /* 12 */ (exchange) => (exchange.isApi ? refuse('not-found', exchange) : undefined),
    /* 13 */ pageStep, //             pages on demand, from memory when unchanged
    /* 14 */ addLastSlash(pageStep), // 308 where a page lives at this address with a slash; all else is 404
  ];

  const answerFrom = (exchange: Exchange, first: number): Answer | Promise<Answer> => {
    for (let index = first; index < steps.length; index += 1) {
      const outcome = steps[index]?.(exchange);
      if (outcome instanceof Promise) return outcome.then((answer) => answer ?? answerFrom(exchange, index + 1));
      if (outcome !== undefined) return outcome;
    }
    return files.notFound(exchange);
  };

  let stopping = false;
  const finish = (exchange: Exchange, answer: Answer) => {
    send(exchange, answer, always, stopping);
    const { requestId, method, path = '(malformed)', startedAt } = exchange;
    const entry = { requestId, method, route: path, status: answer.status, ms: performance.now() - startedAt };
    log.request(entry);
    shell.observe?.(entry);
  };
  const fail = (exchange: Exchange, error: unknown) => {
    log.fault(error, exchange.requestId);
    finish(exchange, errors.fault(exchange));
  };
  let origins: ReadonlyMap<string, string> = new Map();
  const listen = (expectsContinue: boolean, unmet = false) => (request: IncomingMessage, response: ServerResponse) => {
    const exchange = openExchange(request, response, origins, config.trustedProxies, expectsContinue);
    try {
      const answer = unmet ? refuse('expectation-failed', exchange, [], true) : answerFrom(exchange, 0);
      if (answer instanceof Promise) answer.then((value) => finish(exchange, value)).catch((error: unknown) => fail(exchange, error));
      else finish(exchange, answer);
    } catch (error) {
      fail(exchange, error);
    }
  };
  answerUnreadable(server, connections, always);
  server.on('request', listen(false)).on('checkContinue', listen(true)).on('checkExpectation', listen(false, true));

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject).listen({ port: config.port, host: config.host, backlog: 2048 }, () => {
      const address = server.address();
      const served = typeof address === 'object' && address !== null ? address.port : config.port;
      origins = knownOrigins(config.siteOrigin, served);
      resolve(served);
    });
  });
  return {
    port,
    close: async () => {
      stopping = true;
      await drain(server, connections, limits.drainMs);
      await app.close();
      log.flush();
    },
  };
}

/** A rendered page leaves much garbage, and on a small server memory is dearer than collecting it: let the heap grow by a fifth at a time, not by half. */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
}

/** Reads the environment, opens the application and serves until told to stop. */
async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const { createApp } = await import('#server/app.ts');
  const { createApi } = await import('#server/api/api.ts');
  takeOverConsole(log);
  const last = lastResort(log);
  const app = await createApp(config, log);
  const running = await startBoth(config, app, log, createApi(app)).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  onStopSignal(running.close);
  last.stopWith(running.close);
  keepHeapSmall(); // from here on: a start collected often is a start made longer
  const host = config.siteOrigin === undefined ? 'localhost' : config.host;
  say(process.stdout, `Listening on http://${host.includes(':') ? `[${host}]` : host}:${running.port}`);
}

/** The site, and beside it the figures for the operator where METRICS_PORT asks for them. */
async function startBoth(config: Config, app: AppWithOperation, log: Log, api: Api): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const shell = { config, app, api, pages: await builtPages(), log, isClosed: app.operation.isClosed, isReadOnly: app.banners.isReadOnly };
  if (config.metricsPort === undefined) return await startServer(shell);
  const { startMetrics } = await import('#server/operation/metrics.ts');
  const metrics = await startMetrics(config.metricsPort, app.operation, (fault) => { log.fault(fault); });
  const running = await startServer({ ...shell, observe: metrics.observe }).catch(async (error: unknown) => {
    await metrics.close();
    throw error;
  });
  return { port: running.port, close: async () => { await metrics.close(); await running.close(); } };
}

/** The pages that `npm run build` made; without them the API still answers and every page says the site is not ready. */
async function builtPages(): Promise<Pages<ShellApp>> {
  const entry = `${dist}server/entry.mjs`;
  if (existsSync(entry)) {
    const built: { readonly handler: Pages<ShellApp> } = await import(pathToFileURL(entry).href);
    return built.handler;
  }
  say(process.stderr, `No built pages at ${entry}: run "npm run build" first. Only /api/v1, /healthz and /readyz will work.`);
  return (_request, response) => { response.writeHead(503, { 'Content-Type': 'text/plain' }).end(); };
}

/** Speaks to the operator; the console itself belongs to the log by then. */
function say(stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${line}\n`);
}

/** Faults an operator can mend: said in one sentence, with the exit code the commands share; anything else is shown whole. */
const exitCodes: Readonly<Record<string, number>> = { ConfigError: 1, DataError: 1, KeyFileError: 1, NewerDatabaseError: 2, SamplesError: 2 };

if (import.meta.main) {
  serve().catch((error: unknown) => {
    const inUse = error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE';
    const code = inUse ? 3 : error instanceof Error ? exitCodes[error.name] : undefined;
    say(process.stderr, code !== undefined && error instanceof Error ? error.message : inspect(error));
    process.exitCode = code ?? 1;
  });
}
