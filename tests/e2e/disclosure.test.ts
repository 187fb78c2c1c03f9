import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '#tests/browser.ts';
import { open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const [dataDir, emptyDir] = [newDataDir(), newDataDir()];
let [browser, site, bare]: [Browser | undefined, Site | undefined, Site | undefined] = [undefined, undefined, undefined];
beforeAll(async () => { [browser, site, bare] = await Promise.all([launchBrowser(), startSite(dataDir), startSite(emptyDir, { DEMO: '0' })]); });
afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.stop(), bare?.stop()]);
  removeDataDir(dataDir);
  removeDataDir(emptyDir);
});

async function parent(window: Window, at = site): Promise<Visitor> {
  if (!browser || !at) throw new Error('Nothing was started.');
  return openWindow(browser, at, window);
}
const get = async (path: string, at = site) => fetch(`${at?.origin ?? ''}${path}`);
const total = z.object({ total: z.number() });

test('from the home page a reader comes to figures that agree with the list and the table', async () => {
  const visitor = await parent({ scripts: false, width: 320 });
  const { main } = await open(visitor, '/hebei/');
  await main.getByRole('link', { name: '本地托育情况' }).click();
  await visitor.page.waitForURL('**/hebei/disclosure/');
  const text = await visitor.page.locator('main').innerText();
  const listed = total.parse(await (await get('/api/v1/hebei/institutions?size=1')).json()).total;
  expect(text).toMatch(new RegExp(`已备案在册\\s+${String(listed)} 家`));
  expect(text).toContain('缺常住人口数，没有分母不计算');
  expect(text).toContain(`其中 ${String(listed)} 家是示例机构，不是真实数据`);
  const csv = await get('/hebei/disclosure/figures.csv');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(await csv.text()).toContain(`已备案在册,全部,${String(listed)},家`);
  expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('each plan is quoted with its line; what cannot be counted is left to the organiser, and an abolished district is history', async () => {
  const visitor = await parent({ scripts: true, width: 1280 });
  const textOf = async (slug: string) => { await open(visitor, `/${slug}/disclosure/`); return visitor.page.locator('main').innerText(); };
  const zezhou = await textOf('zezhou');
  expect(zezhou).toContain('“全县辖区内每个乡镇至少有一家以上婴幼儿照护服务机构或托育一体化幼儿园”（第 29 行）');
  expect(zezhou).toMatch(/每个乡镇至少 1 家\s+2025年\s+期限已过\s+现在 \d+／\d+，(没有)?达到/);
  expect(zezhou).toMatch(/至少 4\.5 个\s+2025年\s+期限已过\s+待主办单位填写（缺常住人口数）/);
  expect(await textOf('daqing')).toMatch(/各县（区）各 1 所\s+2021年\s+方案已过期\s+待主办单位填写/);
  const xiacheng = await textOf('xiacheng');
  expect(xiacheng).toContain('这个行政区已经撤销，下面的目标是历史资料');
  expect(xiacheng).toContain('2019 年的方案列了 14 个，是计划，不是备案');
  expect(xiacheng).not.toMatch(/，(没有)?达到/);
});

test('a place without institutions says so and invents nothing; an unknown place is not found', async () => {
  const visitor = await parent({ scripts: true, width: 390 }, bare);
  await open(visitor, '/zezhou/disclosure/');
  const text = await visitor.page.locator('main').innerText();
  expect(text).toMatch(/已备案在册\s+0 家/);
  expect(text).toContain('还没有机构，也没有登记的需求。');
  expect(text).toContain('这段时间少于 5 件，按规则不公布。');
  expect(text).not.toContain('示例');
  expect((await get('/nowhere/disclosure/', bare)).status).toBe(404);
  expect((await get('/nowhere/disclosure/figures.csv', bare)).status).toBe(404);
});
