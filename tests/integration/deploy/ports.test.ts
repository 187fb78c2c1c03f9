// src/deploy/ports.md: its examples are what the site really sends and takes, and its tables what the site really does.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { assurances, identityTerms, isSubject } from '#domain/accounts/identity.ts';
import { backoff, mostAttempts } from '#domain/notices/rules.ts';
import { instant } from '#domain/shared/dates.ts';
import { identityBridge, signIdentity } from '#server/identityBridge.ts';
import { smsSender } from '#server/sms.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(root, 'src', 'deploy', 'ports.md'), 'utf8');
const block = (kind: string): string => new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\\n\`\`\``).exec(text)?.[1] ?? '';
const secretOf = (what: string): string => new RegExp(`\`(example-secret-for-${what})\``).exec(text)?.[1] ?? '';

test('the request for a short message is the one that is sent, to the byte', async () => {
  const seen: { line: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let status = 204;
  const bridge = createServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
      seen.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers, body });
      answer.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((done) => { bridge.listen(0, '127.0.0.1', done); });
  try {
    const { port } = z.object({ port: z.number() }).parse(bridge.address());
    const [head = '', body = ''] = block('http sms').split('\n\n');
    const [line, ...headers] = head.split('\n');
    const message = z.strictObject({ phone: z.string(), text: z.string(), key: z.string() }).parse(JSON.parse(body));
    const stamp = Number(/X-Timestamp: (\d+)/.exec(head)?.[1]);
    expect(text).toContain(new Date(stamp * 1_000).toISOString().replace('.000', ''));
    const sender = smsSender(`http://:${secretOf('sms')}@127.0.0.1:${String(port)}/send`, () => stamp * 1_000 + 999);
    expect(await sender?.send(message)).toEqual({ kind: 'sent' });
    const [sent] = seen;
    expect([sent?.line, sent?.body]).toEqual([line, body]);
    for (const header of headers) {
      const [name = '', value] = header.split(': ');
      expect(sent?.headers[name.toLowerCase()], name).toBe(value);
    }
    expect(headers).toHaveLength(4);
    const taken: Record<number, string | undefined> = {};
    for (status of [200, 302, 400, 404, 408, 410, 425, 429, 500, 503]) taken[status] = (await sender?.send(message))?.kind;
    expect(taken).toEqual({ 200: 'sent', 302: 'later', 400: 'never', 404: 'never', 408: 'later', 410: 'never', 425: 'later', 429: 'later', 500: 'later', 503: 'later' });
    expect(seen.some(({ line: asked }) => asked.includes('elsewhere')), 'a redirect is not followed').toBe(false);
  } finally {
    bridge.close();
  }
  const waits = Array.from({ length: mostAttempts - 1 }, (_, at) => backoff(at + 1, 0));
  expect(mostAttempts).toBe(10);
  expect(waits.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
  expect(waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000).toBeCloseTo(4.26, 2);
});

test('the assertion of an identity is the one that is taken, and no other', async () => {
  const [said, signature] = [block('json identity'), block('text signature')];
  const identity = Buffer.from(said).toString('base64url');
  const secret = secretOf('identity');
  const bridge = identityBridge({ identityUrl: `https://:${secret}@identity.example.cn/start?realm=office`, identityName: '统一身份认证' });
  if (!bridge) throw new Error('no bridge');
  const { state, at, subject, id } = z.object({ state: z.string(), at: z.number(), subject: z.string(), id: z.string() }).parse(JSON.parse(said));
  const finish = (parts: Readonly<Record<string, string>>, given = state) => bridge.finish(new URLSearchParams(parts), given, instant.parse(at * 1_000));
  expect(await finish({ identity, signature })).toEqual({ subject, assurance: 'twoFactor', verifiedAt: at * 1_000, once: id });
  expect(isSubject(subject)).toBe(true);
  for (const [parts, given] of [
    [{ identity, signature: signature.replace(/^./, (sign) => (sign === '0' ? '1' : '0')) }], [{ identity }], [{ signature }], [{ identity, signature }, 'x'.repeat(43)], [{ identity, signature }, ''],
    [{ identity: Buffer.from(said.replace('u-5f', 'u-6f')).toString('base64url'), signature }],
  ] as const) expect(await finish(parts, given)).toBe('refused');
  // Signed, and still not what the port asks for.
  for (const wrong of ['no json', said.replace('twoFactor', 'threeFactor'), said.replace('}', ',"name":"王"}'), said.replace(`"id":"${id}"`, '"id":"1"'), said.replace(/"at":\d+/, '"at":1')]) {
    const text64 = Buffer.from(wrong).toString('base64url');
    expect(await finish({ identity: text64, signature: signIdentity(secret, text64) }), wrong).toBe('refused');
  }
  const to = new URL(bridge.begin(state, 'https://tuoyu.example.cn/sign-in/'));
  expect([to.origin, to.pathname, to.username, to.password]).toEqual(['https://identity.example.cn', '/start', '', '']);
  expect(Object.fromEntries(to.searchParams)).toEqual({ realm: 'office', state, return: 'https://tuoyu.example.cn/sign-in/' });
  for (const assurance of assurances) expect(text).toContain(`\`${assurance}\``);
  expect(identityTerms).toEqual({ goodMs: 120_000, aheadMs: 60_000 });
  expect(identityBridge({ identityUrl: undefined, identityName: '统一身份认证' })).toBeNull();
});

test('what the document names is there', () => {
  const named = [...text.matchAll(/`((?:src|tests)\/[\w./]+\.\w+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(5);
  for (const path of named) expect(readFileSync(join(root, path), 'utf8').length, path).toBeGreaterThan(0);
  const account = readFileSync(join(root, 'src/cli/account.ts'), 'utf8');
  for (const [, command = ''] of block('sh').matchAll(/npm run account -- ([\w-]+)/g)) expect(account).toContain(`case '${command}'`);
  for (const [, name = ''] of text.matchAll(/`([A-Z]+_[A-Z]+)=/g)) expect(readFileSync(join(root, '.env.example'), 'utf8'), name).toContain(`${name}=`);
});
