// The eight journeys that parents make most, each by keyboard alone, without scripts, in 长辈版 and inside WeChat.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { complaintWords } from '#tests/e2e/complaints.ts';
import { cardLinks, readNumbers } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { travel, ways, type Traveller } from '#tests/e2e/ways.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); }, 90_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

type Numbers = Awaited<ReturnType<typeof readNumbers>>;

async function findInstitution({ visitor: { page }, go, press, type }: Traveller): Promise<void> {
  await go('/hebei/');
  await type(page.getByRole('main').locator('input[name="q"]').first(), '示例');
  const list = await press(page.getByRole('button', { name: '搜索' }).first());
  expect(list.heading).toContain('示例');
  await go('/hebei/institutions/');
  const name = await cardLinks(page).first().innerText();
  expect((await press(cardLinks(page).first())).heading).toBe(name);
}

async function checkFiling({ visitor: { page }, go, press, type }: Traveller): Promise<void> {
  await go('/hebei/check-filing/');
  await type(page.getByRole('searchbox'), '没有这样一家托育园');
  const miss = await (await press(page.getByRole('button', { name: '查一查' }))).main.innerText();
  expect(miss).toContain('没有查到这个名称');
  expect(miss).not.toContain('未备案');
}

/** The booking's two numbers. */
async function bookVisit({ visitor: { page }, go, press, choose, type, select }: Traveller, turn: number): Promise<Numbers> {
  await go('/hebei/institutions/');
  await press(cardLinks(page).nth(turn));
  await press(page.getByRole('link', { name: /^预约参观/ }).first());
  await press(page.locator('a.slot').first());
  await select(page.locator('#field-year1'), '2025');
  await select(page.locator('#field-month1'), '5');
  await type(page.getByRole('textbox', { name: '怎么称呼您' }), '示例家长');
  await type(page.getByRole('textbox', { name: '手机号' }), `1360000100${String(turn)}`);
  await choose(page.getByLabel('我是孩子的父母或其他监护人'));
  await choose(page.getByLabel('我已阅读并同意《儿童个人信息保护规则》'));
  expect((await press(page.getByRole('button', { name: '继续' }))).heading).toBe('核对预约');
  expect((await press(page.getByRole('button', { name: '确认预约' }))).heading).toBe('参观预约已确认');
  return readNumbers(page);
}

async function cancelVisit({ visitor: { page }, go, press, type }: Traveller, { reference, queryCode }: Numbers): Promise<void> {
  await go('/hebei/bookings/find/');
  await type(page.getByLabel('预约号'), reference);
  await type(page.getByLabel('查询码'), queryCode);
  await press(page.getByRole('button', { name: '查看预约' }));
  await press(page.getByRole('button', { name: /取消/ }).first());
  expect((await press(page.getByRole('button', { name: '确认取消' }))).heading).toContain('取消');
}

/** The complaint's two numbers. */
async function complain({ visitor: { page }, go, press, choose, type }: Traveller): Promise<Numbers> {
  const on = () => press(page.getByRole('button', { name: '继续', exact: true }));
  await go('/hebei/complaints/');
  await press(page.getByRole('link', { name: '投诉', exact: true }));
  await choose(page.getByLabel('孩子可能被打、被骂、被粗暴对待'));
  await type(page.locator('#field-institutionQuery'), '示例');
  await press(page.getByRole('button', { name: '查找', exact: true }));
  await choose(page.locator('[data-choices] input[type="radio"]').first());
  await on();
  await type(page.getByLabel('发生了什么？'), complaintWords);
  await on();
  await choose(page.getByLabel('匿名'));
  expect((await on()).heading).toBe('核对并提交');
  expect((await press(page.getByRole('button', { name: '提交', exact: true }))).heading).toBe('已收到');
  return readNumbers(page);
}

async function followComplaint({ visitor: { page }, go, press, type }: Traveller, { reference, queryCode }: Numbers): Promise<void> {
  await go('/hebei/complaints/find/');
  await type(page.getByLabel('编号'), reference);
  await type(page.getByLabel('查询码'), queryCode);
  expect(await (await press(page.getByRole('button', { name: '查看进度' }))).main.innerText()).toContain('现在到哪一步');
}

async function readAboutFever({ visitor: { page }, go, press, type }: Traveller): Promise<void> {
  await go('/hebei/guidance/');
  await type(page.getByRole('main').locator('input[name="q"]').first(), '发烧怎么办'); // its role changes once suggestions can stand under it
  await press(page.getByRole('button', { name: '搜索' }).first());
  const article = await press(page.locator('.first-help').getByRole('link').first());
  expect(article.heading).toContain('发热');
  expect(await article.main.innerText()).toContain('120');
}

async function register({ visitor: { page }, go, press, choose, type, select }: Traveller, turn: number): Promise<void> {
  await go('/hebei/');
  await press(page.getByRole('link', { name: '登记入托需求' }));
  const street = page.getByLabel('您家所在的街道或乡镇');
  await select(street, await street.locator('option').nth(1).getAttribute('value') ?? '');
  await select(page.locator('#field-year1'), '2025');
  await select(page.locator('#field-month1'), '3');
  await choose(page.getByLabel('全日托'));
  await select(page.getByLabel('希望几月入托'), '2026-12');
  await type(page.getByRole('textbox', { name: '手机号' }), `1360000200${String(turn)}`);
  await choose(page.getByLabel('我是孩子的父母或其他监护人'));
  await choose(page.getByLabel('我已阅读并同意《儿童个人信息保护规则》'));
  expect((await press(page.getByRole('main').locator('form button[type="submit"]').last())).heading).toBe('已登记');
}

describe.each(ways.map((way, turn) => ({ way, turn })))('$way', ({ way, turn }) => {
  const asTraveller = async (journey: (traveller: Traveller) => Promise<void>): Promise<void> => {
    if (!browser || !site) throw new Error('Nothing was started.');
    const traveller = await travel(browser, site, way);
    await journey(traveller);
    await traveller.visitor.context.close();
  };
  test('finds an institution', () => asTraveller(findInstitution), 60_000);
  test('asks about a filing', () => asTraveller(checkFiling), 60_000);
  test('books a visit, finds it again and cancels it', () => asTraveller(async (traveller) => { await cancelVisit(traveller, await bookVisit(traveller, turn)); }), 90_000);
  test('complains, and follows the complaint', () => asTraveller(async (traveller) => { await followComplaint(traveller, await complain(traveller)); }), 90_000);
  test('reads what to do about a fever', () => asTraveller(readAboutFever), 60_000);
  test('registers a wish for a place', () => asTraveller((traveller) => register(traveller, turn)), 60_000);
});
