import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
let dataDir: string;
beforeAll(() => { dataDir = mkdtempSync(join(tmpdir(), 'shell-data-')); });
afterAll(() => rmSync(dataDir, { recursive: true }));

function run(env: Readonly<Record<string, string>>, before: readonly string[] = []) {
  const child = spawn(process.execPath, [...before, main], { env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...env } });
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

// Something in the program breaks two seconds after it began, with a parent's words in its message.
const breaking = (how: string): readonly string[] => {
  const file = join(dataDir, 'breaking.mjs');
  writeFileSync(file, `setTimeout(() => { ${how} }, 2000);`);
  return ['--import', file];
};

test('a promise nobody waited for is written down masked, and the site goes on', async () => {
  const site = run({}, breaking("Promise.reject(new Error('\"13900007777\" 李女士'))"));
  await expect.poll(site.said, { timeout: 25_000 }).toMatch(/"level":50/);
  await expect.poll(site.said, { timeout: 25_000 }).toMatch(/^Listening on/m);
  const [, address = ''] = /^Listening on (.*)$/m.exec(site.said()) ?? [];
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  expect(site.said()).not.toMatch(/13900007777|李女士/);
  site.stop();
  expect(await site.exit).toBe(0);
});

test('an exception nobody caught is written down masked; the site ends in order with 1, to be started again', async () => {
  const site = run({}, breaking("throw new Error('\"13900007777\" 李女士')"));
  expect(await site.exit).toBe(1);
  expect(site.said()).toMatch(/"level":50.*"fault":"Error"/);
  expect(site.said()).not.toMatch(/13900007777|李女士/);
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
