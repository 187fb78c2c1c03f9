// 登录提醒 in three browsers: a second browser signs in; the first reads of it on its next page and says 不是我; the second is out, and the keeper of rights sees both.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks, signIn } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

test('who signs in from a new browser is told to the holder, who ends it', async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const [own, other, keeper] = [await openWindow(browser, site, { scripts: false, width: 390 }), await openWindow(browser, site, { scripts: false, width: 1280 }), await openWindow(browser, site, { scripts: false, width: 1280 })];
  const account = await demoAccountOf(dataDir, 'institution');
  await signIn(own, account, '/portal/');
  expect(await own.page.locator('main').innerText()).not.toContain('登录提醒');
  const kept = (await own.context.cookies()).find(({ name }) => name === '__Host-device');
  expect(kept).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  await signIn(other, account, '/portal/');
  expect((await other.context.cookies()).find(({ name }) => name === '__Host-device')?.value).not.toBe(kept?.value);
  expect(await (await open(other, '/account/')).main.innerText(), 'nothing of itself to answer here').toContain('这台设备比提醒的登录还新');
  expect(await other.page.getByRole('button', { name: '都是我本人' }).count()).toBe(0);

  expect(await (await open(own, '/portal/places/')).main.innerText()).toContain('您的账号有新的登录提醒');
  await follow(own, (page) => page.getByRole('link', { name: '去看看是不是您本人' }).click());
  expect(await own.page.locator('main').innerText()).toContain('在新设备上登录');
  const said = await follow(own, (page) => page.getByRole('button', { name: '不是我' }).click());
  expect(await said.main.innerText()).toContain('已结束其他所有登录');
  expect(await (await open(own, '/portal/')).main.innerText()).not.toContain('您的账号有新的登录提醒');
  await other.page.goto(`${site.origin}/portal/`);
  expect(other.page.url()).toContain('/sign-in/');

  await demoDesks(dataDir)(keeper, 'securityAdmin', '/office/sign-ins/');
  expect(await keeper.page.locator('main').innerText()).toMatch(/在新设备上登录[\s\S]*不是本人/);
  await keeper.page.getByLabel('结束哪个账号的登录').selectOption(account.login);
  const ended = await follow(keeper, (page) => page.getByRole('button', { name: '结束登录' }).click());
  expect(await ended.main.innerText()).toContain(`${account.login} 的登录已全部结束`);
  await own.page.goto(`${site.origin}/portal/`);
  expect(own.page.url()).toContain('/sign-in/');
  for (const each of [own, other, keeper]) await each.context.close();
});
