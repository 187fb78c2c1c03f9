import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { safeReturn } from '#server/http/modeForm.ts';
import { aBuild, removeBuild, startShell } from '#tests/integration/shellServer.ts';
import type { FakePage, Reply, RunningShell } from '#tests/integration/shellServer.ts';

let folder: string;
const running: RunningShell[] = [];

beforeAll(async () => { folder = await aBuild(); });
afterAll(() => removeBuild(folder));
afterEach(async () => { for (const shell of running.splice(0)) await shell.close(); });

const start = async (given: Parameters<typeof startShell>[0] = {}) => {
  const shell = await startShell({ clientDir: folder, ...given });
  running.push(shell);
  return shell;
};
const titleOf = (reply: Reply) => /<title>(.*)<\/title>/.exec(reply.text)?.[1];
const modeOf = (reply: Reply) => /data-mode="(\w+)"/.exec(reply.text)?.[1];
const elder = { cookie: 'place=hebei; mode=elder' };

describe('static files', () => {
  test('come in the encoding the browser prefers', async () => {
    const site = await start();
    const plain = await site.ask('/about/');
    const br = await site.ask('/about/', { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
    const gz = await site.ask('/about/', { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect([plain, br, gz].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    for (const refusing of ['identity', 'deflate', '*;q=0']) {
      expect((await site.ask('/about/', { headers: { 'accept-encoding': refusing } })).headers['content-encoding']).toBeUndefined();
    }
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
    expect(gunzipSync(gz.body)).toEqual(plain.body);
    expect(br.body.length).toBeLessThan(plain.body.length / 5);
    expect([plain, br].map(({ headers }) => headers.vary)).toEqual(['Cookie, Accept-Encoding', 'Cookie, Accept-Encoding']);
  });

  test('pages are asked about each time, hashed files never again', async () => {
    const site = await start();
    expect((await site.ask('/about/')).headers['cache-control']).toBe('no-cache');
    expect((await site.ask('/_astro/look.4f2a.css')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('are not sent again to a browser that has them', async () => {
    const site = await start();
    const { etag = '' } = (await site.ask('/about/')).headers;
    for (const known of [etag, `"other", ${etag}`, etag.replace('W/', '')]) {
      const reply = await site.ask('/about/', { headers: { 'if-none-match': known } });
      expect([reply.status, reply.body.length, reply.headers.etag, reply.headers['content-type']]).toEqual([304, 0, etag, undefined]);
    }
    expect((await site.ask('/about/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    expect((await site.ask('/about/', { headers: { 'if-none-match': etag, ...elder } })).status).toBe(200);
  });

  test('large ones stream, compressed too', async () => {
    const site = await start();
    const plain = await site.ask('/large.json');
    const br = await site.ask('/large.json', { headers: { 'accept-encoding': 'br' } });
    expect(plain.body.length).toBeGreaterThan(256 * 1024);
    expect(Number(plain.headers['content-length'])).toBe(plain.body.length);
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
  });

  test('HEAD says the length and sends nothing', async () => {
    const site = await start();
    const reply = await site.ask('/about/', { method: 'HEAD' });
    expect([reply.status, reply.body.length, Number(reply.headers['content-length'])]).toEqual([200, 0, (await site.ask('/about/')).body.length]);
  });

  test('a form that posts to one is told so, instead of losing what was written', async () => {
    const site = await start();
    const reply = await site.ask('/about/', { method: 'POST', headers: { origin: site.origin }, body: 'happened=x' });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('Chinese names and a missing last slash find their page', async () => {
    const site = await start();
    expect(titleOf(await site.ask(encodeURI('/指南/')))).toBe('指南');
    const moved = await site.ask(`${encodeURI('/指南')}?a=1`);
    expect([moved.status, moved.headers.location]).toEqual([308, `${encodeURI('/指南/')}?a=1`]);
  });

  test('in elder mode are the twin; nobody reaches a twin, a packed file or an index by name', async () => {
    const site = await start();
    expect(modeOf(await site.ask('/about/'))).toBe('default');
    expect(modeOf(await site.ask('/about/', { headers: elder }))).toBe('elder');
    expect(modeOf(await site.ask('/about/', { headers: { cookie: 'xmode=elder; mode=elderly' } }))).toBe('default');
    const twins = ['/about/index.elder.html', '/about/index.html', '/about/index.html.br', '/404.html', '/404.elder.html', '/500.html'];
    for (const path of twins) expect((await site.ask(path)).status).toBe(404);
  });

  test('an unknown address gets the built page, in both modes', async () => {
    const site = await start();
    const replies = [await site.ask('/nowhere/'), await site.ask('/nowhere/', { headers: elder })];
    expect(replies.map((reply) => [reply.status, titleOf(reply), modeOf(reply)])).toEqual([
      [404, '没有这个页面', 'default'], [404, '没有这个页面', 'elder'],
    ]);
    expect(replies[0]?.headers.etag).toBeUndefined();
  });
});

describe('what the adapter says by itself', () => {
  test('the built pages for an unknown address and for a fault get their mode and number', async () => {
    const site = await start({
      page: (request, response) => {
        const status = request.url === '/fault/' ? 500 : 404;
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(join(folder, `${status}.html`)));
      },
    });
    for (const [path, status, title] of [['/fault/', 500, '页面暂时打不开'], ['/gone/', 404, '没有这个页面']] as const) {
      const reply = await site.ask(path, { headers: elder });
      expect([reply.status, titleOf(reply), modeOf(reply)]).toEqual([status, title, 'elder']);
      if (status === 500) expect(reply.text).toContain(`编号：${String(reply.headers['x-request-id'])}`);
    }
  });

  test('so does a fault the adapter does not catch', async () => {
    const site = await start({ page: () => { throw new Error('fault'); } });
    const reply = await site.ask('/xiacheng/', { headers: elder });
    expect([reply.status, titleOf(reply), modeOf(reply), reply.text.includes(String(reply.headers['x-request-id']))]).toEqual([500, '页面暂时打不开', 'elder', true]);
  });

  test('an address without its last slash is sent to the page that lives there, and only there', async () => {
    const site = await start({ page: (request, response, next) => {
      if (request.url?.startsWith('/xiacheng/?') === true || request.url === '/xiacheng/') response.writeHead(200, { 'content-type': 'text/html' }).end('x');
      else if (request.url === '/closed/') response.writeHead(404, { 'content-type': 'text/html' }).end('closed');
      else next();
    } });
    const moved = await site.ask('/xiacheng?months=8');
    expect([moved.status, moved.headers.location]).toEqual([308, '/xiacheng/?months=8']);
    for (const path of ['/nowhere', '/closed']) expect((await site.ask(path)).status).toBe(404);
    expect((await site.ask('/xiacheng', { method: 'POST', headers: { origin: site.origin }, body: 'a=1' })).status).toBe(404);
  });
});

describe('pages on demand', () => {
  const html = '<p>可约</p>'.repeat(300);
  const page = (headers: Readonly<Record<string, string | string[]>> = {}): FakePage => (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers });
    response.write(html.slice(0, 100));
    response.end(html.slice(100));
  };

  test('are compressed, get a charset, and are not kept anywhere unless they say so', async () => {
    const site = await start({ page: page() });
    const reply = await site.ask('/xiacheng/portal/', { headers: { 'accept-encoding': 'br' } });
    expect(brotliDecompressSync(reply.body).toString()).toBe(html);
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8', vary: 'Accept-Encoding' });
    const other = await start({ page: page({ 'cache-control': 'private, max-age=60' }) });
    expect((await other.ask('/xiacheng/x/')).headers['cache-control']).toBe('private, max-age=60');
  });

  test('keep their own content policy beside ours, and cannot loosen the rest', async () => {
    const site = await start({ page: page({ 'content-security-policy': "script-src 'self' 'sha256-x'", 'x-frame-options': 'ALLOWALL', 'x-page-cache': 'directory' }) });
    const { rawHeaders, headers } = await site.ask('/xiacheng/x/');
    const policies = rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === 'content-security-policy');
    expect(policies).toEqual([expect.stringContaining("frame-ancestors 'none'"), "script-src 'self' 'sha256-x'"]);
    expect([headers['x-frame-options'], headers['x-page-cache']]).toEqual(['DENY', undefined]);
  });

  test('keep every cookie they set', async () => {
    const site = await start({ page: page({ 'set-cookie': ['a=1', 'b=2'] }) });
    expect((await site.ask('/xiacheng/x/')).headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('that fail, hang or end without a word become a page that says so', async () => {
    const site = await start({
      limits: { renderMs: 100 },
      page: (request, response) => {
        if (request.url === '/a/') throw new Error('fault');
        if (request.url === '/b/') response.writeHead(500, {}).end();
        if (request.url === '/c/') return new Promise(() => undefined);
        return undefined;
      },
    });
    const replies = [await site.ask('/a/'), await site.ask('/b/'), await site.ask('/c/'), await site.ask('/d/')];
    expect(replies.map(({ status, headers }) => [status, headers['content-type']])).toEqual([
      [500, 'text/html; charset=utf-8'], [500, 'text/html; charset=utf-8'], [503, 'text/html; charset=utf-8'], [500, 'text/html; charset=utf-8'],
    ]);
    expect(replies[2]?.headers['retry-after']).toBe('5');
  });
});

describe('choosing the mode', () => {
  const choose = (site: RunningShell, body: string) =>
    site.ask('/mode/', { method: 'POST', headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' }, body });

  test('sets the cookie and goes back', async () => {
    const site = await start();
    const reply = await choose(site, `mode=elder&back=${encodeURIComponent('/xiacheng/institutions/?band=older')}`);
    expect([reply.status, reply.headers.location]).toEqual([303, '/xiacheng/institutions/?band=older']);
    expect(reply.headers['set-cookie']).toEqual(['mode=elder; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly']);
    expect((await choose(site, 'mode=default&back=/')).headers['set-cookie']?.[0]).toMatch(/^mode=default;/);
  });

  test('is Secure over https', async () => {
    const site = await start({ config: { siteOrigin: 'https://tuoyu.example.cn' } });
    const reply = await site.ask('/mode/', {
      method: 'POST', body: 'mode=elder',
      headers: { host: 'tuoyu.example.cn', 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  });

  test('is a form, nothing else', async () => {
    const site = await start();
    const read = await site.ask('/mode/');
    expect([read.status, read.headers.allow]).toEqual([405, 'POST']);
    expect((await site.ask('/mode/', { method: 'POST', headers: { origin: site.origin, 'content-type': 'application/json' }, body: '{}' })).status).toBe(415);
  });

  test.each(['https://evil.example/', '//evil.example/', '/\\evil.example/', '/\t/evil.example', 'evil', '', '/mode/', '/a/..//evil.example/', '/x\r\nSet-Cookie: a=b', `/${'a'.repeat(3000)}`])('never goes to %j', (back) => {
    expect(safeReturn(back, 'http://localhost:4321')).toBe('/');
  });
});

describe('probes', () => {
  test('say whether the process answers and whether it can work', async () => {
    const site = await start();
    expect([(await site.ask('/healthz')).text, (await site.ask('/readyz')).text]).toEqual(['ok\n', 'ok\n']);
    const ill = await start({ app: { ready: async () => ({ ok: false, problems: ['database', 'disk'] }) } });
    const reply = await ill.ask('/readyz');
    expect([reply.status, reply.text, (await ill.ask('/healthz')).status]).toEqual([503, 'database\ndisk\n', 200]);
  });
});
