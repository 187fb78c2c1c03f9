import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
let dataDir: string;
beforeAll(() => { dataDir = mkdtempSync(join(tmpdir(), 'shell-data-')); });
afterAll(() => rmSync(dataDir, { recursive: true }));

function run(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...env } });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { said: () => said, exit, stop: () => child.kill('SIGTERM') };
}

test('the program says where it listens, answers, and stops in order when asked twice', async () => {
  const site = run({});
  await expect.poll(site.said, { timeout: 25_000 }).toMatch(/^Listening on http:\/\/localhost:\d+$/m);
  const [, address = ''] = /^Listening on (.*)$/m.exec(site.said()) ?? [];
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  site.stop();
  site.stop();
  expect(await site.exit).toBe(0);
  expect(site.said()).toContain('"route":"/readyz"');
});

test('a wrong value stops the start with its name', async () => {
  const site = run({ PORT: 'http', RATE_LIMITS: 'maybe' });
  expect(await site.exit).toBe(1);
  expect(site.said()).toBe('PORT must be a whole number from 0 to 65535.\nRATE_LIMITS must be on or off.\n');
});

test('a port in use is said, and is no fault of the input', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => other.listen(0, '127.0.0.1', () => {
    const address = other.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  }));
  const site = run({ PORT: String(port) });
  expect(await site.exit).toBe(3);
  expect(site.said()).toMatch(/EADDRINUSE/);
  await new Promise((resolve) => other.close(resolve));
});
