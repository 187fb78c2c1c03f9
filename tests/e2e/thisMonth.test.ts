import { readFileSync } from 'node:fs';
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

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

const page = '/hebei/this-month/';
/** Any way of writing 20 April 2026. */
const birth = /2026\D{0,3}0?4\D{0,3}20|260420/;

/** Everything this window ever sends: address, headers and body of each request. */
function watch(visitor: Visitor): readonly string[] {
  const sent: string[] = [];
  visitor.page.on('request', (request) => { sent.push(`${request.method()} ${decodeURIComponent(request.url())} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`); });
  return sent;
}

describe('a parent who types a birth date', () => {
  test('sees the exact age, the next dates and a calendar file; no request ever carries the date', async () => {
    const visitor = await parent();
    const sent = watch(visitor);
    const { page: tab } = visitor;
    await open(visitor, page);
    await tab.getByLabel('出生日期').last().fill('２０２６年４月２０日');
    const month = await follow(visitor, () => tab.getByRole('button', { name: '算一算' }).click());
    expect(new URL(tab.url()).search).toBe('?months=7');
    expect(month.heading.replaceAll('\u00a0', ' ')).toBe('满 7 个月的宝宝');
    const said = (await month.main.innerText()).replaceAll('\u00a0', ' ');
    expect(said).toContain('宝宝今天满 7 个月零 3 天');
    expect(said).toContain('2026年12月20日起 8 月龄健康检查');
    const [file] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('button', { name: '把检查和疫苗放进日历' }).click()]);
    const calendar = readFileSync(await file.path(), 'utf8');
    expect(calendar).toContain('UID:m8-2026-12-20@this-month.tuoyu\r\n');
    expect(calendar).not.toMatch(birth);
    await tab.getByText('全部日期').click();
    await look(visitor);
    // Another way to every other page of the site, and back: the device still knows, the site does not.
    await open(visitor, '/hebei/');
    await tab.goto(page);
    await tab.waitForURL(/months=7/);
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.filter((request) => birth.test(request))).toEqual([]);
    expect(await visitor.context.cookies()).toEqual([]);
    expect(visitor.site.output()).not.toMatch(birth);
    await tab.getByRole('button', { name: '从这台设备上删掉日期' }).click();
    expect(await tab.evaluate('localStorage.length')).toBe(0);
  });

  test.each([['20271231', '这一天还没有到'], ['20160101', '十年以前'], ['2025-2-30', '没有这一天'], ['明年', '没有看懂'], ['', '还没有填日期']])('that is "%s" is told so in one sentence and keeps what was typed', async (typed, sentence) => {
    const visitor = await parent();
    const { page: tab } = visitor;
    await open(visitor, `${page}?months=7`);
    const field = tab.getByLabel('出生日期').last();
    await field.fill(typed);
    await field.press('Enter');
    await tab.getByRole('alert').filter({ hasText: sentence }).waitFor();
    expect(await tab.getByRole('alert').count()).toBe(1);
    expect(await field.inputValue()).toBe(typed);
    expect(new URL(tab.url()).search).toBe('?months=7');
    await look(visitor);
  });

  test('expecting a child is led to what to get ready; after three years to kindergarten', async () => {
    const visitor = await parent();
    const { page: tab } = visitor;
    await open(visitor, page);
    await tab.getByText('预产期', { exact: true }).click();
    await tab.getByLabel('预产期').last().fill('2027,3,1');
    const expecting = await follow(visitor, () => tab.getByRole('button', { name: '算一算' }).click());
    expect(new URL(tab.url()).search).toBe('?months=-1');
    expect((await expecting.main.innerText()).replaceAll('\u00a0', ' ')).toMatch(/离预产期还有 98 天[\s\S]*办预防接种证/);
    await tab.getByRole('button', { name: '改日期' }).click();
    await tab.getByText('出生日期', { exact: true }).first().click();
    await tab.getByLabel('出生日期').last().fill('20220101');
    await tab.getByRole('button', { name: '算一算' }).click();
    await tab.getByText('多数孩子该上幼儿园了').waitFor();
    expect(new URL(tab.url()).search).toBe('?months=-1');
  });
});

describe('a parent without scripts', () => {
  test('chooses a month and reads it; the tool that needs a script is not offered', async () => {
    const visitor = await parent({ scripts: false });
    const { page: tab } = visitor;
    await open(visitor, page);
    expect(await tab.getByRole('button', { name: '算一算' }).isVisible()).toBe(false);
    await tab.getByLabel('选月龄').selectOption('18');
    const month = await follow(visitor, () => tab.getByRole('button', { name: '看这个月' }).click());
    expect(new URL(tab.url()).search).toBe('?months=18');
    const said = (await month.main.innerText()).replaceAll('\u00a0', ' ');
    for (const words of ['这个月常见的样子', '一起玩', '安全', '百白破疫苗 第 4 剂', '18 月龄健康检查', '以接种单位安排为准', '它不是诊断', '待官方核对', '尚未经医务人员审核']) expect(said).toContain(words);
    const links = await tab.locator('main a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    for (const href of links.filter((one) => one.startsWith('/'))) expect((await visitor.context.request.get(href)).status(), href).toBe(200);
  });

  test.each([['?months=37', 200, '幼儿园'], ['?months=-3', 200, '出生 1 个月内'], ['?months=３,5', 422, '没有看懂月龄“３,5”'], ['?months=１２', 200, '满 12 个月的宝宝'], ['?months=0', 200, '刚出生的宝宝'], ['?months=36', 200, '36 月龄健康检查']])('opens %s', async (query, status, words) => {
    const visitor = await parent({ scripts: false, width: 320 });
    const { main } = await open(visitor, `${page}${query}`, status);
    expect((await main.innerText()).replaceAll('\u00a0', ' ')).toContain(words);
  });
});
