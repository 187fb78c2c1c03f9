import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { institutionsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
let ids: readonly string[] = [];
let names: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  const institutions = await institutionsOf(site);
  ids = institutions.map(({ id }) => id);
  names = new Map(institutions.map(({ id, name }) => [id, name]));
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

const compareAt = (some: readonly string[], more = ''): string => `/hebei/institutions/compare/?ids=${some.join(',')}${more}`;
/** Names in the head of the table, as a reader hears them. */
const compared = (page: Page): Promise<readonly string[]> => page.locator('.compare thead a').allInnerTexts();
const nameOf = (id: string | undefined): string => names.get(id ?? '') ?? 'unknown';
const heart = (page: Page, name: string) => page.getByRole('checkbox', { name: `收藏 ${name}` });
const metaOf = (page: Page, property: string): Promise<string | null> => page.locator(`meta[property="og:${property}"]`).getAttribute('content');

test('a parent keeps two with their hearts, finds them kept in another tab, and compares them for the age asked', async () => {
  const visitor = await parent();
  const { page, context } = visitor;
  await open(visitor, '/hebei/institutions/?months=18');
  const cards = await page.locator('.card').filter({ has: page.locator('.heart') }).locator('.card__link').allInnerTexts();
  const [first = '', second = ''] = cards;
  expect(await page.locator('.tray').isVisible()).toBe(false);
  await heart(page, first).click();
  expect(await page.locator('.tray').innerText()).toContain('再收藏一家就能比较');
  expect(await page.getByRole('button', { name: '比较' }).isVisible()).toBe(false);
  await heart(page, second).click();
  expect(await page.locator('.tray').innerText()).toContain('已收藏 2 家');
  const kept = [first, second].map((name) => [...names].find(([, known]) => known === name)?.[0]);
  expect(await page.evaluate(() => Object.entries({ ...localStorage }))).toEqual([['tuoyu:shortlist:hebei', JSON.stringify(kept)]]);
  const other = await context.newPage();
  await other.goto('/hebei/institutions/');
  await other.locator('.tray').waitFor();
  expect(await heart(other, first).isChecked()).toBe(true);
  await heart(other, cards[2] ?? '').click();
  await page.getByText('已收藏 3 家').waitFor();
  await heart(other, cards[2] ?? '').click();
  await other.close();
  await page.getByText('已收藏 2 家').waitFor();
  const comparison = await follow(visitor, () => page.getByRole('button', { name: '比较' }).click());
  expect(comparison.heading).toBe('并排比较');
  expect(await compared(page)).toEqual([first, second]);
  expect(await comparison.main.innerText()).toContain('按 18 个月的孩子比较');
  await page.goBack();
  await page.locator('.tray').waitFor();
  expect(await heart(page, first).isChecked()).toBe(true);
  await heart(page, first).click();
  await heart(page, second).click();
  expect(await page.locator('.tray').isVisible()).toBe(false);
  await context.close();
});

test('without JavaScript a parent ticks three hearts and compares them', async () => {
  const visitor = await parent({ scripts: false });
  const { page } = visitor;
  await open(visitor, '/hebei/institutions/?months=18');
  expect(await page.locator('.tray').innerText()).toContain('点心形选 2 到 4 家');
  const boxes = page.locator('.heart__box');
  const ticked: string[] = [];
  for (const at of [0, 2, 3]) {
    await boxes.nth(at).check();
    ticked.push(nameOf(await boxes.nth(at).getAttribute('value') ?? ''));
  }
  const comparison = await follow(visitor, () => page.getByRole('button', { name: '比较' }).click());
  expect(new URL(page.url()).searchParams.get('months')).toBe('18');
  expect(await compared(page)).toEqual(ticked);
  expect(await comparison.main.innerText()).toContain('按 18 个月的孩子比较');
  const rows = await page.locator('.compare__row--differs').count();
  expect(await comparison.main.innerText()).toContain(`有 ${String(rows)} 项不同`);
  expect(await page.locator('.compare__row--differs .compare__mark').allInnerTexts()).toEqual(Array.from({ length: rows }, () => expect.stringContaining('不同')));
  await page.getByRole('link', { name: /收起相同的/ }).click();
  expect(await page.locator('.compare__row--same').count()).toBe(0);
  expect(await page.locator('.compare__row--differs').count()).toBe(rows);
  await follow(visitor, () => page.getByRole('link', { name: `不比这家 ${ticked[1] ?? ''}` }).click());
  expect(await compared(page)).toEqual([ticked[0], ticked[2]]);
  await visitor.context.close();
});

test('an address that names the wrong, the repeated, the foreign and too many still compares the rest, and says why', async () => {
  const visitor = await parent({ scripts: false });
  const wrong = ['00000000-0000-5000-8000-000000000000', 'xyz', ids[0] ?? ''];
  const { main } = await open(visitor, compareAt([...ids.slice(0, 6), ...wrong]));
  expect(await compared(visitor.page)).toEqual(ids.slice(0, 4).map(nameOf));
  const said = await main.locator('.panel--amber').innerText();
  for (const sentence of ['先比较了前 4 家', '有 1 家在本地区没有找到', '1 处写得不对', '重复的只列了一次']) expect(said).toContain(sentence);
  expect(await main.locator('fieldset input[type=checkbox]').count()).toBe(6);
  await open(visitor, compareAt([ids[0] ?? '', ids[1] ?? '']).replace('/hebei/', '/zezhou/'));
  expect(await visitor.page.locator('main').innerText()).toContain('有 2 家在本地区没有找到');
  for (const path of ['', '?ids=', '?ids=%3Cscript%3Ealert(1)%3C%2Fscript%3E', `?ids=${"'%20OR%201=1--,".repeat(400)}`, '?ids=a&months=abc&near=91,181&start=x&same=%00x']) {
    const empty = await open(visitor, `/hebei/institutions/compare/${path}`);
    expect(await empty.main.innerText(), path).toContain('还没有选要比较的机构');
  }
  const one = await open(visitor, compareAt(ids.slice(0, 1)));
  expect(await one.main.innerText()).toContain('再选一家就能比较');
  expect(await one.main.getByRole('link', { name: nameOf(ids[0]) }).count()).toBe(1);
  await open(visitor, '/nowhere/institutions/compare/', 404);
  await visitor.context.close();
});

test('a browser that blocks storage compares all the same, and says that hearts will not last', async () => {
  const visitor = await parent();
  const { page } = visitor;
  await page.addInitScript(() => { Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } }); });
  await open(visitor, '/hebei/institutions/');
  const boxes = page.locator('.heart__box');
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  expect(await page.locator('.tray').innerText()).toContain('不让本站保存收藏');
  await follow(visitor, () => page.getByRole('button', { name: '比较' }).click());
  expect(await compared(page)).toHaveLength(2);
  await visitor.context.close();
});

test('an institution is kept on its own page by keyboard alone, and the way to the comparison appears', async () => {
  const visitor = await parent({ width: 1280 });
  const { page } = visitor;
  for (const [at, id] of ids.slice(0, 2).entries()) {
    await open(visitor, `/hebei/institutions/${id}/`);
    const button = page.getByRole('button', { name: `收藏 ${nameOf(id)}` });
    for (let presses = 0; presses < 60 && !(await button.evaluate((element) => element === document.activeElement)); presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press(at === 0 ? 'Enter' : 'Space');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await look(visitor);
  }
  const link = page.getByRole('link', { name: '去比较收藏的 2 家' });
  await link.focus();
  await follow(visitor, () => page.keyboard.press('Enter'));
  expect(await compared(page)).toEqual(ids.slice(0, 2).map(nameOf));
  await page.goto(`/hebei/institutions/${ids[0] ?? ''}/`);
  const button = page.getByRole('button', { name: `收藏 ${nameOf(ids[0])}` });
  await button.press('Enter');
  expect(await button.getAttribute('aria-pressed')).toBe('false');
  await visitor.context.close();
});

test('without JavaScript the button on an institution\'s page leads to a page that helps', async () => {
  const visitor = await parent({ scripts: false });
  await open(visitor, `/hebei/institutions/${ids[0] ?? ''}/`);
  const page = await follow(visitor, (opened) => opened.getByRole('button', { name: `收藏 ${nameOf(ids[0])}` }).click());
  expect(await page.main.innerText()).toContain('再选一家就能比较');
  await visitor.context.close();
});

describe.each([{ mode: 'default' }, { mode: 'elder' }])('$mode', ({ mode }) => {
  test.each([320, 390, 768, 1280])('the comparison of two and of four holds in a window of %i pixels', async (width) => {
    const visitor = await parent({ width });
    await visitor.context.addCookies([{ name: 'mode', value: mode, url: visitor.site.origin }]);
    for (const count of [2, 4]) {
      await open(visitor, compareAt(ids.slice(0, count), '&months=18&near=117.2,39.16'));
      const small = await visitor.page.evaluate(() => [...document.querySelectorAll('main :is(a, button, summary, select)')]
        .filter((element) => element.getClientRects().length > 0 && !element.closest('.status-note, .note, .breadcrumb'))
        .map((element) => ({ box: element.getBoundingClientRect(), html: element.outerHTML.slice(0, 120) }))
        .filter(({ box }) => box.height < 43.5 || box.width < 43.5).map(({ box, html }) => `${String(box.width)}×${String(box.height)} ${html}`));
      expect(small).toEqual([]);
      const table = visitor.page.getByRole('table', { name: '机构比较表' });
      expect(await table.getByRole('columnheader').count()).toBe(count + 1);
      // A group's heading is one cell over the whole width; a fact's row has one for each institution.
      expect(await table.getByRole('row').filter({ has: visitor.page.getByRole('rowheader') }).first().getByRole('cell').count()).toBe(count);
    }
    await visitor.context.close();
  });
});

test('a message passes on title, description and a picture that WeChat takes, and keeps the family\'s position back', async () => {
  const wechat = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160 MMWEBSDK/20240404 MicroMessenger/8.0.49 NetType/WIFI Language/zh_CN';
  const visitor = await parent();
  const { page } = visitor;
  await page.setExtraHTTPHeaders({ 'user-agent': wechat });
  await page.addInitScript((agent) => { Object.defineProperty(navigator, 'userAgent', { get: () => agent }); }, wechat);
  for (const path of ['/hebei/institutions/', `/hebei/institutions/${ids[0] ?? ''}/`, compareAt(ids.slice(0, 2), '&months=18&near=117.2,39.16')]) {
    await open(visitor, path);
    expect(await metaOf(page, 'title'), path).toBe(await page.title());
    expect((await metaOf(page, 'description') ?? '').length, path).toBeGreaterThan(10);
    const picture = await metaOf(page, 'image') ?? '';
    expect(picture.startsWith(`${visitor.site.origin}/`), path).toBe(true);
    const { width, height } = await sharp(Buffer.from(await (await fetch(picture)).arrayBuffer())).metadata();
    expect(Math.min(width, height), path).toBeGreaterThanOrEqual(300);
    const first = await page.locator('img').first().evaluate((image) => [image.getAttribute('src'), Number(image.getAttribute('width')), Number(image.getAttribute('height'))]);
    expect(first, path).toEqual([new URL(picture).pathname, width, height]);
  }
  const link = await metaOf(page, 'url') ?? '';
  expect(link).toBe(`${visitor.site.origin}${compareAt(ids.slice(0, 2), '&months=18')}`);
  await page.locator('summary', { hasText: '分享' }).click();
  const text = await page.locator('.share__text').innerText();
  expect(text).toContain(nameOf(ids[0]));
  expect(text).toContain(link);
  expect(text).not.toContain('117.2');
  expect(await page.locator('.share__body').innerText()).toContain('点右上角“…”转发');
  const schemes = await page.locator('a[href]').evaluateAll((links) => links.map((each) => new URL(each.getAttribute('href') ?? '', location.href).protocol));
  expect([...new Set(schemes)].filter((scheme) => !['http:', 'https:', 'tel:'].includes(scheme))).toEqual([]);
  await look(visitor);
  await visitor.context.close();
});

test('the share button uses the phone\'s own sheet, and copies where there is none', async () => {
  const visitor = await parent();
  const { page, context } = visitor;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: visitor.site.origin });
  await page.addInitScript(() => {
    Reflect.set(globalThis, 'shared', []);
    Object.defineProperty(navigator, 'share', { configurable: true, value: (data: unknown) => { Reflect.get(globalThis, 'shared').push(data); return Promise.resolve(); } });
  });
  await open(visitor, compareAt(ids.slice(0, 2)));
  await page.locator('summary', { hasText: '分享' }).click();
  const shared = await page.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'shared')));
  expect(shared).toContain(`"url":"${visitor.site.origin}${compareAt(ids.slice(0, 2))}"`);
  await page.addInitScript(() => { Reflect.deleteProperty(navigator, 'share'); Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'share'); });
  await page.reload();
  await page.locator('summary', { hasText: '分享' }).click();
  await page.getByRole('button', { name: '复制文字和链接' }).click();
  await page.getByText('已复制，可以去微信粘贴').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(compareAt(ids.slice(0, 2)));
  await look(visitor);
  await context.close();
});
