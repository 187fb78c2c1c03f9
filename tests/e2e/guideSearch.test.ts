// 全站搜索: one box for institutions, guidance, policy and help, with scripts and without.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

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

const groupsOf = ({ page }: Visitor): Promise<readonly string[]> => page.locator('.found__title').evaluateAll((titles) => titles.map((title) => title.firstChild?.textContent ?? ''));
const type = async ({ page }: Visitor, typed: string): Promise<void> => {
  const field = page.locator('.search__input');
  await field.click();
  await page.waitForFunction(() => ['search-ready', 'guides-ready'].every((mark) => performance.getEntriesByName(mark).length > 0));
  await field.fill('');
  await field.pressSequentially(typed);
  await expect.poll(() => page.locator('.search [role="status"]').innerText()).not.toBe('');
};

test('without scripts: from the home of a place to what to do now, and to the article itself', async () => {
  const visitor = await visit({ scripts: false });
  const { page } = visitor;
  await open(visitor, '/hebei/');
  await page.getByRole('searchbox').fill('发烧怎么办');
  const results = await follow(visitor, () => page.getByRole('button', { name: '搜索' }).click());
  expect(new URL(page.url()).pathname).toBe('/hebei/search/');
  expect(results.heading).toBe('搜索“发烧怎么办”');
  const first = page.locator('.first-help');
  expect(await first.innerText()).toMatch(/先看这篇[\s\S]*发热[\s\S]*120/);
  expect(await groupsOf(visitor)).toContain('学育儿');
  expect(await page.locator('mark.hit').first().innerText()).toBe('发热');
  const article = await follow(visitor, () => first.getByRole('link').first().click());
  expect(new URL(page.url()).pathname).toBe('/hebei/guidance/fever-at-home/');
  expect(article.heading).toContain('发热');
  await visitor.context.close();
});

test('without scripts: institutions, guidance, policy and help in groups, each with its count and the way to all of it', async () => {
  const visitor = await visit({ scripts: false });
  const { page } = visitor;
  await open(visitor, `/hebei/search/?q=${encodeURIComponent('王串场')}`);
  expect(await groupsOf(visitor)).toEqual(['机构']);
  expect(await page.locator('.card__link').count()).toBeGreaterThan(1);
  await open(visitor, `/hebei/search/?q=${encodeURIComponent('备案')}`);
  expect(await groupsOf(visitor)).toEqual(['学育儿', '政策和办事', '帮助', '机构']); // a word that asks to be explained
  expect(await page.locator('.found .card__link').count()).toBe(5);
  const all = await follow(visitor, () => page.getByRole('link', { name: /查看全部 \d+ 家/ }).click());
  expect(new URL(page.url()).pathname).toBe('/hebei/institutions/');
  expect(await all.main.locator('.results__count').innerText()).toContain('家');
  await open(visitor, `/hebei/search/?q=${encodeURIComponent('何时就医')}`);
  const more = page.getByRole('link', { name: /查看全部 \d+ 条/ });
  const promised = Number(/\d+/.exec(await more.innerText())?.[0]);
  await follow(visitor, () => more.click());
  expect(await page.locator('.found__row').count()).toBe(promised);
  expect(promised).toBeGreaterThan(30);
  await open(visitor, `/hebei/search/?q=${encodeURIComponent('丢了查询码')}`);
  await follow(visitor, () => page.locator('.found__link').first().click());
  expect(page.url()).toMatch(/\/help\/#lost-code$/);
  await visitor.context.close();
});

test('bad input: nothing found, nothing typed, unknown words in the address, half a character, 5,000 characters', async () => {
  const visitor = await visit({ scripts: false, width: 320 });
  const { page } = visitor;
  const none = await open(visitor, `/hebei/search/?q=${encodeURIComponent('股票行情')}`);
  expect(await none.main.innerText()).toMatch(/没有找到“股票行情”[\s\S]*换一个短一点的词[\s\S]*120/);
  const empty = await open(visitor, '/hebei/search/');
  expect(empty.heading).toBe('搜索');
  await follow(visitor, () => empty.main.getByRole('link', { name: '噎住' }).click());
  expect(await page.locator('.first-help h2').innerText()).toContain('噎住');
  const plain = await page.locator('main').innerText();
  await open(visitor, `/hebei/search/?utm_source=wechat&q=${encodeURIComponent('噎住')}&in=nothing&page=-1&from=timeline`);
  expect(await page.locator('main').innerText()).toBe(plain);
  for (const q of ['%ED%A0%80', '%00', '%E5%99%8E'.repeat(5000), encodeURIComponent('<script>alert(1)</script>')]) await open(visitor, `/hebei/search/?q=${q}`);
  await open(visitor, '/nowhere/search/?q=a', 404);
  await visitor.context.close();
});

test('with scripts: nothing is loaded before a touch; then articles and institutions are offered in groups, and the keyboard opens one', async () => {
  const visitor = await visit();
  const { page } = visitor;
  for (const path of ['/hebei/guidance/', '/hebei/']) {
    await open(visitor, path);
    expect(visitor.addresses.filter((url) => /search-index|loadGuides/.test(url))).toEqual([]);
  }
  await type(visitor, '入托');
  expect(visitor.addresses.filter((url) => /\/search-index\/[0-9a-f]{16}(?:\.hebei)?\.json$/.test(url))).toHaveLength(2);
  expect(await page.locator('.offers__title').allInnerTexts()).toEqual(expect.arrayContaining(['学育儿', '政策和办事']));
  await look(visitor);
  await type(visitor, 'wangchuan');
  expect(await page.locator('.offers__title').allInnerTexts()).toEqual(['机构', '地点']); // no guesses beside a name
  await type(visitor, 'yezhu');
  expect(await page.locator('.offers__title').first().innerText()).toBe('学育儿');
  expect(await page.getByRole('option').first().innerText()).toMatch(/噎住[\s\S]*120/);
  expect(await page.locator('.offer mark').first().innerText()).toBe('噎住');
  await page.keyboard.press('ArrowDown');
  await look(visitor);
  const article = await follow(visitor, () => page.keyboard.press('Enter'));
  expect(article.heading).toContain('噎住');
  await visitor.context.close();
});

test('from the library and from the results, in 长辈版 on a narrow phone; Enter without a choice asks the server', async () => {
  const visitor = await visit({ width: 320 });
  const { page } = visitor;
  await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: visitor.site.origin }]);
  await open(visitor, '/hebei/guidance/');
  await type(visitor, 'chanjia');
  expect(await page.getByRole('option').first().evaluate((row) => row.getBoundingClientRect().height)).toBeGreaterThanOrEqual(64);
  await look(visitor);
  const results = await follow(visitor, () => page.keyboard.press('Enter'));
  expect(results.heading).toBe('搜索“chanjia”');
  expect((await groupsOf(visitor))).toContain('政策和办事');
  await type(visitor, '早教');
  expect(await page.getByRole('option', { name: '早教不是托育' }).count()).toBe(1);
  await visitor.context.close();
});

test('the list of institutions does not load guidance', async () => {
  const visitor = await visit();
  await open(visitor, '/hebei/institutions/');
  await visitor.page.locator('.search__input').click();
  await visitor.page.waitForFunction(() => performance.getEntriesByName('search-ready').length > 0);
  expect(visitor.addresses.filter((url) => /\/search-index\/|loadGuides/.test(url))).toEqual([]);
  await visitor.context.close();
});

test('the files are kept by browsers for good, with an ETag, and are compressed', async () => {
  const visitor = await visit();
  await open(visitor, '/hebei/');
  await visitor.page.locator('.search__input').click();
  await visitor.page.waitForFunction(() => performance.getEntriesByName('guides-ready').length > 0);
  const address = visitor.addresses.find((url) => /\/search-index\/[0-9a-f]{16}\.json$/.test(url)) ?? '';
  const answer = await fetch(address, { headers: { 'accept-encoding': 'br' } });
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('content-encoding')).toBe('br');
  const again = await fetch(address, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  await visitor.context.close();
});
