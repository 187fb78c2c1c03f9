// What the site says to other machines: only behind a certificate it can check, and nothing when there is none.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mailSender } from '#server/mail.ts';
import { smsSender } from '#server/sms.ts';
import { openPostgres } from '#storage/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-outward-'));
const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
const pair = (): { readonly key: Buffer; readonly cert: Buffer } => ({ key: readFileSync(keyFile), cert: readFileSync(certFile) });
const closing: (() => void)[] = [];
beforeAll(() => {
  // A certificate of nobody's authority, for the right name.
  spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile, '-out', certFile, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-days', '2']);
});
afterEach(() => { for (const close of closing.splice(0)) close(); });
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

async function portOf(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((done) => { server.listen(0, host, done); });
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('not listening');
  return at.port;
}

const aMail = { to: 'desk@example.cn', subject: '新的预约', text: '时间：2026年11月23日', key: 'one', calendar: null };

test('a gateway of short messages whose certificate nobody vouches for gets no message', async () => {
  const bodies: string[] = [];
  const gateway = createHttps(pair(), (request, response) => { request.on('data', (part: Buffer) => bodies.push(part.toString())); response.writeHead(200).end(); });
  const port = await portOf(gateway);
  closing.push(() => { gateway.close(); });
  expect(await smsSender(`https://:0123456789abcdef@localhost:${String(port)}/send`, Date.now)?.send({ phone: '13800000000', text: '短信', key: 'one' })).toMatchObject({ kind: 'later' });
  expect(bodies).toEqual([]);
});

test.each([{ scheme: 'smtps', secure: true }, { scheme: 'smtp', secure: false }])('a mail server over $scheme whose certificate nobody vouches for gets neither password nor mail', async ({ scheme, secure }) => {
  const got: string[] = [];
  const server = new SMTPServer({
    ...pair(), secure, closeTimeout: 100, onAuth: (auth, _session, done) => { got.push(auth.username ?? ''); done(null, { user: 'x' }); },
    onData: (stream, _session, done) => { got.push('mail'); stream.resume(); stream.on('end', () => { done(); }); },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  closing.push(() => { server.close(); });
  const at = server.server.address();
  const sender = mailSender(`${scheme}://notice%40example.cn:a-secret@localhost:${String(typeof at === 'object' && at !== null ? at.port : 0)}`, 1_000);
  expect(await sender?.send(aMail)).toMatchObject({ kind: 'later' });
  sender?.close();
  expect(got).toEqual([]);
});

const elsewhere = Object.values(networkInterfaces()).flat().find((one) => one?.family === 'IPv4' && !one.internal)?.address;

test.skipIf(elsewhere === undefined)('a mail server on another address that offers no TLS gets no mail', async () => {
  const got: string[] = [];
  const server = new SMTPServer({ disabledCommands: ['AUTH', 'STARTTLS'], closeTimeout: 100, onMailFrom: (from, _session, done) => { got.push(from.address); done(); } });
  server.on('error', () => undefined);
  await new Promise<void>((done) => { server.listen(0, elsewhere, done); });
  closing.push(() => { server.close(); });
  const at = server.server.address();
  const sender = mailSender(`smtp://${elsewhere ?? ''}:${String(typeof at === 'object' && at !== null ? at.port : 0)}?from=notice@example.cn`, 1_000);
  expect(await sender?.send(aMail)).not.toEqual({ kind: 'sent' });
  sender?.close();
  expect(got).toEqual([]);
});

/** What a database would be told: it agrees to TLS, and notes the first words that come through it and whose certificate they came with. */
async function listeningDatabase(): Promise<{ readonly port: number; readonly told: string[]; readonly shown: string[] }> {
  const [told, shown]: [string[], string[]] = [[], []];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (asked: Buffer) => {
      if (asked.length !== 8) { told.push('in clear'); socket.destroy(); return; }
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, ...pair(), requestCert: true, rejectUnauthorized: false });
      secure.on('error', () => undefined);
      secure.once('data', (words: Buffer) => {
        const { subject } = secure.getPeerCertificate();
        told.push(words.toString('latin1'));
        shown.push(String(subject?.CN ?? 'nobody'));
        secure.destroy();
      });
    });
  });
  const port = await portOf(server);
  closing.push(() => { server.close(); });
  return { port, told, shown };
}

test('a database whose certificate nobody vouches for is told nothing; one of an authority that is named is spoken to', async () => {
  const { port, told } = await listeningDatabase();
  const address = `postgres://tuoyu:a-secret@localhost:${String(port)}/tuoyu?sslmode=verify-full`;
  await expect(openPostgres(address, 0, 1)).rejects.toThrow(/self-signed certificate/);
  expect(told).toEqual([]);
  await expect(openPostgres(`${address}&sslrootcert=${encodeURIComponent(certFile)}`, 0, 1)).rejects.toThrow();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('tuoyu');
  expect(told[0]).not.toContain('a-secret');
});

test('to a database the site shows a certificate of its own where one is named, and needs no password then', async () => {
  const { port, told, shown } = await listeningDatabase();
  const [ownKey, ownCert] = [join(folder, 'own-key.pem'), join(folder, 'own-cert.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', ownKey, '-out', ownCert, '-subj', '/CN=tuoyu-site', '-days', '2']);
  const named = Object.entries({ sslrootcert: certFile, sslcert: ownCert, sslkey: ownKey }).map(([name, file]) => `${name}=${encodeURIComponent(file)}`).join('&');
  await expect(openPostgres(`postgres://tuoyu@localhost:${String(port)}/tuoyu?sslmode=verify-full&${named}`, 0, 1)).rejects.toThrow();
  expect(told).toHaveLength(1);
  expect(shown).toEqual(['tuoyu-site']);
});

test('a database whose certificate bears another name is told nothing', async () => {
  spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile, '-out', certFile, '-subj', '/CN=elsewhere.example.cn', '-addext', 'subjectAltName=DNS:elsewhere.example.cn', '-days', '2']);
  const { port, told } = await listeningDatabase();
  await expect(openPostgres(`postgres://tuoyu@localhost:${String(port)}/tuoyu?sslmode=verify-full&sslrootcert=${encodeURIComponent(certFile)}`, 0, 1)).rejects.toThrow(/altname|does not match/i);
  expect(told).toEqual([]);
});
