// The guidance as a parent reads it: with and without scripts, in 长辈版, on paper, by keyboard, with slips of the hand.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
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

async function parent(window?: Window, mode: 'default' | 'elder' = 'default'): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  const visitor = await openWindow(browser, site, window);
  if (mode === 'elder') await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: site.origin }]);
  return visitor;
}

const pages = ['/hebei/guidance/', '/hebei/guidance/choking/', '/hebei/guidance/solid-food-by-month/', '/hebei/policy/', '/hebei/policy/leave/', '/hebei/policy/materials/', '/hebei/this-month/?months=7', '/hebei/growth/', '/hebei/growth/?indicator=length&sex=girls&months=24'];

describe('every page of the guidance', () => {
  test.each([['default', true, 320], ['default', false, 320], ['elder', true, 320], ['elder', false, 390], ['default', true, 1280]] as const)('reads well, %s, scripts %s, %i px', async (mode, scripts, width) => {
    const visitor = await parent({ scripts, width }, mode);
    for (const path of pages) {
      const { heading } = await open(visitor, path);
      expect(heading.length, path).toBeGreaterThan(2);
      expect(await visitor.page.locator('html').getAttribute('data-mode'), path).toBe(mode);
    }
    await visitor.context.close();
  });

  test('on paper: no ways on, no fields that only a screen can answer, nothing cut off', async () => {
    const visitor = await parent({ width: 794 });
    const { page } = visitor;
    for (const path of pages) {
      await page.goto(path, { waitUntil: 'networkidle' });
      await page.emulateMedia({ media: 'print' });
      const shown = await page.locator('nav, .search, button, .no-print').evaluateAll((all) => all.filter((one) => one.checkVisibility({ visibilityProperty: true })).map((one) => `${one.tagName} ${one.className} ${(one.textContent).slice(0, 30)}`));
      expect(shown, path).toEqual([]);
      expect(await page.locator('h1').isVisible(), path).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), path).toBe(true);
      await page.emulateMedia({ media: 'screen' });
    }
    await visitor.context.close();
  });
});

describe('the library', () => {
  test('without scripts shows what fits an age, and every article it names is there', async () => {
    const visitor = await parent({ scripts: false });
    const { main, page } = await open(visitor, '/hebei/guidance/');
    const links = main.locator('.library__list a');
    const all = await links.count();
    expect(all).toBeGreaterThanOrEqual(45);
    await page.getByText('0–6 个月', { exact: true }).first().click();
    const seen = await links.evaluateAll((found) => found.filter((one) => one.checkVisibility()).map((one) => one.textContent));
    expect(seen.length).toBeLessThan(all);
    expect(seen.join()).toContain('头几个月怎么喂母乳');
    expect(seen.join()).not.toContain('1 到 3 岁');
    for (const href of await links.evaluateAll((found) => found.map((one) => one.getAttribute('href') ?? ''))) expect((await visitor.context.request.get(href)).status(), href).toBe(200);
    await visitor.context.close();
  });

  test('by keyboard: from the age to an article, to when to see a doctor', async () => {
    const visitor = await parent();
    const { page } = await open(visitor, '/hebei/guidance/');
    await page.locator('#age-all').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.library__ages input:checked').getAttribute('id')).not.toBe('age-all');
    await page.locator('.library__list a:visible').first().focus();
    const article = await follow(visitor, (tab) => tab.keyboard.press('Enter'));
    const way = article.page.getByRole('link', { name: '看什么时候要就医' });
    await way.focus();
    await article.page.keyboard.press('Enter');
    await expect.poll(() => article.page.getByRole('heading', { name: '何时就医' }).evaluate((heading) => heading.getBoundingClientRect().top)).toBeLessThan(400);
    await visitor.context.close();
  });
});

describe('an article', () => {
  test('puts danger and its number before everything else, then says who checked what', async () => {
    const visitor = await parent({ scripts: false });
    const { main } = await open(visitor, '/hebei/guidance/choking/');
    const said = await main.innerText();
    const order = ['有任何一种，马上打', '尚未经医务人员审核，请以医生意见为准', '\n现在就做\n', '\n何时就医\n', '\n依据\n', '编辑核对'].map((words) => said.indexOf(words));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(-1);
    expect(said.lastIndexOf('待官方核对')).toBeGreaterThan(order[4] ?? 0);
    expect(await main.getByRole('link', { name: '120' }).first().getAttribute('href')).toBe('tel:120');
    await visitor.context.close();
  });

  test('transfers at most 25 KB and runs no script', async () => {
    const visitor = await parent();
    const devtools = await visitor.context.newCDPSession(visitor.page);
    await devtools.send('Network.enable');
    const received: number[] = [];
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => { received.push(encodedDataLength); });
    await visitor.page.goto('/hebei/guidance/solid-food-by-month/', { waitUntil: 'networkidle' });
    expect(received.length).toBeGreaterThan(1);
    expect(received.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(25 * 1024);
    expect(visitor.addresses.filter((address) => /\.m?js(\?|$)/.test(address))).toEqual([]);
    expect(await visitor.page.locator('script').count()).toBe(0);
    await visitor.context.close();
  });
});

describe('growth', () => {
  const child = async (visitor: Visitor, birth: string): Promise<void> => {
    await visitor.page.getByRole('group', { name: '宝宝是' }).getByText('男孩').click();
    await visitor.page.getByLabel('出生日期').fill(birth);
  };
  const keep = (visitor: Visitor): Promise<void> => visitor.page.getByRole('button', { name: '记下来' }).click();

  test.each([
    ['a weight of 300 kilograms', { '体重，公斤': '300' }, '体重“300”太大了，像是单位或小数点错了。'],
    ['grams without a unit', { '体重，公斤': '7500' }, '体重“7500”太大了'],
    ['a birth date ahead', { '出生日期': '2027年12月31日', '体重，公斤': '7' }, '出生日期还没有到。'],
    ['a birth ten years ago', { '出生日期': '２０１５０１０１', '体重，公斤': '7' }, '这是十年以前了。'],
    ['a day that is none', { '出生日期': '2026-2-30', '体重，公斤': '7' }, '日历上没有这一天。'],
    ['a measuring before the birth', { '哪天量的': '2026,4,19', '体重，公斤': '7' }, '量的日期早于出生日期。'],
    ['a gestation of 320 weeks', { '出生孕周（选填）': '３２０', '体重，公斤': '7' }, '孕周一般在 20 到 44 之间'],
    ['words for a length', { '身长（身高），厘米': '六十六' }, '没有看懂身长“六十六”。'],
    ['nothing', {}, '还没有填数。'],
  ] as const)('%s is told in one sentence, and nothing typed is lost', async (_, typed, sentence) => {
    const visitor = await parent();
    await open(visitor, '/hebei/growth/');
    await child(visitor, '２０２６，４，２０');
    for (const [label, text] of Object.entries(typed)) await visitor.page.getByLabel(label).fill(text);
    await keep(visitor);
    const alert = visitor.page.getByRole('alert');
    await alert.filter({ hasText: sentence }).waitFor();
    expect(await alert.count()).toBe(1);
    for (const [label, text] of Object.entries(typed)) expect(await visitor.page.getByLabel(label).inputValue()).toBe(text);
    if (!('出生日期' in typed)) expect(await visitor.page.getByLabel('出生日期').inputValue()).toBe('２０２６，４，２０');
    expect(await visitor.page.getByRole('radio', { name: '男孩' }).first().isChecked()).toBe(true);
    expect(await visitor.page.evaluate('localStorage.length')).toBe(0);
    await look(visitor);
    await visitor.context.close();
  });

  test('full-width digits and commas are read; the values are those of the printed tables; a preterm child is read by its corrected age', async () => {
    const visitor = await parent();
    const { page } = visitor;
    await open(visitor, '/hebei/growth/');
    await child(visitor, '20260420');
    await page.getByLabel('哪天量的').fill('２０２６年１１月２０日');
    await page.getByLabel('体重，公斤').fill('８，３');
    await page.getByLabel('身长（身高），厘米').fill('60');
    await keep(visitor);
    const day = page.locator('.growth-day').first();
    // WS/T 423—2022, boys at 7 months: 6.9–10.8 kg as transcribed, and the length named beside its own range.
    await day.waitFor();
    const said = (await day.innerText()).replaceAll('\u00a0', ' ');
    expect(said).toMatch(/2026年11月20日\s+满 7 个月\s/);
    expect(said).toMatch(/体重\s+8\.3 公斤\s*在参考范围内/);
    expect(said).toMatch(/身长\s+60 厘米\s*建议咨询儿保医生/);
    expect(said).not.toMatch(/正常|异常|达标|偏|矮|瘦|胖/);
    await look(visitor);
    await page.getByRole('button', { name: '改宝宝的资料' }).click();
    await page.getByLabel('出生孕周（选填）').fill('32');
    await page.getByRole('button', { name: '改好了' }).click();
    await expect.poll(async () => (await page.locator('.growth-day').first().innerText()).replaceAll('\u00a0', ' ')).toContain('按矫正月龄：满 5 个月');
    await page.reload();
    await page.locator('.growth-day').first().waitFor();
    await page.getByRole('button', { name: '全部从这台设备上删掉' }).click();
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await visitor.context.close();
  });

  test.each([['months=37', 422, '没有满 37 个月的'], ['months=7.5', 422, '没有看懂月龄“7.5”'], ['months=３６', 200, '满 36 个月的'], ['months=1,2', 422, '没有看懂月龄“1,2”'], ['months=26&indicator=length', 200, '按前后两行直线推算'], ['sex=cat&indicator=x&standard=y', 422, '0 到 36 个月']])('without scripts: ?%s', async (query, status, words) => {
    const visitor = await parent({ scripts: false, width: 320 });
    const { main, page } = await open(visitor, `/hebei/growth/?${query}`, status);
    expect((await main.innerText()).replaceAll('\u00a0', ' ')).toContain(words);
    expect(await page.getByRole('button', { name: '记下来' }).isVisible()).toBe(false);
    const asked = new URLSearchParams(query).get('months');
    if (asked !== null && status === 422) expect(await page.getByLabel('满几个月（选填）').inputValue()).toBe(asked);
    expect(await page.locator('main table').count()).toBeGreaterThan(0);
    await visitor.context.close();
  });

  test('by keyboard alone a measuring is kept', async () => {
    const visitor = await parent();
    const { page } = await open(visitor, '/hebei/growth/');
    await page.getByRole('radio', { name: '男孩' }).first().focus();
    await page.keyboard.press('Space');
    for (const text of ['20260420', '', '20261120', '8.3']) {
      await page.keyboard.press('Tab');
      if (text !== '') {
        await page.keyboard.press('ControlOrMeta+A');
        await page.keyboard.type(text);
      }
    }
    await page.keyboard.press('Enter');
    await page.locator('.growth-day').first().waitFor();
    expect(await page.getByRole('status').filter({ hasText: '记下来了' }).count()).toBe(1);
    await visitor.context.close();
  });
});
