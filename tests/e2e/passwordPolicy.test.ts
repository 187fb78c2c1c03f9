// PASSWORD_MAX_AGE_DAYS and PASSWORD_CLASSES, as an assessor may ask for them: an old password opens nothing but the page where it is changed.
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { databaseOf } from '#tests/e2e/pair.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, signIn } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
const onPostgres = (await databaseOf(dataDir)) !== undefined;
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir, { PASSWORD_MAX_AGE_DAYS: '90', PASSWORD_CLASSES: '3' })]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

test.skipIf(onPostgres)('with an old password one is led to change it, from every page of the desk; then all opens', { timeout: 60_000 }, async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const visitor = await openWindow(browser, site, { scripts: false, width: 390 });
  const account = await demoAccountOf(dataDir, 'institution');
  await signIn(visitor, account, '/portal/');
  expect(new URL(visitor.page.url()).pathname, 'while it is young').toBe('/portal/');
  const records = new Database(join(dataDir, 'demo.sqlite'));
  records.prepare('UPDATE account SET password_set_at = ? WHERE login = ?').run(Date.now() - 90 * 86_400_000, account.login);
  records.close();
  for (const path of ['/portal/', '/portal/slots/', '/portal/bookings/']) {
    const { main } = await open(visitor, path);
    expect(new URL(visitor.page.url()).pathname, path).toBe('/account/');
    expect(await main.innerText()).toContain('密码用了 90 天以上。按本站的规定，请先在下面修改密码，再继续。');
  }
  const change = async (next: string) => {
    await visitor.page.getByLabel('现在的密码').fill(account.password);
    await visitor.page.getByLabel('新密码', { exact: true }).fill(next);
    await visitor.page.getByLabel('再输一遍密码').fill(next);
    return (await follow(visitor, (page) => page.getByRole('button', { name: '修改密码' }).click())).main.innerText();
  };
  expect(await change('marmot ofen treppe linde')).toContain('字符的种类不够');
  expect(await change('Marmot ofen treppe linde')).toContain('密码已修改');
  await open(visitor, '/portal/');
  expect(new URL(visitor.page.url()).pathname).toBe('/portal/');
  await visitor.context.close();
});
