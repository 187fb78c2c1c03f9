// 活动日历 and 入户指导 of a place, as a family meets them.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

const parent = (width: number, scripts: boolean): Promise<Visitor> => {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, { width, scripts });
};

test.each([{ width: 320, scripts: false }, { width: 1280, scripts: true }])('activities at $width px: this week and the next, by street and age, to the form', async ({ width, scripts }) => {
  const visitor = await parent(width, scripts);
  const { page } = visitor;
  await open(visitor, '/hebei/');
  const first = await follow(visitor, () => page.getByRole('link', { name: '父母课堂和亲子活动' }).click());
  expect(first.heading).toBe('父母课堂和亲子活动');
  expect(await page.locator('.week-table').isVisible()).toBe(width >= 768);
  const all = await page.locator('.activity').count();
  expect(all).toBeGreaterThanOrEqual(6);
  expect(await first.main.innerText()).toContain('周六 11月28日');
  await follow(visitor, () => page.getByRole('link', { name: '下一周' }).click());
  expect(await page.locator('.week-day').allInnerTexts()).toEqual(['周六 12月5日']);
  const street = (await page.getByLabel('街道或乡镇').locator('option').allInnerTexts())[1] ?? '';
  await page.getByLabel('街道或乡镇').selectOption({ label: street });
  await page.getByLabel('孩子多大').selectOption('孕期');
  const filtered = await follow(visitor, () => page.getByRole('button', { name: '查看' }).click());
  const shown = await page.locator('.activity').allInnerTexts();
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.length).toBeLessThan(all);
  expect(shown.every((text) => text.includes(`（${street}）`))).toBe(true);
  expect(await filtered.main.innerText()).toContain('12月5日');
  const form = await follow(visitor, () => page.getByRole('link', { name: /^报名 周六/ }).first().click());
  expect(form.heading).toBe('报名父母课堂、亲子活动');
  await visitor.context.close();
});

test('a place without activities says so; a week that is nobody\'s, an age and a street that are none read as the present week and all', async () => {
  const visitor = await parent(390, false);
  await open(visitor, '/hebei/activities/?week=2019-13-40&months=abc');
  expect(await visitor.page.locator('.activity').count()).toBeGreaterThanOrEqual(6);
  const nowhere = await open(visitor, '/hebei/activities/?subdistrict=%3Cscript%3E');
  expect(await nowhere.main.innerText()).toContain('这一周没有符合的活动');
  await open(visitor, '/nowhere/activities/', 404);
  await visitor.context.close();
});

test('under six months leads to home visits, which name who comes, a number to verify and open times', async () => {
  const visitor = await parent(320, false);
  await open(visitor, '/hebei/institutions/?months=3');
  const visits = await follow(visitor, (page) => page.getByRole('link', { name: '约入户指导' }).click());
  for (const word of ['先出示工作证', '不推销、不收费', '核实电话', '待主办单位填写', '只到']) expect(await visits.main.innerText()).toContain(word);
  await follow(visitor, (page) => page.locator('a.slot').first().click());
  expect((await look(visitor)).heading).toBe('预约入户指导');
  await visitor.context.close();
});
