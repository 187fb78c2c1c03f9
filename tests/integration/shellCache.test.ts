import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { startShell } from '#tests/integration/shellServer.ts';
import type { FakePage, RunningShell } from '#tests/integration/shellServer.ts';

const running: RunningShell[] = [];
afterEach(async () => { for (const shell of running.splice(0)) await shell.close(); });

const start = async (given: Parameters<typeof startShell>[0] = {}) => {
  const shell = await startShell(given);
  running.push(shell);
  return shell;
};
const elder = { cookie: 'place=hebei; mode=elder' };

describe('the page cache', () => {
  const counted = (headers: Readonly<Record<string, string>> = { 'x-page-cache': 'directory' }) => {
    let renders = 0;
    const page: FakePage = (request, response, _next, { mode }) => {
      renders += 1;
      response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(request.method === 'HEAD' ? '' : `${mode} ${renders} ${'空余托位'.repeat(400)}`);
    };
    return { page, renders: () => renders };
  };
  const state = { revision: 7, today: '2026-11-23', asked: 0 };
  const app = {
    revisionOf: (slug: string) => {
      state.asked += 1;
      return slug === 'xiacheng' ? state.revision : undefined;
    },
    today: () => state.today,
  };

  test('renders once per revision, day, mode and address, and asks for the revision every time', async () => {
    const { page, renders } = counted();
    const site = await start({ page, app });
    state.asked = 0;
    const bodies = [];
    for (let index = 0; index < 3; index += 1) bodies.push((await site.ask('/xiacheng/institutions/?band=older')).text);
    expect([renders(), state.asked, new Set(bodies).size]).toEqual([1, 3, 1]);
    await site.ask('/xiacheng/institutions/');
    expect(renders()).toBe(2);
    expect((await site.ask('/xiacheng/institutions/', { headers: elder })).text).toMatch(/^elder 3/);
    state.revision += 1;
    expect((await site.ask('/xiacheng/institutions/')).text).toMatch(/^default 4/);
    state.today = '2026-11-24';
    expect((await site.ask('/xiacheng/institutions/')).text).toMatch(/^default 5/);
  });

  test('keeps the search across places for as long as no place has changed', async () => {
    const all = { revision: 1 };
    let answers = 0;
    const api = () => {
      answers += 1;
      return Response.json({ answers }, { headers: { 'x-page-cache': 'directory' } });
    };
    const site = await start({ api, app: { revisionOf: (slug: string) => (slug === '*' ? all.revision : undefined), today: () => '2026-11-23' } });
    const ask = async (): Promise<string> => (await site.ask('/api/v1/search?q=%E6%AD%A6%E6%9E%97')).text;
    expect([await ask(), await ask()]).toEqual(['{"answers":1}', '{"answers":1}']);
    all.revision += 1;
    expect(await ask()).toBe('{"answers":2}');
  });

  test('keeps open times until anything is committed, and never where that cannot be told', async () => {
    const moment: { now: string | undefined } = { now: '1/1' };
    let answers = 0;
    const api = () => {
      answers += 1;
      return Response.json({ answers }, { headers: { 'x-page-cache': 'directory' } });
    };
    const site = await start({ api, app: { revisionOf: () => 1, today: () => '2026-11-23', momentOf: () => moment.now } });
    const ask = async (path = '/api/v1/hebei/institutions/x/slots'): Promise<string> => (await site.ask(path)).text;
    expect([await ask(), await ask()]).toEqual(['{"answers":1}', '{"answers":1}']);
    moment.now = '2/1';
    expect([await ask(), await ask(), await ask('/api/v1/hebei/slots')]).toEqual(['{"answers":2}', '{"answers":2}', '{"answers":3}']);
    moment.now = undefined;
    expect([await ask(), await ask()]).toEqual(['{"answers":4}', '{"answers":5}']);
  });

  test('answers an ETag, 304 and HEAD from memory, each encoding rendered once and kept alone', async () => {
    const { page, renders } = counted();
    const site = await start({ page, app });
    const first = await site.ask('/xiacheng/');
    const { etag = '' } = first.headers;
    expect(first.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Cookie, Accept-Encoding' });
    expect((await site.ask('/xiacheng/', { headers: { 'if-none-match': etag } })).status).toBe(304);
    for (const [encoding, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]] as const) {
      const packed = await site.ask('/xiacheng/', { headers: { 'accept-encoding': encoding } });
      expect([packed.headers['content-encoding'], packed.headers['vary']]).toEqual([encoding, 'Cookie, Accept-Encoding']);
      expect(unpack(packed.body).length).toBe(first.body.length);
      const again = await site.ask('/xiacheng/', { headers: { 'accept-encoding': encoding } });
      expect([again.headers['etag'], unpack(again.body)]).toEqual([packed.headers['etag'], unpack(packed.body)]);
      const known = await site.ask('/xiacheng/', { headers: { 'accept-encoding': encoding, 'if-none-match': String(packed.headers['etag']) } });
      expect([known.status, known.headers['content-encoding']]).toEqual([304, undefined]);
    }
    const head = await site.ask('/xiacheng/', { method: 'HEAD' });
    expect([Number(head.headers['content-length']), head.body.length]).toEqual([first.body.length, 0]);
    expect(renders()).toBe(3);
    state.revision += 1;
    expect((await site.ask('/xiacheng/', { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('sends a page that is asked for again in fewer bytes, with the same tag and text', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `<p>第${index}家，空余托位${(index * 7919) % 97}个</p>`).join('');
    const page: FakePage = (_request, response) => { response.writeHead(200, { 'content-type': 'text/html', 'x-page-cache': 'directory' }).end(text); };
    const site = await start({ page, app });
    for (const [encoding, unpack] of [['br', brotliDecompressSync], ['gzip', gunzipSync]] as const) {
      const ask = () => site.ask('/xiacheng/', { headers: { 'accept-encoding': encoding } });
      const first = await ask();
      await expect.poll(async () => (await ask()).body.length, { timeout: 5000 }).toBeLessThan(first.body.length);
      const later = await ask();
      expect([unpack(later.body).toString(), later.headers['etag'], later.headers['content-encoding']]).toEqual([text, first.headers['etag'], encoding]);
    }
  });

  test('never serves or keeps what belongs to a session, sets a cookie, fails, changes something or did not ask', async () => {
    for (const [headers, ask] of [
      [{ 'x-page-cache': 'directory' }, { headers: { cookie: 'a=b; __Host-sid=secret' } }],
      [{ 'x-page-cache': 'directory', 'set-cookie': 'place=xiacheng' }, {}],
      [{ 'x-page-cache': 'directory' }, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body: 'a=1' }],
      [{}, {}],
    ] as const) {
      const { page, renders } = counted(headers);
      const site = await start({ page, app });
      await site.ask('/xiacheng/', ask);
      await site.ask('/xiacheng/', ask);
      expect(renders()).toBe(2);
    }
    const { page, renders } = counted();
    const site = await start({ page, app });
    await site.ask('/xiacheng/');
    expect((await site.ask('/xiacheng/', { headers: { cookie: '__Host-sid=secret' } })).text).toMatch(/^default 2/);
    await site.ask('/nowhere/');
    await site.ask('/nowhere/');
    expect(renders()).toBe(4);
  });

  test('a HEAD that comes first does not leave an empty page behind', async () => {
    const { page } = counted();
    const site = await start({ page, app });
    await site.ask('/xiacheng/', { method: 'HEAD' });
    expect((await site.ask('/xiacheng/')).body.length).toBeGreaterThan(1000);
  });

  test('works with a revision that has to be awaited, and forgets the oldest when full', async () => {
    const { page, renders } = counted();
    const site = await start({ page, app: { ...app, revisionOf: async () => 1 }, limits: { cache: { bytes: 1_000_000, entries: 2 } } });
    for (const path of ['/xiacheng/a/', '/xiacheng/b/', '/xiacheng/a/', '/xiacheng/c/']) await site.ask(path);
    expect(renders()).toBe(3);
    await site.ask('/xiacheng/a/');
    expect(renders()).toBe(3);
    await site.ask('/xiacheng/b/');
    expect(renders()).toBe(4);
  });

  test('keeps JSON of the API that asks for it, and is bounded by bytes', async () => {
    let calls = 0;
    const api = () => {
      calls += 1;
      return Response.json({ text: '机构'.repeat(3000), calls }, { headers: { 'x-page-cache': 'directory' } });
    };
    const site = await start({ api, app });
    const replies = [await site.ask('/api/v1/xiacheng/institutions'), await site.ask('/api/v1/xiacheng/institutions')];
    expect([calls, replies[0]?.text === replies[1]?.text, replies[0]?.headers['x-page-cache']]).toEqual([1, true, undefined]);
    const tiny = await start({ api, app, limits: { cache: { bytes: 1000, entries: 10 } } });
    await tiny.ask('/api/v1/xiacheng/institutions');
    await tiny.ask('/api/v1/xiacheng/institutions');
    expect(calls).toBe(3);
  });

  test('holds no more memory than it counts: compressed pages leave the larger blocks they were made in', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const { page } = counted();
    const site = await start({ page, app });
    const heldBytes = async () => {
      for (let round = 0; round < 3; round += 1) {
        if (typeof collect === 'function') collect();
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
      return process.memoryUsage().arrayBuffers;
    };
    await site.ask('/xiacheng/?page=warm');
    const before = await heldBytes();
    for (let index = 0; index < 300; index += 1) await site.ask(`/xiacheng/institutions/?page=${index}`);
    expect(await heldBytes() - before).toBeLessThan(300 * 10_000); // 5 KB of page and two small compressed forms each
  });
});
