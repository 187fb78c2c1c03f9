import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
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

async function parent(window?: Window, at = site): Promise<Visitor> {
  if (!browser || !at) throw new Error('Nothing was started.');
  return openWindow(browser, at, window);
}
const list = '/hebei/health-points/';

describe.each([['with JavaScript', true, 390], ['without JavaScript', false, 320]] as const)('a parent who looks for a clinic %s', (_how, scripts, width) => {
  test('sees what is open today, narrows the list, and reports what is wrong', async () => {
    const visitor = await parent({ scripts, width });
    const { page } = visitor;
    const { main } = await open(visitor, list);
    expect(await main.locator('h2').allInnerTexts()).toEqual(['接种门诊', '儿保门诊', '入托体检点', '产后和心理门诊', '母婴室、爱心妈咪小屋', '相关的']);
    expect(await main.locator('.point__open .badge').allInnerTexts()).toEqual(expect.arrayContaining(['今天（周一）开 08:00–11:00', '今天（周一）不开', '今天开不开，请先打电话']));
    await page.getByLabel('类型', { exact: true }).selectOption('vaccination');
    await page.getByLabel('星期几开').selectOption('6');
    await follow(visitor, (at) => at.getByRole('button', { name: '查看' }).click());
    expect(await page.locator('.point h3').count()).toBe(1);
    await follow(visitor, (at) => at.getByRole('link', { name: /^报告信息有误/ }).click());
    await follow(visitor, (at) => at.getByRole('button', { name: '提交报告' }).click());
    expect(await page.title()).toMatch(/^有错误：/);
    await page.getByLabel('开放时间', { exact: true }).check();
    await page.getByLabel('哪里不对，正确的是什么？').fill('周三下午也开，请核对');
    const { heading } = await follow(visitor, (at) => at.getByRole('button', { name: '提交报告' }).click());
    expect(heading).toBe('已收到，谢谢您');
  });
});

test('the position leaves the page rounded, and the nearest stands first', async () => {
  const visitor = await parent();
  const { page, context } = visitor;
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ longitude: 117.204_461_2, latitude: 39.155_123_4 });
  await open(visitor, `${list}?kind=vaccination`);
  await page.getByRole('button', { name: '用我现在的位置' }).click();
  await page.waitForURL(/near=117\.204%2C39\.155&/);
  await look(visitor);
  const far = (await page.locator('.point__open').allInnerTexts()).map((said) => Number(/约 (\d+) 米/.exec(said)?.[1] ?? 1e6));
  expect(far).toHaveLength(2);
  expect(far).toEqual(far.toSorted((one, other) => one - other));
});

test('a place without a list says so and whom to ask, and shows the site its plan of 2019 names', async () => {
  const visitor = await parent({ width: 1280 }, bare);
  const { main } = await open(visitor, list);
  expect(await main.innerText()).toContain('这里还没有填名单');
  expect(await main.locator('.point').count()).toBe(0);
  const { main: past } = await open(visitor, '/xiacheng/health-points/');
  expect(await past.locator('.point h3').allInnerTexts()).toEqual(['天水武林社区卫生服务中心']);
  await open(visitor, '/nowhere/health-points/', 404);
  await open(visitor, `${list}00000000-0000-5000-8000-000000000000/report/`, 404);
});
