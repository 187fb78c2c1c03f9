import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problems } from '#server/http/problems.ts';
import { aBuild, removeBuild, startShell } from '#tests/integration/shellServer.ts';
import type { Reply, RunningShell } from '#tests/integration/shellServer.ts';

let folder: string;
let site: RunningShell;
const seen: string[] = [];

beforeAll(async () => {
  folder = await aBuild();
  site = await startShell({
    clientDir: folder,
    page: (request, response, next, locals) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      seen.push(`${request.method ?? ''} ${pathname}`);
      if (pathname === '/xiacheng/broken/') throw new Error('no table "child", 13800138000');
      if (pathname === '/xiacheng/who/') response.writeHead(200, { 'content-type': 'text/html' }).end(locals.clientAddress);
      else if (pathname.startsWith('/xiacheng/')) response.writeHead(200, { 'content-type': 'text/html' }).end(`${locals.requestId} ${request.body?.length ?? 0}`);
      else next();
    },
    api: async (request) => Response.json({ length: (await request.text()).length, url: request.url }),
  });
});
afterAll(async () => {
  await site.close();
  removeBuild(folder);
});

const own = () => ({ origin: site.origin });
const codeOf = (reply: Reply): unknown => Reflect.get(JSON.parse(reply.text), 'code');

describe('hosts', () => {
  test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '127.0.0.1.:PORT'])('"%s" is not this site', async (host) => {
    const named = host.replace('PORT', String(site.port));
    const page = await site.ask('/', { headers: { host: named, origin: `http://${named}` } });
    expect(page.status).toBe(421);
    expect(page.text).toContain('网址不属于本站');
    const json = await site.ask('/api/v1/jurisdictions', { headers: { host: named } });
    expect([json.status, codeOf(json)]).toEqual([421, 'unknown-host']);
  });

  test('localhost, 127.0.0.1 and [::1] are, each its own origin', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      const host = `${name}:${site.port}`;
      expect((await site.ask('/', { headers: { host } })).status).toBe(200);
      const origin = `http://${host.toLowerCase()}`;
      expect((await site.ask('/xiacheng/x/', { method: 'POST', headers: { host, origin }, body: 'a=1' })).status).toBe(200);
    }
    const host = `localhost:${site.port}`;
    expect((await site.ask('/xiacheng/x/', { method: 'POST', headers: { host, origin: site.origin }, body: 'a=1' })).status).toBe(403);
  });

  test('no Host at all, and two of them, are refused', async () => {
    expect(await site.raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 421 /);
    expect(await site.raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 421 /);
  });

  test('a public site answers to its own name only, but probes may come by address', async () => {
    const published = await startShell({ config: { siteOrigin: 'https://tuoyu.example.cn' } });
    for (const host of ['tuoyu.example.cn', 'tuoyu.example.cn:443']) {
      expect((await published.ask('/', { headers: { host } })).status).toBe(404);
    }
    expect((await published.ask('/', {})).status).toBe(421);
    expect((await published.ask('/healthz', {})).status).toBe(200);
    await published.close();
  });
});

describe('methods', () => {
  test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s is refused with Allow', async (method) => {
    const reply = await site.ask('/xiacheng/x/', { method, headers: own() });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });

  test('so are CONNECT and words that are no method', async () => {
    for (const line of [`CONNECT 127.0.0.1:${site.port} HTTP/1.1`, 'FETCH / HTTP/1.1']) {
      const reply = await site.raw(`${line}\r\nHost: 127.0.0.1:${site.port}\r\n\r\n`);
      expect(reply).toMatch(/^HTTP\/1.1 405 [^]*\r\nAllow: GET, HEAD, POST\r\n/);
      expect(reply).toMatch(/\r\nX-Frame-Options: DENY\r\n/);
    }
  });
});

describe('addresses', () => {
  test.each(['/%', '/%zz/', '/%ff/', '/a/%2e%2e/b', '/./_image', '/a%2fb/', '/a%5cb/', '/a\\b/', '//evil.example/', '/%00', '/a%0d%0ab/', 'http://evil.example/'])('%s is malformed', async (path) => {
    expect(await site.raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('a percent sign in a query is the parent\'s business', async () => {
    expect((await site.ask('/xiacheng/x/?q=100%')).status).toBe(200);
  });

  test('too long is 414', async () => {
    expect((await site.ask(`/xiacheng/x/?q=${'a'.repeat(50_100)}`)).status).toBe(414);
    expect(await site.raw(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 [^]*nosniff/);
  });

  test.each(['/_image?href=x', '/%5fimage', '/_actions/x', '/_server-islands/x/', '/.git/config', '/.env', '/xiacheng/.local/'])('%s belongs to nobody outside', async (path) => {
    seen.length = 0;
    expect((await site.ask(path)).status).toBe(404);
    expect(seen).toEqual([]);
  });
});

describe('where an unsafe request comes from', () => {
  const post = (headers: Readonly<Record<string, string>>, path = '/api/v1/xiacheng/bookings') =>
    site.ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{}' });

  test.each([
    ['another site in JSON', { origin: 'https://evil.example' }, 'cross-origin'],
    ['another site with its Sec-Fetch-Site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'cross-origin'],
    ['a sandboxed frame', { origin: 'null' }, 'cross-origin'],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }, 'cross-origin'],
    ['https instead of http', { origin: 'https://127.0.0.1:PORT' }, 'cross-origin'],
    ['no header at all', {}, 'origin-missing'],
  ])('%s is refused', async (_name, headers, code) => {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(site.port))]));
    const reply = await post(sent);
    expect([reply.status, codeOf(reply)]).toEqual([403, code]);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  test('our own pages and programs that name us are let in', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await post(own())).status).toBe(200);
  });

  test('the check comes before routing', async () => {
    for (const path of ['/api/v1/nowhere', '/nowhere/', '/about/', '/mode/']) expect((await post({}, path)).status).toBe(403);
  });

  test('only signed pushes are exempt', async () => {
    expect((await post({}, '/api/v1/xiacheng/registrations')).status).toBe(200);
    for (const path of ['/api/v1/xiacheng/registrations/', '/api/v1/xiacheng/x/registrations', '/xiacheng/registrations', '/api/v1/xiacheng/bookings?/registrations']) {
      expect((await post({}, path)).status).toBe(403);
    }
  });
});

describe('every kind of response', () => {
  const kinds: readonly (readonly [string, number, () => Promise<Reply>])[] = [
    ['a static page', 200, () => site.ask('/about/')],
    ['a static file', 200, () => site.ask('/_astro/look.4f2a.css')],
    ['a large static file', 200, () => site.ask('/large.json')],
    ['a page on demand', 200, () => site.ask('/xiacheng/x/')],
    ['JSON', 200, () => site.ask('/api/v1/jurisdictions')],
    ['a redirect', 308, () => site.ask('/about')],
    ['an unknown page', 404, () => site.ask('/nowhere/')],
    ['unknown JSON', 404, () => site.ask('/api/v2/')],
    ['a refused method', 405, () => site.ask('/', { method: 'TRACE' })],
    ['a foreign host', 421, () => site.ask('/', { headers: { host: 'evil.example' } })],
    ['a fault', 500, () => site.ask('/xiacheng/broken/')],
    ['a probe', 200, () => site.ask('/healthz')],
  ];

  test.each(kinds)('%s carries what protects the reader, and its number', async (_name, status, ask) => {
    const reply = await ask();
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'DENY',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/), 'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"),
    });
    expect(reply.headers['strict-transport-security']).toBeUndefined();
    expect(reply.headers['content-security-policy']).not.toContain('unsafe');
    if (reply.headers['content-type']?.startsWith('text/') === true) expect(reply.headers['content-type']).toContain('charset=utf-8');
  });

  test('over https also says to stay there', async () => {
    const published = await startShell({ config: { siteOrigin: 'https://tuoyu.example.cn' } });
    const reply = await published.ask('/', { headers: { host: 'tuoyu.example.cn' } });
    expect(reply.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    await published.close();
  });

  test('the number is ours, not the sender\'s, and the page knows it', async () => {
    const reply = await site.ask('/xiacheng/x/', { headers: { 'x-request-id': 'forged' } });
    expect(reply.headers['x-request-id']).not.toBe('forged');
    expect(reply.text).toBe(`${String(reply.headers['x-request-id'])} 0`);
  });

  test('a fault tells the parent a number and the log neither names nor digits', async () => {
    site.lines.length = 0;
    const reply = await site.ask('/xiacheng/broken/?phone=13800138000');
    expect(reply.text).toContain(String(reply.headers['x-request-id']));
    expect(reply.text).not.toContain('child');
    const log = site.lines.join('');
    expect(log).toContain(String(reply.headers['x-request-id']));
    expect(log).not.toMatch(/13800138000|child|phone|127\.0\.0\.1/);
  });

  test('JSON clients get a problem with title, status and code', async () => {
    const reply = await site.ask('/api/v2/');
    expect(JSON.parse(reply.text)).toEqual({ type: 'about:blank', title: problems['not-found'][1], status: 404, code: 'not-found' });
  });
});

describe('the client\'s address', () => {
  const addressBehind = async (trustedProxies: number, forwarded: string | undefined) => {
    const shell = await startShell({ config: { trustedProxies }, page: (_request, response, _next, { clientAddress }) => { response.writeHead(200).end(clientAddress); } });
    const { text } = await shell.ask('/xiacheng/who/', forwarded === undefined ? {} : { headers: { 'x-forwarded-for': forwarded } });
    await shell.close();
    return text;
  };

  test.each([
    [0, '203.0.113.9', '127.0.0.1'],
    [1, undefined, '127.0.0.1'],
    [1, '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    [2, '198.51.100.1, 203.0.113.9, 10.0.0.1', '203.0.113.9'],
    [2, '203.0.113.9', '203.0.113.9'],
    [1, '198.51.100.1, garbage', '127.0.0.1'],
    [1, '203.0.113.9:5555', '203.0.113.9'],
    [1, '::ffff:203.0.113.9', '203.0.113.9'],
    [1, '2001:db8:0012:3400::1', '2001:db8:12:3400::/64'],
    [1, '[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ])('behind %d proxies, %s means %s', async (proxies, forwarded, expected) => {
    expect(await addressBehind(proxies, forwarded)).toBe(expected);
  });
});

test('beyond the cap a request is told to come back, not reset', async () => {
  const small = await startShell({ limits: { connections: 1 }, page: (_request, response) => { response.writeHead(200).end('x'); } });
  const held = small.raw(`GET /xiacheng/x/ HTTP/1.1\r\nHost: 127.0.0.1:${small.port}\r\n`, /./);
  await expect.poll(async () => (await small.ask('/healthz')).status).toBe(503);
  const refused = await small.ask('/xiacheng/x/');
  expect([refused.status, refused.headers['retry-after'], refused.headers.connection]).toEqual([503, '5', 'close']);
  await small.close();
  await held;
});
