// 搜索联想: the search field with its suggestions, and the same field without them.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const weChat = 'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50 WeChat/arm64 Language/zh_CN';
const dataDir = newDataDir();
let [site, browser]: [Site | undefined, Browser | undefined] = [undefined, undefined];
const visit = async (how: Parameters<typeof openWindow>[2] = {}): Promise<Visitor> => {
  if (!site || !browser) throw new Error('no site');
  return openWindow(browser, site, how);
};

beforeAll(async () => {
  site = await startSite(dataDir);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

/** Types into the field letter by letter; resolves when the suggestions for it stand. */
const type = async ({ page }: Visitor, typed: string): Promise<void> => {
  const field = page.locator('.search__input');
  await field.click();
  await page.waitForFunction(() => performance.getEntriesByName('search-ready').length > 0
    && (document.querySelector('form[data-guides]') === null || performance.getEntriesByName('guides-ready').length > 0));
  await field.fill('');
  await field.pressSequentially(typed);
  await expect.poll(() => page.locator('.search [role="status"]').innerText()).not.toBe('');
};
const options = ({ page }: Visitor) => page.getByRole('option');
const active = ({ page }: Visitor): Promise<string | null> => page.evaluate(() => {
  const id = document.querySelector('.search__input')?.getAttribute('aria-activedescendant');
  return id === null || id === undefined ? null : document.getElementById(id)?.textContent ?? 'nothing bears this id';
});

test('nothing of it is loaded before the field is touched', async () => {
  const visitor = await visit();
  await open(visitor, '/hebei/');
  expect(visitor.addresses.filter((url) => /search-index|mount\./.test(url))).toEqual([]);
  await type(visitor, '王');
  expect(visitor.addresses.filter((url) => url.endsWith('/api/v1/hebei/search-index'))).toHaveLength(1);
  await visitor.context.close();
});

test('by keyboard alone: an institution chosen among the suggestions opens its page', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await open(visitor, '/hebei/');
  await type(visitor, 'wangchuan');
  const combobox = page.getByRole('combobox');
  expect(await combobox.getAttribute('aria-expanded')).toBe('true');
  expect(await combobox.getAttribute('aria-controls')).toBe(await page.getByRole('listbox').getAttribute('id'));
  expect(await page.locator('.search [role="status"]').innerText()).toMatch(/^\d+ 条联想/);
  const names = await options(visitor).allInnerTexts();
  expect(names.some((name) => name.includes('王串场'))).toBe(true);
  expect(await page.locator('.offer mark').first().innerText()).toBe('王串');
  expect(await active(visitor)).toBeNull();
  await page.keyboard.press('ArrowDown');
  const first = await active(visitor);
  expect(await page.locator('[role="option"][aria-selected="true"]').count()).toBe(1);
  await page.keyboard.press('ArrowUp');
  expect(await active(visitor)).toBe((await options(visitor).allTextContents()).at(-1)); // round to the last
  await page.keyboard.press('Home');
  expect(await active(visitor)).toBe(first);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  expect(await active(visitor)).toBe(first);
  await look(visitor); // axe with the list open and an option active
  const chosen = await follow(visitor, () => page.keyboard.press('Enter'));
  expect(chosen.heading).toBe(names[0]?.split('\n')[0]);
  await visitor.context.close();
});

test('Escape closes the list and keeps the text; Enter without a choice searches as ever; Tab leaves it', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await open(visitor, '/hebei/');
  await type(visitor, '托育');
  await page.keyboard.press('Escape');
  expect(await options(visitor).count()).toBe(0);
  expect(await page.locator('.search__input').inputValue()).toBe('托育');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => options(visitor).count()).toBeGreaterThan(0);
  await page.keyboard.press('Tab');
  await expect.poll(() => options(visitor).count()).toBe(0);
  await type(visitor, '光复道');
  await follow(visitor, () => page.keyboard.press('Enter'));
  expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('光复道')}`);
  await visitor.context.close();
});

test('on the list: a place and a service word narrow it and what was chosen before stays', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await open(visitor, '/hebei/institutions/?months=18');
  await type(visitor, '望海楼');
  await follow(visitor, () => options(visitor).filter({ hasText: '望海楼街道' }).last().click());
  const first = new URL(page.url()).searchParams;
  expect([first.get('months'), first.get('q'), /^\d{9}$/.test(first.get('subdistrict') ?? '')]).toEqual(['18', null, true]);
  await type(visitor, '全托');
  await follow(visitor, () => page.getByRole('option', { name: '全日托' }).click());
  const second = new URL(page.url()).searchParams;
  expect([second.get('mode'), second.get('subdistrict'), second.get('months'), second.get('q')]).toEqual(['fullDay', first.get('subdistrict'), '18', null]);
  await visitor.context.close();
});

test('words before the last one are kept when a service word is chosen', async () => {
  const visitor = await visit();
  await open(visitor, '/hebei/');
  await type(visitor, '王串场 便宜');
  await follow(visitor, () => visitor.page.getByRole('option', { name: '普惠' }).click());
  const { searchParams } = new URL(visitor.page.url());
  expect([searchParams.get('q'), searchParams.get('affordable')]).toEqual(['王串场', '1']);
  await visitor.context.close();
});

test('a name with a wrong character: the nearest name is offered; nonsense: the search is still there', async () => {
  const visitor = await visit();
  await open(visitor, '/hebei/');
  await type(visitor, '小森琳托育园');
  expect(await visitor.page.locator('.offers__title').first().innerText()).toBe('名称相近的机构');
  await type(visitor, 'qqqzzz');
  expect(await options(visitor).count()).toBe(0);
  expect(await visitor.page.locator('.search [role="status"]').innerText()).toBe('没有联想，可以直接搜索');
  expect(await visitor.page.locator('.search__input').getAttribute('aria-expanded')).toBe('false');
  await visitor.context.close();
});

test('in 长辈版 at 320 pixels the list fits and each suggestion is tall enough to press', async () => {
  const visitor = await visit({ width: 320 });
  await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: visitor.site.origin }]);
  await open(visitor, '/hebei/');
  await type(visitor, '示例');
  const heights = await options(visitor).evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  expect(heights.length).toBeGreaterThan(3);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(64);
  await look(visitor);
  await visitor.context.close();
});

test('in WeChat: a suggestion is pressed with a finger', async () => {
  if (!site || !browser) throw new Error('no site');
  const context = await browser.newContext({ baseURL: site.origin, userAgent: weChat, hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto('/hebei/');
  await page.locator('.search__input').tap();
  await page.waitForFunction(() => performance.getEntriesByName('search-ready').length > 0);
  await page.locator('.search__input').pressSequentially('gfd');
  const name = await page.getByRole('option').first().locator('.offer__text').innerText();
  await Promise.all([page.waitForURL(/\/institutions\/[0-9a-f-]{36}\/$/), page.getByRole('option').first().tap()]);
  expect(await page.locator('h1').first().innerText()).toBe(name);
  await page.goBack();
  expect(await page.getByRole('option').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});

test('when the index cannot be had the field says so and searches', async () => {
  const visitor = await visit();
  const { page } = visitor;
  await open(visitor, '/hebei/');
  await page.route('**/search-index', (route) => route.abort());
  await page.locator('.search__input').click();
  await page.locator('.search__input').pressSequentially('王串场');
  await expect.poll(() => page.locator('.search [role="status"]').innerText()).toBe('联想暂时用不了，可以直接搜索');
  await Promise.all([page.waitForURL(/q=/), page.keyboard.press('Enter')]);
  expect(await page.locator('.cards .card').count()).toBeGreaterThan(0);
  await visitor.context.close();
});

test('without JavaScript the same field finds by pinyin', async () => {
  const visitor = await visit({ scripts: false });
  await open(visitor, '/hebei/');
  await visitor.page.getByRole('searchbox').fill('wangchuan');
  const found = await follow(visitor, (page) => page.getByRole('button', { name: '搜索' }).click());
  expect(await found.page.locator('.cards .card').count()).toBeGreaterThan(0);
  expect(visitor.addresses.some((url) => url.includes('search-index'))).toBe(false);
  await visitor.context.close();
});
