import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type SecureVersion } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const deploy = join(import.meta.dirname, '..', '..', '..', 'src', 'deploy');
const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;
const work = mkdtempSync(join(tmpdir(), 'tuoyu-front-'));
const seen: { address: string | undefined; host: string | undefined; forwarded: string | undefined }[] = [];
const site = createServer((incoming, answer) => {
  const address = incoming.headers['x-forwarded-for'];
  seen.push({ address: typeof address === 'string' ? address : undefined, host: incoming.headers.host, forwarded: incoming.headers.forwarded });
  answer.end('the site');
});

/** The example with this test's folders and ports in place of the machine's. */
const fitted = (file: string, port: number, plainPort: number): string => readFileSync(join(deploy, file), 'utf8')
  .replaceAll('/etc/tuoyu/tls', work).replaceAll('/var/log/nginx', work).replaceAll('/var/log/caddy', work)
  .replaceAll('/opt/tuoyu/current', work)
  .replaceAll('127.0.0.1:4321', `127.0.0.1:${String(sitePort())}`)
  .replace('listen 443', `listen 127.0.0.1:${String(port)}`).replace('listen 80', `listen 127.0.0.1:${String(plainPort)}`)
  .replace('\ntuoyu.example.cn {', `\nhttps://tuoyu.example.cn:${String(port)} {`)
  .replace('\nhttp://tuoyu.example.cn {', `\nhttp://tuoyu.example.cn:${String(plainPort)} {`)
  .replace('{\n\tservers {', `{\n\tadmin off\n\tauto_https disable_redirects\n\tservers {`);

function sitePort(): number {
  const bound: AddressInfo | string | null = site.address();
  if (bound === null || typeof bound === 'string') throw new Error('the site is not listening');
  return bound.port;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => { probe.listen(0, '127.0.0.1', done); });
  const bound = probe.address();
  await new Promise((done) => { probe.close(done); });
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

interface Reply { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: Buffer }

/** One request over TLS, as a browser would name the site. */
const ask = (port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> => new Promise((done, failed) => {
  const sent = request({ host: '127.0.0.1', port, path, servername: 'tuoyu.example.cn', rejectUnauthorized: false, headers: { host: `tuoyu.example.cn:${String(port)}`, ...headers } }, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('end', () => { done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }); });
  });
  sent.on('error', failed);
  sent.end();
});

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try { await ask(port, '/'); return; } catch { await wait(100); }
  }
  throw new Error('the front server never answered');
}

/** The protocol and cipher agreed on when a browser offers only these; undefined when the front server hangs up. */
const agreed = (port: number, version: SecureVersion, ciphers?: string): Promise<string | undefined> => new Promise((done) => {
  const socket = connect({ host: '127.0.0.1', port, servername: 'tuoyu.example.cn', rejectUnauthorized: false, minVersion: version === 'TLSv1.2' || version === 'TLSv1.3' ? 'TLSv1.2' : version, maxVersion: version, ...(ciphers === undefined ? {} : { ciphers: `${ciphers}:@SECLEVEL=0` }) });
  socket.on('secureConnect', () => { done(`${socket.getProtocol() ?? ''} ${socket.getCipher().name}`); socket.destroy(); });
  socket.on('error', () => { done(undefined); });
});

const zipped = gzipSync('compressed at build time');

beforeAll(async () => {
  await new Promise<void>((done) => { site.listen(0, '127.0.0.1', done); });
  spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(work, 'private.pem'), '-out', join(work, 'fullchain.pem'), '-subj', '/CN=tuoyu.example.cn', '-addext', 'subjectAltName=DNS:tuoyu.example.cn', '-days', '2']);
  mkdirSync(join(work, 'dist', 'client', '_astro'), { recursive: true });
  writeFileSync(join(work, 'dist', 'client', '_astro', 'a.js'), 'plain');
  writeFileSync(join(work, 'dist', 'client', '_astro', 'a.js.gz'), zipped);
  spawnSync('chmod', ['-R', 'a+rX', work]);
});

afterAll(() => {
  site.close();
  site.closeAllConnections();
  rmSync(work, { recursive: true, force: true });
});

async function startNginx(port: number, plainPort: number): Promise<() => void> {
  await Promise.resolve();
  writeFileSync(join(work, 'site.conf'), fitted('nginx.conf', port, plainPort));
  writeFileSync(join(work, 'nginx.conf'), `daemon off;\npid ${work}/nginx.pid;\nerror_log ${work}/main.log crit;\nevents {}\nhttp {\n  include /etc/nginx/mime.types;\n  include ${work}/site.conf;\n}\n`);
  const checked = spawnSync('nginx', ['-t', '-c', join(work, 'nginx.conf')], { encoding: 'utf8' });
  expect(checked.status, checked.stderr).toBe(0);
  const server = spawn('nginx', ['-c', join(work, 'nginx.conf')], { stdio: 'ignore' });
  return () => { server.kill('SIGTERM'); };
}

async function startCaddy(port: number, plainPort: number): Promise<() => void> {
  await Promise.resolve();
  writeFileSync(join(work, 'Caddyfile'), fitted('Caddyfile', port, plainPort));
  const args = ['--adapter', 'caddyfile', '--config', join(work, 'Caddyfile')];
  const env = { ...process.env, HOME: work, XDG_DATA_HOME: work, XDG_CONFIG_HOME: work };
  const checked = spawnSync('caddy', ['validate', ...args], { encoding: 'utf8', env });
  expect(checked.status, checked.stderr).toBe(0);
  const server = spawn('caddy', ['run', ...args], { stdio: 'ignore', env });
  return () => { server.kill('SIGTERM'); };
}

const fronts = [
  { name: 'nginx', there: has('nginx', '-v'), start: startNginx, log: 'tuoyu.log' },
  { name: 'caddy', there: has('caddy', 'version'), start: startCaddy, log: 'tuoyu.log' },
];

describe.each(fronts)('the example for $name', ({ name, there, start, log }) => {
  if (!there) process.stderr.write(`SKIPPED: ${name} is not on this machine, its example was not tried\n`);

  test.skipIf(!there)('names the client\'s own address whatever the client claims, serves what was compressed before, and logs no query string', async () => {
    rmSync(join(work, log), { force: true });
    const [port, plainPort] = [await freePort(), await freePort()];
    const stop = await start(port, plainPort);
    try {
      await answering(port);
      seen.length = 0;
      const page = await ask(port, '/secret-path/?phone=13800000000', { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' });
      expect(page.body.toString()).toBe('the site');
      expect(seen.map((one) => one.address)).toEqual(['127.0.0.1']);
      expect(seen.map((one) => one.forwarded ?? '')).toEqual(['']);
      expect(seen[0]?.host).toMatch(/^tuoyu\.example\.cn/);

      const file = await ask(port, '/_astro/a.js', { 'accept-encoding': 'gzip' });
      expect(file.headers['content-encoding']).toBe('gzip');
      expect(file.body.equals(zipped)).toBe(true);
      expect(file.headers['cache-control']).toContain('immutable');
      await wait(300);
      const written = readFileSync(join(work, log), 'utf8');
      expect(written).toContain('"status":200');
      for (const word of ['13800000000', 'secret-path', '203.0.113.9', '127.0.0.1']) expect(written).not.toContain(word);
    } finally {
      stop();
    }
  });

  test.skipIf(!there)('speaks TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers and nothing older, lists no folder, and is never plain', async () => {
    const [port, plainPort] = [await freePort(), await freePort()];
    const stop = await start(port, plainPort);
    try {
      await answering(port);
      expect(await agreed(port, 'TLSv1.3')).toMatch(/^TLSv1\.3 TLS_(?:AES|CHACHA20)_/);
      expect(await agreed(port, 'TLSv1.2')).toMatch(/^TLSv1\.2 ECDHE-RSA-(?:AES(?:128|256)-GCM|CHACHA20)/);
      for (const old of ['TLSv1.1', 'TLSv1'] as const) expect(await agreed(port, old, 'ALL'), old).toBeUndefined();
      for (const weak of ['AES128-SHA', 'AES256-SHA256', 'AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-GCM-SHA256', 'ADH-AES128-SHA']) expect(await agreed(port, 'TLSv1.2', weak), weak).toBeUndefined();
      const folder = await ask(port, '/_astro/');
      expect(folder.status).toBeGreaterThanOrEqual(400);
      expect(folder.body.toString()).not.toContain('a.js');
      const plain = await fetch(`http://127.0.0.1:${String(port)}/`, { redirect: 'manual' }).then(async (answer) => `${String(answer.status)} ${await answer.text()}`, () => 'refused');
      expect(plain).not.toContain('the site');
      seen.length = 0;
      const byName = (path: string): Promise<{ readonly status: number; readonly to: string | undefined }> => new Promise((done, failed) => {
        get({ host: '127.0.0.1', port: plainPort, path, headers: { host: 'tuoyu.example.cn' } }, (answer) => { answer.resume(); done({ status: answer.statusCode ?? 0, to: answer.headers.location }); }).on('error', failed);
      });
      expect(await byName('/hebei/?phone=13800000000')).toEqual({ status: 301, to: 'https://tuoyu.example.cn/hebei/' });
      expect(await byName('/api/v1/hebei/institutions')).toEqual({ status: 403, to: undefined });
      expect(seen).toEqual([]);
    } finally {
      stop();
    }
  });
});

const systemd = has('systemd-analyze', '--version');
if (!systemd) process.stderr.write('SKIPPED: systemd-analyze is not on this machine, the units were not checked\n');

test.skipIf(!systemd)('systemd takes the units and calls the services well confined', () => {
  const units = ['tuoyu.service', 'tuoyu-backup.service', 'tuoyu-backup.timer'];
  for (const unit of units) writeFileSync(join(work, unit), readFileSync(join(deploy, unit), 'utf8').replaceAll('/opt/tuoyu/current/runtime/node', '/bin/true'));
  const checked = spawnSync('systemd-analyze', ['verify', ...units.map((unit) => join(work, unit))], { encoding: 'utf8' });
  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
  for (const unit of units.slice(0, 2)) {
    const judged = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=20', join(work, unit)], { encoding: 'utf8' });
    expect(judged.status, judged.stdout.split('\n').slice(-3).join('\n')).toBe(0);
  }
});
