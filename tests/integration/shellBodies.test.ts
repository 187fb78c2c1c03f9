import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShell } from '#tests/integration/shellServer.ts';
import type { Reply, RunningShell } from '#tests/integration/shellServer.ts';

let site: RunningShell;
const seen: string[] = [];

beforeAll(async () => {
  site = await startShell({
    limits: { bodyLimitOf: (path) => ({ bytes: path === '/xiacheng/complaints/new/' ? 300_000 : 64 * 1024, ms: path === '/xiacheng/slow/' ? 300 : 30_000, pace: 0 }) },
    page: (request, response, next, locals) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      seen.push(`${request.method ?? ''} ${pathname}`);
      if (pathname.startsWith('/xiacheng/')) response.writeHead(200, { 'content-type': 'text/html' }).end(`${locals.requestId} ${request.body?.length ?? 0}`);
      else next();
    },
    api: (request, { body }) => Response.json({ length: body?.length ?? 0, url: request.url }),
  });
});
afterAll(async () => {
  await site.close();
});

const own = () => ({ origin: site.origin });
const codeOf = (reply: Reply): unknown => Reflect.get(JSON.parse(reply.text), 'code');

describe('bodies', () => {
  const post = (path: string, body: string, headers = {}) => site.ask(path, { method: 'POST', headers: { ...own(), ...headers }, body });
  const chunked = { 'transfer-encoding': 'chunked' };

  test('arrive whole, announced or in chunks', async () => {
    for (const headers of [{}, chunked]) {
      expect((await post('/xiacheng/x/', 'a'.repeat(60_000), headers)).text).toMatch(/ 60000$/);
      expect(JSON.parse((await post('/api/v1/xiacheng/bookings', 'a'.repeat(60_000), headers)).text)).toMatchObject({ length: 60_000 });
    }
  });

  test('are refused when too large, announced or in chunks, and the answer arrives', async () => {
    for (const headers of [{}, chunked]) {
      seen.length = 0;
      const page = await post('/xiacheng/x/', 'a'.repeat(3_000_000), headers);
      expect([page.status, page.text.includes('提交的内容太大'), seen]).toEqual([413, true, []]);
      const json = await post('/api/v1/xiacheng/bookings', 'a'.repeat(65_537), headers);
      expect([json.status, codeOf(json)]).toEqual([413, 'too-large']);
    }
  });

  test('have room for photos where a complaint is made, and nowhere else', async () => {
    expect((await post('/xiacheng/complaints/new/', 'a'.repeat(200_000), chunked)).text).toMatch(/ 200000$/);
    expect((await post('/xiacheng/complaints/new/', 'a'.repeat(300_001))).status).toBe(413);
    expect((await post('/xiacheng/complaints/find/', 'a'.repeat(200_000))).status).toBe(413);
  });

  test('are not asked for when they would be refused', async () => {
    const head = (length: number) => `POST /xiacheng/x/ HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nOrigin: ${site.origin}\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;
    expect(await site.raw(head(70_000))).toMatch(/^HTTP\/1.1 413 /);
    expect(await site.raw(head(3), /100 Continue/)).toMatch(/^HTTP\/1.1 100 Continue/);
    expect(await site.raw(`${head(3)}abc`)).toMatch(/100 Continue[^]*HTTP\/1.1 200 /);
  });

  test('that stop coming end in 408', async () => {
    const reply = await site.raw(`POST /xiacheng/slow/ HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nOrigin: ${site.origin}\r\nContent-Length: 10\r\n\r\nabc`);
    expect(reply).toMatch(/^HTTP\/1.1 408 [^]*\r\nConnection: close\r\n/);
  });
});
