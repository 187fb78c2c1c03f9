// 公告 and 暂停受理 as the office writes them and a parent meets them, on two processes with one set of records.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, second]: [Browser | undefined, Site | undefined, Site | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  second = await startSite(dataDir);
});
afterAll(async () => {
  await browser?.close();
  await second?.stop();
  await site?.stop();
  removeDataDir(dataDir);
});

function ready() {
  if (!browser || !site || !second) throw new Error('Nothing was started.');
  return { browser, site, second };
}
const seat = demoDesks(dataDir);
async function signedIn(role: string, to: string): Promise<Visitor> {
  const visitor = await openWindow(ready().browser, ready().site, { scripts: false, width: 1280 });
  await seat(visitor, role, to);
  return visitor;
}
const read = async (at: Site, path: string, headers: Readonly<Record<string, string>> = {}): Promise<string> => (await fetch(`${at.origin}${path}`, { headers })).text();
const words = '示例：明天大雪，全区停课一天';
/** Made for the request and kept, made at build, in 长辈版, unknown; of the place. */
const ours = ['/hebei/institutions/', '/hebei/', '/hebei/guidance/choking/', '/hebei/nowhere/'];

test('a 公告 is on every page of its place, rendered or built, plain or compressed, and on no other; taken down it is gone', { timeout: 120_000 }, async () => {
  for (const path of ours) expect(await read(ready().site, path), path).not.toContain(words);
  const before = (await fetch(`${ready().site.origin}/hebei/guidance/choking/`)).headers.get('etag');
  const clerk = await signedIn('clerk', '/office/banners/');
  await clerk.page.getByLabel('内容').fill('短');
  const refused = await follow(clerk, (page) => page.getByRole('button', { name: '发布公告', exact: true }).click());
  expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual(['选一个种类。', '内容写 8 到 120 个字，不要有 11 位以上的号码。']);
  await clerk.page.getByLabel('种类').selectOption('weather');
  await clerk.page.getByLabel('内容').fill(words);
  await follow(clerk, (page) => page.getByRole('button', { name: '发布公告', exact: true }).click());
  for (const path of ours) {
    for (const mode of ['default', 'elder']) for (const encoding of ['identity', 'br', 'gzip']) expect(await read(ready().site, path, { cookie: `mode=${mode}`, 'accept-encoding': encoding }), `${path} ${mode} ${encoding}`).toContain(words);
  }
  for (const path of ['/zezhou/', '/zezhou/guidance/choking/', '/about/']) expect(await read(ready().site, path), path).not.toContain(words);
  const over = await fetch(`${ready().site.origin}/hebei/guidance/choking/`);
  expect(over.headers.get('etag')).not.toBe(before);
  expect((await fetch(`${ready().site.origin}/hebei/guidance/choking/`, { headers: { 'if-none-match': over.headers.get('etag') ?? '' } })).status).toBe(304);
  await expect.poll(() => read(ready().second, '/hebei/guidance/choking/'), { timeout: 60_000, interval: 1_000 }).toContain(words);
  const parent = await openWindow(ready().browser, ready().site, { scripts: true, width: 320 });
  await open(parent, '/hebei/guidance/choking/'); // axe, sideways scroll, the browser's complaints
  const ended = await follow(clerk, (page) => page.getByRole('button', { name: '现在撤下', exact: true }).click());
  expect(await ended.main.innerText()).toContain('已撤下。');
  for (const path of ours) expect(await read(ready().site, path), path).not.toContain(words);
});

test('while 暂停受理 lasts forms say so with a number to call, everything can be read, and staff go on', { timeout: 120_000 }, async () => {
  const admin = await signedIn('systemAdmin', '/office/incident/');
  const send = async (path: string): Promise<readonly [number, string]> => {
    const { origin } = ready().site;
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1', redirect: 'manual' });
    return [answer.status, await answer.text()];
  };
  const [status] = await send('/hebei/demand/');
  expect(status).not.toBe(503);
  await follow(admin, (page) => page.getByRole('button', { name: '暂停受理', exact: true }).click());
  for (const path of ['/hebei/demand/', '/hebei/complaints/new/', '/hebei/bookings/new/']) {
    const [refused, text] = await send(path);
    expect(refused, path).toBe(503);
    expect(text).toContain('12345');
  }
  expect((await send('/hebei/bookings/find/'))[0]).not.toBe(503);
  expect((await fetch(`${ready().site.origin}/hebei/institutions/`)).status).toBe(200);
  const opened = await follow(admin, (page) => page.getByRole('button', { name: '恢复受理', exact: true }).click());
  expect(await opened.main.innerText()).toContain('已恢复受理。');
  expect((await send('/hebei/demand/'))[0]).not.toBe(503);
});
