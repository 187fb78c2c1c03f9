import { pino } from 'pino';
import type { LogLevel } from '#server/config.ts';

/** All that is ever written about a request: no address, no query string, no body. */
export interface RequestEntry {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** The log: JSON lines made only from listed fields. */
export interface Log {
  request(entry: RequestEntry): void;
  info(event: string): void;
  warn(event: string): void;
  /** A fault, by kind and place in the code; its message is shortened so that it cannot repeat what a person typed. */
  fault(error: unknown, requestId?: string): void;
  /** Writes out what is still held in memory. */
  flush(): void;
}

/** Opens the log; `write` receives the lines when given (tests), else they go to standard output. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const file = write === undefined ? pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 1000 }) : undefined;
  const out = file === undefined ? pino(options, { write: write ?? (() => undefined) }) : pino(options, file);
  return {
    request: ({ requestId, method, route, status, ms }) =>
      out.info({ requestId, method, route: routeForLog(route), status, ms: Math.round(ms * 10) / 10 }),
    info: (event) => out.info({ event }),
    warn: (event) => out.warn({ event }),
    fault: (error, requestId) => out.error({ requestId, ...describeFault(error) }),
    flush: () => file?.flushSync(),
  };
}

/** A path for the log: no query, long digits (a phone typed into the address bar) struck out, at most 200 characters. */
export function routeForLog(path: string): string {
  const end = path.search(/[?#]/);
  return (end === -1 ? path : path.slice(0, end)).replace(/\d{7,}/g, '#').slice(0, 200);
}

interface FaultEntry {
  readonly fault: string;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly at: readonly string[];
}

/** Parsers quote their input in messages, so quotations, digits and everything that is not ASCII are struck out. */
export function describeFault(error: unknown): FaultEntry {
  if (!(error instanceof Error)) return { fault: typeof error, code: undefined, message: undefined, at: [] };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8);
  return {
    fault: error.name,
    code: typeof code === 'string' ? code : undefined,
    message: error.message.replace(/["'`][^]*["'`]/g, '…').replace(/[^\x20-\x7e…]|\d/g, '·').slice(0, 300),
    at: frames.map((line) => line.trim()),
  };
}
