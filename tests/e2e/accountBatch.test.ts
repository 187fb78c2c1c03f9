// 批量激活信: a list with faults makes nothing and says where; a sound one makes a letter a page, shown once; a code of one opens its account.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
const found = z.object({ items: z.array(z.object({ id: z.string() })) });

test('three institutions of a list get three letters on three pages, or none', async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const answer: unknown = await (await fetch(`${site.origin}/api/v1/hebei/institutions`)).json();
  const ids = found.parse(answer).items.slice(-3).map(({ id }) => id);
  const keeper = await openWindow(browser, site, { scripts: false, width: 1280 });
  await demoDesks(dataDir)(keeper, 'systemAdmin', '/office/accounts/batch/');
  const { page } = keeper;
  const send = async (text: string) => {
    await page.getByLabel('表格').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    return follow(keeper, (at) => at.getByRole('button', { name: '检查并生成激活信' }).click());
  };
  const wrong = await send(`机构,登录名\n${ids[0] ?? ''},batch.one\n示例不存在的园,batch.two\n${ids[1] ?? ''},batch.one\n`);
  expect(await wrong.main.locator('.error-summary li').allInnerTexts()).toEqual(['第 3 行“机构”：名录里没有这家机构（示例不存在的园）。', '第 4 行“登录名”：这个登录名在表里出现了两次（batch.one）。']);
  expect(await (await open(keeper, '/office/accounts/')).main.innerText()).not.toContain('batch.one');

  await open(keeper, '/office/accounts/batch/');
  const sound = await send(`\uFEFF机构,登录名,岗位\r\n${ids.map((id, at) => `${id},batch.${String(at)},园长岗`).join('\r\n')}\r\n`);
  expect(await sound.main.locator('.letter').count()).toBe(3);
  const code = (/[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}/.exec(await sound.main.locator('.letter').first().innerText()))?.[0] ?? '';
  expect(code).not.toBe('');
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
  expect(pages.length, 'a page each').toBe(3);
  expect(await (await open(keeper, '/office/accounts/batch/')).main.innerText(), 'shown once').not.toContain(code);
  const again = await send(`机构,登录名\n${ids[0] ?? ''},batch.other\n`);
  expect(await again.main.innerText()).toContain('这家机构已有账号');
  await keeper.context.close();

  const holder = await openWindow(browser, site, { scripts: false, width: 390 });
  await open(holder, '/activate/');
  await holder.page.getByLabel('激活码').fill(code);
  for (const label of ['新密码', '再输一遍密码']) await holder.page.getByLabel(label).fill('birke kessel wolke faden');
  await follow(holder, (at) => at.locator('main form button').last().click());
  expect(await holder.page.locator('main').innerText()).toContain('账号已激活');
  await holder.context.close();
});
