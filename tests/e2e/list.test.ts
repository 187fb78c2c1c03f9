// 找托育: the list and its filters as a parent works them, with JavaScript and without.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { cardLinks, follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

let site: Site;
let browser: Browser;
let folder: string;
beforeAll(async () => { folder = newDataDir(); site = await startSite(folder); browser = await launchBrowser(); });
afterAll(async () => { await browser.close(); await site.stop(); removeDataDir(folder); });

const option = (page: Page, name: string, value: string) => page.locator(`.filter-form .facet__option:has(input[name="${name}"][value="${value}"])`);
const promised = async (page: Page, name: string, value: string): Promise<number> => Number((/\d+/.exec((await option(page, name, value).locator('.facet__count').textContent()) ?? '') ?? [])[0]);
const counted = async (page: Page): Promise<number> => Number((/\d+/.exec(await page.getByRole('status').first().innerText()) ?? [])[0]);
const chosen = (page: Page) => page.locator('.chips [aria-current]').allInnerTexts();
const apply = (page: Page) => page.getByRole('button', { name: '查看结果' }).click();

describe.each([{ scripts: true }, { scripts: false }])('filters, scripts $scripts', ({ scripts }) => {
  test('every choice keeps the promise of its count, stands as a chip and in the address, and goes back', async () => {
    const visitor = await openWindow(browser, site, { scripts });
    const { page } = visitor;
    await open(visitor, '/hebei/institutions/?filters=open');
    for (const [name, value] of [['accepts', 'allergy'], ['ownership', 'privateForProfit'], ['holidays', '1'], ['meals', '1']] as const) {
      const expected = await promised(page, name, value);
      expect(expected, name).toBeGreaterThan(0);
      await option(page, name, value).locator('input').check();
      await Promise.all([page.waitForEvent('load'), apply(page)]); // looked at below, with all of them chosen
      expect(await counted(page), `${name}=${value}`).toBe(expected);
      expect(await page.title()).toContain(`${String(expected)} 家符合`);
      expect(await cardLinks(page).count()).toBe(expected);
      expect(new URL(page.url()).searchParams.getAll(name)).toEqual([value]);
      if (!await page.locator('.filter-form').isVisible()) await page.locator('.filters > summary').click();
    }
    await look(visitor);
    expect((await chosen(page)).join()).toMatch(/可接收食物过敏|民办营利|寒暑假开放|提供餐食/);
    expect((await chosen(page)).length).toBe(4);
    expect(page.url()).not.toMatch(/birth|lng|lat/i);

    await page.goBack();
    expect(await option(page, 'meals', '1').locator('input').isChecked()).toBe(false);
    expect(await option(page, 'holidays', '1').locator('input').isChecked()).toBe(true);
    expect((await chosen(page)).length).toBe(3);
    await follow(visitor, (at) => at.locator('.chips a', { hasText: '可接收食物过敏' }).click());
    expect(new URL(page.url()).searchParams.has('accepts')).toBe(false);
    await follow(visitor, (at) => at.getByRole('link', { name: '清除全部', exact: true }).click());
    expect(new URL(page.url()).search).toBe('');
    await visitor.context.close();
  });
});

test('an age says in its own words how many take it, and is told from a start month', async () => {
  const visitor = await openWindow(browser, site);
  const { page } = visitor;
  await open(visitor, '/hebei/institutions/?filters=open');
  const label = await page.locator('#field-months option[value="18"]').innerText();
  await page.locator('#field-months').selectOption('18');
  await follow(visitor, apply);
  expect(label).toBe(`18 个月（${String(await counted(page))} 家）`);
  await page.locator('.filters > summary').click();
  const start = page.locator('#field-start option').nth(3);
  const [value, said] = [await start.getAttribute('value') ?? '', await start.innerText()];
  await page.locator('#field-start').selectOption(value);
  await follow(visitor, apply);
  expect(said).toContain(`（${String(await counted(page))} 家）`);
  await visitor.context.close();
});

test('under six months, from three years on and before birth the list answers with more than a count', async () => {
  const visitor = await openWindow(browser, site);
  for (const [months, words] of [['4', ['入户指导', '儿童保健', '社区卫生服务中心', '待主办单位填写']], ['38', ['小班', '看幼儿园托班']], ['-3', ['预约参观', '选计划入托时间']]] as const) {
    const { main } = await open(visitor, `/hebei/institutions/?months=${months}`);
    for (const word of words) expect(await main.innerText(), months).toContain(word);
  }
  await follow(visitor, (page) => page.getByRole('link', { name: '选计划入托时间' }).click());
  expect(await visitor.page.locator('#field-start').isVisible()).toBe(true);
  await visitor.context.close();
});

test('nothing found: up to three ways on, each keeping its promise, and a way to be told', async () => {
  const visitor = await openWindow(browser, site);
  const { page } = visitor;
  const { main } = await open(visitor, '/hebei/institutions/?months=30&maxFee=1500&weekend=1&free=1&mode=fullDay&subdistrict=120105008');
  expect(await counted(page)).toBe(0);
  const ways = await main.locator('.links--column a', { hasText: '家）' }).evaluateAll((links) => links.map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent })));
  expect(ways.length).toBeGreaterThan(0);
  expect(ways.length).toBeLessThanOrEqual(3);
  const told = new URL(await main.getByRole('link', { name: '有空位告诉我' }).getAttribute('href') ?? '', site.origin);
  expect(told.pathname).toBe('/hebei/demand/');
  expect([...told.searchParams]).toEqual([['months', '30'], ['mode', 'fullDay'], ['subdistrict', '120105008'], ['maxFee', '1500']]);
  for (const { href, text } of ways) {
    await page.goto(href);
    expect(text).toContain(`（${String(await counted(page))} 家）`);
  }
  await visitor.context.close();
});

test('未填报 is shown as 未填报, after those that say yes', async () => {
  const visitor = await openWindow(browser, site);
  const { main } = await open(visitor, '/hebei/institutions/?accepts=allergy');
  const cards = await main.locator('.cards .card').allInnerTexts();
  const says = cards.map((text) => (text.includes('可接收食物过敏') ? 'yes' : text.includes('食物过敏：机构未填报') ? 'silent' : 'no'));
  expect(says).not.toContain('no');
  expect(says.indexOf('silent')).toBeGreaterThan(0);
  expect(says.lastIndexOf('yes')).toBeLessThan(says.indexOf('silent'));
  expect(await main.innerText()).toContain(`其中 ${String(says.filter((one) => one === 'yes').length)} 家填报可接收`);
  await visitor.context.close();
});

describe.each([{ width: 320, height: 800 }, { width: 390, height: 600 }, { width: 390, height: 480 }, { width: 768, height: 800 }, { width: 1280, height: 700 }])('in $width × $height', ({ width, height }) => {
  test('whatever the keyboard reaches in the filters is not covered by their button', async () => {
    const visitor = await openWindow(browser, site, { width });
    const { page } = visitor;
    await page.setViewportSize({ width, height });
    await page.goto('/hebei/institutions/?filters=open');
    for (const fold of await page.locator('.filter-form summary').all()) await fold.click();
    const fields = await page.locator('.filter-form :is(input:not([type="hidden"]), select, summary)').count();
    expect(fields).toBeGreaterThan(30);
    await page.locator('#field-months').focus();
    const reached = new Set<string>();
    for (let step = 0; step < fields; step += 1) {
      const state = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at?.closest('.filter-form')) return null;
        const { x, y, width: wide, height: high } = at.getBoundingClientRect();
        const top = document.elementFromPoint(x + Math.min(wide / 2, 12), y + high / 2);
        return { name: `${at.getAttribute('name') ?? at.tagName}=${at.getAttribute('value') ?? ''}`, free: top !== null && (top === at || at.contains(top) || top.closest('label')?.contains(at) === true) };
      });
      if (state === null || state.name.startsWith('BUTTON')) break;
      reached.add(state.name);
      expect(state.free, `${state.name} is covered`).toBe(true);
      await page.keyboard.press('Tab');
    }
    expect(reached.size).toBeGreaterThan(25);
    await visitor.context.close();
  });
});

test('on paper the conditions stand in words, and nothing that can only be pressed', async () => {
  const visitor = await openWindow(browser, site, { width: 720 });
  const { page } = visitor;
  await page.goto('/hebei/institutions/?months=18&accepts=medicine&maxFee=3000');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.results__conditions').innerText()).toBe('查找条件：18 个月、可接收慢病用药、每月 ¥3,000 以内');
  for (const pressed of ['.sorts', '.results__clear', '.chips', '.filters', '.search']) expect(await page.locator(pressed).first().isVisible(), pressed).toBe(false);
  await visitor.context.close();
});

test('the open filters and the list are sound in elder mode and at twice the text', async () => {
  const visitor = await openWindow(browser, site, { width: 320 });
  await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: site.origin }]);
  await open(visitor, '/hebei/institutions/?filters=open&months=4&accepts=allergy');
  await visitor.context.clearCookies();
  await visitor.page.goto('/hebei/institutions/?filters=open&accepts=medicine');
  await visitor.page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await look(visitor);
  await visitor.context.close();
});
