import { AsyncLocalStorage } from 'node:async_hooks';
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
  /** What a library wrote to the console, shortened the same way. */
  foreign(level: 'info' | 'warn' | 'error', text: string): void;
  /** Writes out what is still held in memory. */
  flush(): void;
}

/** Opens the log; `write` receives the lines when given (tests), else they go to standard output. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const file = write === undefined ? pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 1000 }) : undefined;
  const out = file === undefined ? pino(options, { write: write ?? (() => undefined) }) : pino(options, file);
  return {
    request: ({ requestId, method, route, status, ms }) => {
      if (out.isLevelEnabled('info')) out.info({ requestId, method, route: routeForLog(route), status, ms: Math.round(ms * 10) / 10 });
    },
    info: (event) => out.info({ event }),
    warn: (event) => out.warn({ event }),
    fault: (error, requestId) => out.error({ requestId, ...describeFault(error) }),
    foreign: (level, text) => out[level]({ requestId: requestInProgress.getStore(), ...describeText(text) }),
    flush: () => file?.flushSync(),
  };
}

/** The number of the request being rendered, so that what a library says about it can be found again. */
export const requestInProgress = new AsyncLocalStorage<string>();

/** Sends the console to the log: Astro writes whole messages and addresses of requests there, and the log allows neither. */
export function takeOverConsole(log: Log): void {
  const write = (level: 'info' | 'warn' | 'error') => (...parts: readonly unknown[]) =>
    log.foreign(level, parts.map((part) => (part instanceof Error ? part.stack ?? part.name : String(part))).join(' '));
  Object.assign(globalThis.console, { error: write('error'), warn: write('warn'), info: write('info'), log: write('info'), debug: write('info') });
}

/** A path for the log: no query, long digits (a phone typed into the address bar) struck out, at most 200 characters. */
export function routeForLog(path: string): string {
  const end = path.search(/[?#]/);
  return (end === -1 ? path : path.slice(0, end)).replace(/\d{7,}/g, '#').slice(0, 200);
}

interface FaultEntry {
  readonly fault: string;
  readonly code: string | undefined;
  readonly message: string;
  readonly at: readonly string[];
}

/** A fault by its kind, code, shortened message and place. */
export function describeFault(error: unknown): FaultEntry {
  if (!(error instanceof Error)) return { fault: typeof error, code: undefined, message: '', at: [] };
  const code: unknown = Reflect.get(error, 'code');
  return { fault: error.name, code: typeof code === 'string' ? code : undefined, message: shorten(error.message), at: framesOf(error.stack ?? '') };
}

/** The same for text: what stands before the first frame is the message. */
export function describeText(text: string): Pick<FaultEntry, 'message' | 'at'> {
  return { message: shorten(text.split(/\n\s+at /)[0] ?? ''), at: framesOf(text) };
}

/** Parsers quote their input in messages, so quotations, query strings, digits and everything that is not ASCII are struck out. */
function shorten(message: string): string {
  return message.replace(/["'`][^]*["'`]/g, '…').replace(/\?\S+/g, '?…').replace(/[^\x20-\x7e…]|\d/g, '·').slice(0, 300);
}

function framesOf(stack: string): readonly string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim());
}
