// 巡查: a street writes down what it saw, with a signal or without; what is to be mended goes to the institution and back, until it is.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { clock, newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
function ready() {
  if (!browser || !site) throw new Error('Nothing was started.');
  return { browser, site };
}
const seat = demoDesks(dataDir);
const window = (scripts: boolean, width = 390): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const home = '/office/inspections/';
const item = (visitor: Visitor, title: string) => visitor.page.getByRole('group', { name: title });
/** The smallest picture there is. */
const picture = { name: 'door.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') };

test('from what was not in order to mended, on paper too, without a script: what was typed is kept, nothing is half-written', async () => {
  const clerk = await window(false);
  const { page } = clerk;
  await seat(clerk, 'clerk', `${home}new/`);
  const institution = page.getByLabel('机构', { exact: true });
  const own = await window(false);
  await seat(own, 'institution', '/portal/inspections/');
  await institution.selectOption((await demoAccountOf(dataDir, 'institution')).institution ?? '');
  await item(clerk, '消防通道畅通').getByLabel('不合格').check();
  await item(clerk, '收费公示').getByLabel('合格', { exact: true }).check();
  await page.getByLabel('没有发现问题').check();
  expect(await (await press(clerk, '保存巡查记录')).main.locator('.error-summary li').allInnerTexts()).toEqual(['不合格的每一项都要写明哪里不合格、要怎么改（至少两个字）。']);
  await page.getByLabel('消防通道畅通：哪里不合格，要怎么改').fill('通道堆了纸箱，清空');
  expect(await (await press(clerk, '保存巡查记录')).main.locator('.error-summary li').allInnerTexts()).toEqual(['有不合格的，结果请选“现场责令整改”或“上报主管部门”。']);
  expect(await page.getByLabel('消防通道畅通：哪里不合格，要怎么改').inputValue()).toBe('通道堆了纸箱，清空');
  await page.getByLabel('现场责令整改').check();
  expect(await (await press(clerk, '保存巡查记录')).main.locator('.error-summary li').allInnerTexts()).toEqual(['责令整改请填写最晚改好的日期。']);
  await page.getByLabel('整改最晚到').fill('2099-01-01');
  await page.getByLabel('照片', { exact: true }).setInputFiles([picture]);
  expect(await (await press(clerk, '保存巡查记录')).main.locator('.error-summary li').allInnerTexts()).toEqual(['有照片的，请核对有没有拍到人脸，核对后打勾。']);
  await page.getByLabel('照片', { exact: true }).setInputFiles([picture]);
  await page.getByLabel('已核对：照片里认不出任何一个人').check();
  expect((await press(clerk, '保存巡查记录')).heading).toBe('巡查记录');
  const record = await page.locator('main').innerText();
  expect(record).toMatch(/已保存[\s\S]*消防通道畅通\s+不合格\s+通道堆了纸箱，清空[\s\S]*整改中/);
  const photo = await page.locator('.inspection__photos img').getAttribute('src') ?? '';
  const cookie = (await clerk.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  expect((await fetch(`${ready().site.origin}${photo}`, { headers: { cookie } })).headers.get('content-type')).toBe('image/webp');
  expect((await fetch(`${ready().site.origin}${photo}`, { redirect: 'manual' })).status).not.toBe(200);

  await open(own, '/portal/inspections/');
  await own.page.getByLabel('怎么改的').fill('纸箱已清走，通道空了');
  expect(await (await press(own, '报告已改好')).main.innerText()).toMatch(/已报告，等来人复查[\s\S]*机构说已整改，等复查/);
  await open(clerk, new URL(page.url()).pathname);
  await page.getByLabel('没有改好').check();
  expect(await (await press(clerk, '保存复查')).main.locator('.error-summary').innerText()).toContain('没有改好的，请填写下一次的日期');
  await page.getByLabel('没改好的，最晚到哪天').fill('2099-02-01');
  expect(await (await press(clerk, '保存复查')).main.innerText()).toMatch(/复查已登记[\s\S]*整改中/);
  await page.getByLabel('改好了', { exact: true }).check();
  expect(await (await press(clerk, '保存复查')).main.innerText()).toContain('已整改到位');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('机构负责人签名：').isVisible()).toBe(true);
  for (const each of [clerk, own]) await each.context.close();
});

test('signed out meanwhile: nothing is lost, the phone asks to sign in', async () => {
  const street = await window(true);
  const { page, context } = street;
  await seat(street, 'street', `${home}new/`);
  await page.getByLabel('机构', { exact: true }).selectOption({ index: 1 });
  await item(street, '晨午检记录').getByLabel('合格', { exact: true }).check();
  await page.getByLabel('没有发现问题').check();
  await context.clearCookies();
  await page.getByRole('button', { name: '保存巡查记录' }).click();
  await page.getByText('登录已经结束').waitFor();
  expect(await page.getByRole('link', { name: '去登录' }).getAttribute('href')).toContain('/sign-in/');
  await context.close();
});

test('without a signal: what was typed outlives a reload, is sent when the signal is back, and once', async () => {
  const street = await window(true);
  const { page, context } = street;
  // The phone's clock stands where the site's stands: the page puts in today's date, and the site refuses a day to come.
  await context.clock.setFixedTime(clock);
  await seat(street, 'street', home);
  await page.getByRole('button', { name: '存到这部手机' }).click();
  await page.getByText(/^已存（/).waitFor();
  await context.setOffline(true);
  await page.goto('/office/inspections/new/');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('没有信号时记巡查');
  const options = await page.getByLabel('机构', { exact: true }).locator('option').allInnerTexts();
  expect(options.length).toBeGreaterThan(1);
  await page.getByLabel('机构', { exact: true }).selectOption({ index: 1 });
  await item(street, '晨午检记录').getByLabel('合格', { exact: true }).check();
  await page.getByLabel('没有发现问题').check();
  await page.getByLabel('其他要记的').fill('没有信号时写的一次');
  await page.getByLabel('照片', { exact: true }).setInputFiles([picture]);
  await page.getByLabel('已核对：照片里认不出任何一个人').check();
  await page.getByText('正在写，已存在这部手机上').waitFor();
  await page.reload();
  await page.getByText('正在写，已存在这部手机上').first().waitFor();
  expect(await page.getByLabel('其他要记的').inputValue()).toBe('没有信号时写的一次');
  await page.getByRole('button', { name: '保存巡查记录' }).click();
  await page.getByText('没有信号。已存在这部手机上').first().waitFor();
  // The answer of the first try is lost on its way: the record stands, the phone does not know it.
  await context.setOffline(false);
  let lost = 0;
  await page.route('**/office/inspections/new/', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.goto('/offline/inspection/');
  await expect.poll(() => lost, { timeout: 15_000 }).toBe(1);
  await page.getByText('没有信号。已存在这部手机上').first().waitFor();
  await page.getByRole('button', { name: /^现在发送/ }).click();
  await page.getByText('已发送。').waitFor();
  expect(street.takeComplaints().filter((line) => !/ERR_(?:CONNECTION_RESET|INTERNET_DISCONNECTED)/.test(line))).toEqual([]);
  await open(street, home);
  expect(await page.locator('.data-table tbody tr').count()).toBe(1);
  await follow(street, (at) => at.locator('.data-table tbody a').click());
  expect(await page.locator('main').innerText()).toMatch(/没有信号时写的一次/);
  expect(await page.locator('.inspection__photos img').count()).toBe(1);
  await open(street, home);
  await follow(street, (at) => at.getByRole('button', { name: '退出登录' }).click());
  expect(await page.evaluate(async () => (await caches.keys()).includes('inspection'))).toBe(false);
  await context.close();
});
