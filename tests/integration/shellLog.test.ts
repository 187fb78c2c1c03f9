import { expect, test } from 'vitest';
import { createLog, requestInProgress, takeOverConsole } from '#server/log.ts';
import { startShell } from '#tests/integration/shellServer.ts';

test('what libraries write to the console reaches the log without what people typed', () => {
  const lines: string[] = [];
  const kept = { ...globalThis.console };
  takeOverConsole(createLog('info', (line) => lines.push(line)));
  requestInProgress.run('number-1', () => {
    console.error(`Could not render http://localhost/x/?phone=13800138000\nError: "小明" 139\n    at page (file:///a.mjs:1:2)`);
  });
  Object.assign(globalThis.console, kept);
  expect(JSON.parse(lines.join(''))).toMatchObject({ level: 50, requestId: 'number-1', message: expect.stringContaining('Could not render'), at: ['at page (file:///a.mjs:1:2)'] });
  expect(lines.join('')).not.toMatch(/13800138000|小明|139|phone/);
});

test('the log has the number, method, path, status and time, and nothing else', async () => {
  const site = await startShell();
  await site.ask('/healthz?phone=13800138000', { headers: { 'user-agent': 'canary', cookie: 'canary=1' } });
  await site.ask('/xiacheng/13800138000/');
  const entries = site.lines.map((line): unknown => JSON.parse(line));
  expect(entries[0]).toEqual({ level: 30, time: expect.any(String), requestId: expect.any(String), method: 'GET', route: '/healthz', status: 200, ms: expect.any(Number) });
  expect(entries[1]).toMatchObject({ route: '/xiacheng/#/', status: 404 });
  expect(site.lines.join('')).not.toMatch(/canary|13800138000|127\.0\.0\.1/);
  await site.close();
});
