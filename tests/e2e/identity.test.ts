// 统一身份认证 in a browser, over a bridge that speaks the protocol of src/deploy/ports.md: out, in, refused, and off.
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { signIdentity } from '#server/identityBridge.ts';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { databaseOf } from '#tests/e2e/pair.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const secret = 'a secret of the bridge';
const dataDir = newDataDir();
const onPostgres = (await databaseOf(dataDir)) !== undefined;
let person = { subject: 'person-0001', assurance: 'twoFactor' };
let count = 0;
/** The bridge, with one person at its counter. */
const bridge: Server = createServer((request, answer) => {
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams;
  count += 1;
  const identity = Buffer.from(JSON.stringify({ ...person, at: Math.floor(Date.now() / 1_000), state: asked.get('state'), id: `an answer number ${String(count)}` })).toString('base64url');
  answer.writeHead(303, { location: `${asked.get('return') ?? ''}?identity=${identity}&signature=${signIdentity(secret, identity)}` }).end();
});
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => {
  await new Promise<void>((done) => { bridge.listen(0, '127.0.0.1', done); });
  const { port } = z.object({ port: z.number() }).parse(bridge.address());
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir, { IDENTITY_URL: `http://:${encodeURIComponent(secret)}@localhost:${String(port)}/start`, IDENTITY_NAME: '示例认证' })]);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  bridge.close();
  removeDataDir(dataDir);
});
const account = (...args: readonly string[]) => promisify(execFile)(process.execPath, ['src/cli/account.ts', ...args], { env: { ...process.env, DATA_DIR: dataDir, DEMO: '1' } });

test.skipIf(onPostgres)('a reviewer whom an administrator linked comes in by the provider; nobody else does, and an answer is good once', { timeout: 90_000 }, async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const { login } = await demoAccountOf(dataDir, 'reviewer');
  const visitor = await openWindow(browser, site, { scripts: false, width: 390 });
  const enter = async () => {
    await open(visitor, '/sign-in/?to=%2Foffice%2Ffilings%2F');
    // The browser passes the bridge on the way and lands here again.
    await Promise.all([visitor.page.waitForEvent('load'), visitor.page.getByRole('link', { name: '用示例认证登录' }).click()]);
    visitor.takeComplaints(); // another site was asked for, as it must be
    return look(visitor);
  };
  expect(await (await enter()).main.innerText()).toContain('您在示例认证的身份还没有对应到本站的账号');
  expect((await visitor.context.cookies()).map(({ name }) => name)).not.toContain('__Host-sid');

  expect((await account('link-identity', '--login', login, '--subject', 'person-0001')).stdout).toContain('only a one-way value');
  const used: string[] = [];
  visitor.page.on('request', (request) => { if (request.url().includes('signature=')) used.push(request.url()); });
  await enter();
  expect(new URL(visitor.page.url()).pathname).toBe('/office/filings/');
  const cookies = await visitor.context.cookies();
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(['__Host-device', '__Host-sid']);

  const other = await openWindow(browser, site, { scripts: false, width: 1280 });
  await other.page.goto(used[0] ?? '');
  expect(await other.page.locator('main').innerText(), 'the address in another browser').toContain('示例认证没有确认您的身份');
  expect((await other.context.cookies()).map(({ name }) => name)).not.toContain('__Host-sid');

  await open(visitor, '/office/');
  await follow(visitor, (page) => page.getByRole('button', { name: '退出登录' }).first().click());
  person = { subject: 'person-0001', assurance: 'oneFactor' };
  expect((await enter()).heading, 'one factor there, ours here').toBe('输入动态码');
  expect((await visitor.context.cookies()).map(({ name }) => name)).not.toContain('__Host-sid');
  expect(site.output()).not.toContain('person-0001');
  expect(site.output()).not.toContain('signature=');
  for (const each of [visitor, other]) await each.context.close();
});

test.skipIf(onPostgres)('without a bridge there is no way to it', { timeout: 60_000 }, async () => {
  const folder = newDataDir();
  const plain = await startSite(folder);
  try {
    expect((await fetch(`${plain.origin}/sign-in/identity/`, { redirect: 'manual' })).status).toBe(404);
    expect(await (await fetch(`${plain.origin}/sign-in/`)).text()).not.toContain('/sign-in/identity/');
    expect((await fetch(`${plain.origin}/sign-in/?identity=x&signature=y`)).status).toBe(200);
  } finally {
    await plain.stop();
    removeDataDir(folder);
  }
});
