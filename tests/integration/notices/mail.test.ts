import { createServer } from 'node:http';
import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { MailSender } from '#domain/notices/ports.ts';
import { mailSender } from '#server/mail.ts';
import { smsSender } from '#server/sms.ts';

const closing: (() => void)[] = [];
afterEach(() => { for (const close of closing.splice(0)) close(); });

/** A real SMTP server on loopback that keeps what it is given; what a test names behaves otherwise. */
async function serving(options: SMTPServerOptions = {}): Promise<{ readonly mails: string[]; readonly sender: MailSender }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], closeTimeout: 100,
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => { parts.push(part); });
      stream.on('end', () => { mails.push(Buffer.concat(parts).toString('utf8')); done(); });
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that hangs up is what some of these tests are about
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  closing.push(() => { server.close(); });
  const address = server.server.address();
  const sender = mailSender(`smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}?from=notice@example.cn`, 500);
  if (!sender) throw new Error('no sender');
  return { mails, sender };
}

const aMail = { to: 'desk@example.cn', subject: '新的预约：参观', text: '时间：2026年11月23日', key: 'notice-one', calendar: { method: 'REQUEST' as const, text: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR' } };
const answering = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

test('a mail arrives with its calendar and the same Message-ID however often it is sent', async () => {
  const { mails, sender } = await serving();
  expect([await sender.send(aMail), await sender.send(aMail)]).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
  expect(mails).toHaveLength(2);
  for (const mail of mails) {
    expect(mail).toContain('Message-ID: <notice-one@example.cn>');
    expect(mail).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
    expect(mail).toContain('To: desk@example.cn');
    expect(mail).toContain('Auto-Submitted: auto-generated');
  }
});

test.each([
  ['a full mailbox', 452, 'later'], ['greylisting', 451, 'later'], ['an unknown mailbox', 550, 'never'], ['mail refused as unwanted', 554, 'never'],
] as const)('%s (%i) is %s, and the server’s own words are not kept', async (_what, code, kind) => {
  const { sender, mails } = await serving({ onRcptTo: (address, _session, done) => { done(answering(code, `no ${address.address} here`)); } });
  expect(await sender.send(aMail)).toEqual({ kind, fault: `mail-${code}` });
  expect(mails).toEqual([]);
});

test('a refusal after the whole message is read as its code says', async () => {
  for (const [code, kind] of [[451, 'later'], [552, 'never']] as const) {
    const { sender } = await serving({ onData: (stream, _session, done) => { stream.resume(); stream.on('end', () => { done(answering(code, 'no')); }); } });
    expect(await sender.send(aMail)).toEqual({ kind, fault: `mail-${code}` });
  }
});

test('a server that says nothing is given up after the patience, to be tried later', async () => {
  const { sender } = await serving({ onConnect: () => undefined });
  const began = performance.now();
  expect(await sender.send(aMail)).toMatchObject({ kind: 'later' });
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a connection lost after DATA is tried later: it may have arrived, and the Message-ID says so', async () => {
  const server: { sockets: import('node:net').Socket[] } = { sockets: [] };
  const { createServer: createTcp } = await import('node:net');
  const cut = createTcp((socket) => {
    server.sockets.push(socket);
    let inData = false;
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
    socket.on('data', (bytes) => {
      const said = bytes.toString();
      if (inData) { if (said.includes('\r\n.\r\n')) socket.destroy(); return; }
      if (said.startsWith('DATA')) { inData = true; socket.write('354 go\r\n'); } else socket.write('250 ok\r\n');
    });
  });
  const port = await new Promise<number>((resolve) => { cut.listen(0, '127.0.0.1', () => { const at = cut.address(); resolve(typeof at === 'object' && at !== null ? at.port : 0); }); });
  closing.push(() => { for (const socket of server.sockets) socket.destroy(); cut.close(); });
  const sender = mailSender(`smtp://127.0.0.1:${port}?from=notice@example.cn`, 500);
  expect(await sender?.send(aMail)).toMatchObject({ kind: 'later' });
});

test('nobody listening: later', async () => {
  expect(await mailSender('smtp://127.0.0.1:9?from=notice@example.cn', 500)?.send(aMail)).toMatchObject({ kind: 'later' });
});

test('a header cannot be smuggled in by a subject or an address', async () => {
  const { mails, sender } = await serving();
  await sender.send({ ...aMail, subject: '预约\r\nBcc: other@example.cn' });
  expect(mails[0]?.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m);
});

test('short messages by HTTP: signed, keyed, and 4xx is the last word while 5xx and 429 are not', async () => {
  const secret = '0123456789abcdef';
  let [status, seen] = [200, { body: '', signature: '', timestamp: '', key: '', authorization: '' }];
  const gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); });
    request.on('end', () => {
      seen = { body, signature: String(request.headers['x-signature']), timestamp: String(request.headers['x-timestamp']), key: String(request.headers['idempotency-key']), authorization: request.headers.authorization ?? 'none' };
      response.writeHead(status).end();
    });
  });
  const port = await new Promise<AddressInfo['port']>((resolve) => { gateway.listen(0, '127.0.0.1', () => { const at = gateway.address(); resolve(typeof at === 'object' && at !== null ? at.port : 0); }); });
  closing.push(() => { gateway.closeAllConnections(); gateway.close(); });
  const sms = smsSender(`http://:${secret}@127.0.0.1:${port}/send`, () => 1_795_312_800_000);
  const message = { phone: '13811112222', text: '【托育服务】预约已约好', key: 'one' };
  expect(await sms?.send(message)).toEqual({ kind: 'sent' });
  expect(JSON.parse(seen.body)).toEqual(message);
  expect(seen).toMatchObject({ timestamp: '1795312800', key: 'one', authorization: 'none', signature: createHmac('sha256', secret).update(`1795312800.${seen.body}`).digest('hex') });
  const outcomes: unknown[] = [];
  for (status of [400, 429, 503]) outcomes.push(await sms?.send(message));
  expect(outcomes).toEqual([{ kind: 'never', fault: 'sms-400' }, { kind: 'later', fault: 'sms-429' }, { kind: 'later', fault: 'sms-503' }]);
});

test('short messages into a file: the number masked', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tuoyu-sms-')), 'sent.jsonl');
  expect(await smsSender(pathToFileURL(file).href, Date.now)?.send({ phone: '13811112222', text: '【托育服务】预约已约好', key: 'one' })).toEqual({ kind: 'sent' });
  const line = readFileSync(file, 'utf8');
  expect(line).toContain('138****2222');
  expect(line).not.toContain('1111');
});
