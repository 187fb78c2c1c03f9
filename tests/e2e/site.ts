// The real built site as a parent meets it: its own process, its own empty data folder, a clock that stands still.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseOf, openDoor } from '#tests/e2e/pair.ts';

/** Monday 23 November 2026, ten in the morning in Asia/Shanghai. */
export const clock = '2026-11-23T10:00:00+08:00';

/** A running site and everything it has written so far. */
export interface Site {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** All that the process wrote, on both streams. */
  readonly output: () => string;
  /** Ends the site as an operator would; throws unless it went in peace. */
  readonly stop: () => Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/** An empty folder for a site's records. */
export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'tuoyu-site-'));

/** Removes a folder that `newDataDir` made. */
export const removeDataDir = (folder: string): void => { rmSync(folder, { recursive: true, force: true }); };

/** Starts the built site on a free port, with further settings if need be; resolves when it says that it listens. Where the tests are run on PostgreSQL it is two processes behind one door. */
export async function startSite(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Site> {
  const database = await databaseOf(dataDir);
  if (database === undefined || settings['SITE_ORIGIN'] !== undefined) return startProcess(dataDir, settings);
  const door = await openDoor();
  const origin = `http://localhost:${String(door.port)}`;
  const own = { ...settings, DATABASE_URL: database, SITE_ORIGIN: origin };
  const one = await startProcess(dataDir, own);
  const other = await startProcess(dataDir, own);
  door.lead([one.port, other.port]);
  return {
    ...one, origin, port: door.port, output: () => one.output() + other.output(),
    stop: async () => {
      door.close();
      await one.stop();
      await other.stop();
    },
  };
}

async function startProcess(dataDir: string, settings: Readonly<Record<string, string>>): Promise<Site> {
  if (!existsSync(join(root, 'dist', 'server', 'entry.mjs'))) throw new Error('There is no build in dist/. Run `npm run build` first.');
  const child = spawn(process.execPath, ['src/server/main.ts'], {
    cwd: root, stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATA_DIR: dataDir, DEMO: '1', NOW: clock, RATE_LIMITS: 'off', LOG_LEVEL: 'info', ...settings },
  });
  const kill = () => { child.kill('SIGKILL'); };
  process.once('exit', kill);
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const output = () => written.join('');
  const ended = endOf(child);
  const port = await portOf(child, output).catch((error: unknown) => {
    kill();
    throw error;
  });
  return {
    port, pid: child.pid ?? 0, dataDir, output, origin: `http://localhost:${String(port)}`,
    stop: async () => {
      child.kill('SIGTERM');
      const code = await ended;
      process.off('exit', kill);
      if (code !== 0) throw new Error(`The site ended with ${String(code)} instead of 0:\n${output()}`);
    },
  };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => { child.once('close', (code) => { resolve(code); }); });
}

function portOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error(`The site did not listen within a minute:\n${output()}`)); }, 60_000);
    const look = () => {
      const said = /^Listening on http:\/\/(?:localhost|127\.0\.0\.1):(\d+)$/m.exec(output());
      if (!said) return;
      clearTimeout(timer);
      resolve(Number(said[1]));
    };
    child.stdout?.on('data', look);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`The site ended with ${String(code)} before it listened:\n${output()}`));
    });
  });
}
