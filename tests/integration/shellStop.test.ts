import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startShell } from '#tests/integration/shellServer.ts';

const slowPage = (ms: number, finished: () => void = () => undefined) => {
  let begun = 0;
  return {
    begun: () => begun,
    page: async (_request: unknown, response: { writeHead(status: number): { end(text: string): unknown } }) => {
      begun += 1;
      await new Promise((resolve) => setTimeout(resolve, ms));
      finished();
      response.writeHead(200).end('finished');
    },
  };
};

test('a request in flight is finished before the application is closed', async () => {
  const order: string[] = [];
  const { page, begun } = slowPage(400, () => order.push('page finished'));
  const site = await startShell({ page, app: { close: async () => { order.push('app closed'); } } });
  const answer = site.ask('/xiacheng/slow/');
  await expect.poll(begun).toBe(1);
  await site.close();
  const reply = await answer;
  expect([reply.status, reply.text, reply.headers.connection, order]).toEqual([200, 'finished', 'close', ['page finished', 'app closed']]);
  await expect(site.ask('/healthz')).rejects.toThrow('ECONNREFUSED');
});

test('kept and half-open connections do not hold up the stop', async () => {
  const site = await startShell();
  const kept = connect(site.port, '127.0.0.1', () => kept.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\n\r\n`));
  const half = connect(site.port, '127.0.0.1', () => half.write('GET / HTTP/1.1\r\nHost:'));
  await new Promise((resolve) => kept.once('data', resolve));
  kept.on('error', () => undefined);
  half.on('error', () => undefined);
  const began = performance.now();
  await site.close();
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a request that never ends is cut off when the time is up', async () => {
  const { page, begun } = slowPage(60_000);
  const site = await startShell({ page, limits: { drainMs: 200, renderMs: 120_000 } });
  const answer = expect(site.ask('/xiacheng/slow/')).rejects.toThrow('socket hang up');
  await expect.poll(begun).toBe(1);
  await site.close();
  await answer;
});

test('a header that never ends is answered, not waited for', async () => {
  const site = await startShell({ limits: { headersMs: 300 } });
  expect(await site.raw('GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1.1 408 [^]*X-Frame-Options: DENY/);
  await site.close();
});
