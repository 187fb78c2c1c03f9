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

test('a session planted in a browser is none, before the sign-in and after; who is removed while at work is out with the next page, and a form sent then writes nothing', { timeout: 120_000 }, async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const [victim, keeper] = [await openWindow(browser, site, { scripts: false, width: 390 }), await openWindow(browser, site, { scripts: false, width: 1280 })];
  const planted = 'A'.repeat(43);
  await victim.context.addCookies([{ name: '__Host-sid', value: planted, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
  const account = await demoAccountOf(dataDir, 'institution', '140525');
  await signIn(victim, account, '/portal/');
  const given = (await victim.context.cookies()).find(({ name }) => name === '__Host-sid')?.value;
  expect(given).toMatch(/^[\w-]{43}$/);
  expect(given).not.toBe(planted);
  const reply = (value: string) => fetch(`${site?.origin ?? ''}/portal/`, { redirect: 'manual', headers: { cookie: `__Host-sid=${value}` } });
  expect((await reply(planted)).status).toBe(303);
  expect((await reply(given ?? '')).status).toBe(200);

  await demoDesks(dataDir)(keeper, 'systemAdmin', '/office/accounts/', '140525');
  const own = keeper.page.locator('li, tr, article').filter({ hasText: account.login }).last();
  await own.locator('summary').first().click();
  await follow(keeper, () => own.getByRole('button', { name: '停用', exact: true }).click());
  expect(await keeper.page.locator('main').innerText()).toContain(`${account.login} 已停用`);
  expect((await reply(given ?? '')).status).toBe(303);
  const sent = await fetch(`${site.origin}/account/`, { method: 'POST', redirect: 'manual', headers: { 'cookie': `__Host-sid=${given ?? ''}`, 'origin': site.origin, 'content-type': 'application/x-www-form-urlencoded' }, body: 'act=end-others' });
  expect(sent.status).toBe(303);
  expect(sent.headers.get('location')).toContain('/sign-in/');
  for (const each of [victim, keeper]) await each.context.close();
});
