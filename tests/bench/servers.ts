import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadResult, type LoadJob, type LoadResult } from '#tests/bench/load.ts';

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..');

/** A server in a process of its own. */
export type Server = {
  readonly port: number;
  readonly startedInMs: number;
  /** Processor time used so far, in milliseconds; undefined where /proc is missing. */
  readonly cpuMs: () => number | undefined;
  readonly residentMb: () => number | undefined;
  readonly stop: () => Promise<void>;
};

const readProc = (pid: number | undefined, name: string): string | undefined => {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'utf8');
  } catch {
    return undefined; // not Linux, or already gone
  }
};

/** Starts `node …args` and waits until it prints `Listening on http://…:port`. */
export async function startServerProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const began = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, args, { cwd: root, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      if (said.length > 10_000) return;
      said += chunk.toString();
      const found = /Listening on http:\/\/\S+:(\d+)\n/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void exited.then(() => { reject(new Error(`${args.join(' ')} ended before it listened:\n${said}`)); });
  });
  const startedInMs = performance.now() - began;
  if (/Building|Installing/.test(said)) {
    child.kill();
    throw new Error('The sources changed since the build: run the benchmark again.');
  }
  return {
    port, startedInMs,
    cpuMs: () => {
      // Fields 14 and 15 after the program's name, in hundredths of a second.
      const fields = readProc(child.pid, 'stat')?.split(') ').at(-1)?.split(' ');
      return fields && (Number(fields[11]) + Number(fields[12])) * 10;
    },
    residentMb: () => {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readProc(child.pid, 'status') ?? '')?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** How `npm start` has the C library keep memory; a bare server to compare with has the same. */
export const runtimeMemory = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' } as const;

/** The environment of the program under test: everything temporary, nothing limited. */
export const shellEnv = (dataDir: string): Readonly<Record<string, string>> =>
  ({ DATA_DIR: dataDir, PORT: '0', RATE_LIMITS: 'off', DEMO: '1', LOG_LEVEL: 'warn', ...runtimeMemory, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled') });

/** A load's result with what it cost the server. */
export type Measured = LoadResult & { readonly perCpuSecond: number | undefined; readonly busy: number | undefined };

/** Loads a server once, from a process of its own. Throws when any request failed: figures of refusals mean nothing. */
export async function load(server: Server, job: Omit<LoadJob, 'port'>): Promise<Measured> {
  const before = server.cpuMs();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.ts')], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ ...job, port: server.port }));
  const result = loadResult.parse(JSON.parse(await text(child.stdout)));
  const after = server.cpuMs();
  if (result.failed > 0 || result.succeeded === 0) throw new Error(`${result.failed} of ${result.failed + result.succeeded} requests failed`);
  const cpu = before === undefined || after === undefined ? undefined : (after - before) / 1000;
  return { ...result, perCpuSecond: cpu === undefined || cpu === 0 ? undefined : result.succeeded / cpu, busy: cpu === undefined ? undefined : cpu / job.seconds };
}
