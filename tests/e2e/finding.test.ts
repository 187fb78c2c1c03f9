import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { cardLinks, follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

test('a parent on a phone finds a kindergarten by its street and by pinyin, and reads that it was a plan of 2019', async () => {
  const visitor = await parent();
  const { page } = visitor;
  await open(visitor, '/');
  const home = await follow(visitor, () => page.getByRole('link', { name: '下城', exact: false }).first().click());
  expect(home.heading).toContain('历史资料');
  for (const word of ['永康苑', 'yumiao']) {
    await page.goto('/xiacheng/');
    await page.getByRole('searchbox').fill(word);
    const list = await follow(visitor, () => page.getByRole('button', { name: '搜索' }).click());
    const card = list.main.locator('.card', { hasText: '育苗幼儿园' });
    expect(await card.count(), word).toBe(1);
    expect(await card.innerText()).toContain('2019年计划');
    expect(await card.innerText()).toContain('备案情况未载明');
    expect(await card.innerText()).not.toMatch(/已备案|备案回执/);
    const institution = await follow(visitor, () => card.getByRole('link').click());
    expect(institution.heading).toBe('育苗幼儿园');
    const said = await institution.main.innerText();
    expect(said).toContain('这是规划，不是备案信息');
    expect(said).toContain('永康苑25号');
    expect(said).not.toContain('已备案');
    expect(await institution.main.getByRole('link', { name: /预约参观/ }).count()).toBe(0);
  }
  await visitor.context.close();
});

test('a search that finds nothing offers to drop one condition, and keeps its promise of how many that finds', async () => {
  const visitor = await parent();
  const none = await open(visitor, '/hebei/institutions/?months=18&maxFee=1&weekend=1');
  expect(await none.main.innerText()).toContain('没有完全符合的机构');
  const offers = none.main.locator('.links--column a', { hasText: '家）' });
  const said = await offers.allInnerTexts();
  expect(said.length).toBeGreaterThan(0);
  const addresses = await offers.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  for (const [index, address] of addresses.entries()) {
    await visitor.page.goto(address);
    const promised = /（(\d+) 家）/.exec(said[index] ?? '')?.[1];
    expect(Number(promised)).toBeGreaterThan(0);
    expect(await visitor.page.locator('.results__count').innerText()).toContain(`${promised ?? ''} 家`);
    expect(await cardLinks(visitor.page).count()).toBe(Math.min(Number(promised), 20));
  }
  await visitor.context.close();
});

test('an address with unknown words in it still opens', async () => {
  const visitor = await parent();
  await open(visitor, '/hebei/institutions/');
  const plain = await cardLinks(visitor.page).allInnerTexts();
  await open(visitor, '/hebei/institutions/?utm_source=wechat&from=timeline&fbclid=1');
  expect(await cardLinks(visitor.page).allInnerTexts()).toEqual(plain);
  await open(visitor, '/hebei/?utm_source=wechat');
  await open(visitor, '/?from=timeline');
  await visitor.context.close();
});

test('an address that leads nowhere helps in Chinese', async () => {
  const visitor = await parent();
  for (const path of ['/nowhere/', '/nowhere/institutions/', '/nowhere/check-filing/', '/hebei/institutions/00000000-0000-5000-8000-000000000000/', '/no/such/page/']) {
    const missing = await open(visitor, path, 404);
    expect(missing.heading, path).toMatch(/找不到|没有找到/);
    expect(await missing.main.getByRole('link').count(), path).toBeGreaterThan(0);
  }
  await visitor.context.close();
});

test('a parent asks about a filing: a hit says who keeps it, a miss never says that there is none', async () => {
  const visitor = await parent();
  await open(visitor, '/hebei/check-filing/');
  await visitor.page.getByRole('searchbox').fill('没有这样一家托育园');
  const miss = await follow(visitor, (page) => page.getByRole('button', { name: '查一查' }).click());
  const said = await miss.main.innerText();
  expect(said).toContain('没有查到这个名称');
  expect(said).toMatch(/可能是名称不同或尚未导入/);
  expect(said).not.toContain('未备案');
  await visitor.page.goto('/hebei/institutions/');
  const name = await cardLinks(visitor.page).first().innerText();
  const hit = await open(visitor, `/hebei/check-filing/?q=${encodeURIComponent(name)}`);
  expect(await hit.main.innerText()).toMatch(/查到 \d+ 条/);
  expect(await hit.main.getByRole('link', { name }).count()).toBeGreaterThan(0);
  expect(await hit.main.innerText()).not.toContain('未备案');
  await visitor.context.close();
});

/** What the focus rests on, whether its outline is drawn, and whether it can be seen. */
const focused = (visitor: Visitor) => visitor.page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { on: '', drawn: false, inView: false };
  // A card draws the outline of its link, a search row that of its field.
  const drawn = [element, element.parentElement, element.closest('li'), element.closest('label')].some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const { top, bottom } = element.getBoundingClientRect();
  const classes = element.getAttribute('class') ?? '';
  return { on: `${element.tagName.toLowerCase()}${classes === '' ? '' : `.${classes.replaceAll(' ', '.')}`} ${element.getAttribute('id') ?? ''}`.trim(), drawn, inView: bottom > 0 && top < innerHeight };
});

test('a parent without a mouse reaches the search, searches, and opens the first card, always seeing where the focus is', async () => {
  const visitor = await parent({ width: 1280 });
  const { page } = visitor;
  await open(visitor, '/hebei/');
  const tabTo = async (wanted: string): Promise<readonly string[]> => {
    const passed: string[] = [];
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const now = await focused(visitor);
      expect(now, `after ${passed.join(', ')}`).toMatchObject({ drawn: true, inView: true });
      passed.push(now.on);
      if (now.on.includes(wanted)) return passed;
    }
    throw new Error(`${wanted} was not reached: ${passed.join(', ')}`);
  };
  const passed = await tabTo('search__input');
  expect(passed[0]).toContain('skip'); // the way past the header comes first
  await page.keyboard.type('示例');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await look(visitor);
  expect(new URL(page.url()).searchParams.get('q')).toBe('示例');
  const first = await cardLinks(page).first().innerText();
  await tabTo('card__link');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  expect((await look(visitor)).heading).toBe(first);
  await visitor.context.close();
});
