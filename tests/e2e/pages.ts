// Pages as parents see them. Looking at one checks it: axe, the console, requests to other sites, sideways scroll.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { Visitor } from '#tests/e2e/visitor.ts';

const standards = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** A page that has been looked at and found sound. */
export interface SoundPage {
  readonly visitor: Visitor;
  readonly page: Page;
  readonly main: Locator;
  readonly heading: string;
}

/** Looks at the page that is open now; fails on whatever any visitor could object to. */
export async function look(visitor: Visitor): Promise<SoundPage> {
  const { page } = visitor;
  const where = page.url().replace(visitor.site.origin, '');
  await visitor.letScriptsRun(true); // axe itself is one; the page's own were passed over while it loaded
  await unstick(page, true);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(standards).analyze();
  await unstick(page, false);
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary ?? ''}`).join('\n')}`);
  expect(faults, `axe on ${where}`).toEqual([]);
  expect(await sidewaysScroll(page), `sideways scroll on ${where}`).toEqual([]);
  expect(visitor.takeComplaints(), `the browser's complaints on ${where}`).toEqual([]);
  await visitor.letScriptsRun(visitor.hasScripts);
  const main = page.locator('main');
  return { visitor, page, main, heading: (await page.locator('h1').first().innerText()).trim() };
}

/** Lays sticky bars down in their place: what they cover changes as one scrolls, and axe would call it too small to press. */
function unstick(page: Page, lying: boolean): Promise<void> {
  return page.evaluate((isLying) => {
    for (const element of document.querySelectorAll<HTMLElement>(isLying ? 'body *' : '[data-lying]')) {
      if (isLying && !['sticky', 'fixed'].includes(getComputedStyle(element).position)) continue;
      element.toggleAttribute('data-lying', isLying);
      element.style.position = isLying ? 'static' : '';
    }
  }, lying);
}

/** Opens an address and looks at the page; `status` is what the site must answer. */
export async function open(visitor: Visitor, path: string, status = 200): Promise<SoundPage> {
  const response = await visitor.page.goto(path);
  expect(response?.status(), path).toBe(status);
  return look(visitor);
}

/** Does what leads to another page, and looks at that page. */
export async function follow(visitor: Visitor, act: (page: Page) => Promise<void>): Promise<SoundPage> {
  await Promise.all([visitor.page.waitForEvent('load'), act(visitor.page)]);
  return look(visitor);
}

/** Elements that reach past the window's edge when the page can be scrolled sideways; none on a sound page. */
function sidewaysScroll(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 0.5);
    return [`${String(document.documentElement.scrollWidth)} px wide in a window of ${String(width)} px`, ...wide.slice(-5).map((element) => element.outerHTML.slice(0, 160))];
  });
}

/** 列表: the cards on a list of institutions. */
export const cardLinks = (page: Page): Locator => page.locator('main .cards .card__link');

/** What a parent types into the booking form. */
export interface Answers {
  readonly children: readonly (readonly [year: string, month: string])[];
  readonly contactName: string;
  readonly phone: string;
  readonly actingAs: 'guardian' | 'entrusted';
  readonly note: string;
}

/** 预约参观: fills the form that is open; every row of children is opened by hand, as without JavaScript. */
export async function fillBooking(page: Page, answers: Answers): Promise<void> {
  if (answers.children.length > 1 && !(await page.locator('#field-year2').isVisible())) await page.getByText('双胞胎，或还有别的孩子一起来').click();
  for (const [index, [year, month]] of answers.children.entries()) {
    await page.locator(`#field-year${String(index + 1)}`).selectOption(year);
    await page.locator(`#field-month${String(index + 1)}`).selectOption(month);
  }
  await page.getByRole('textbox', { name: '怎么称呼您' }).fill(answers.contactName);
  await page.getByRole('textbox', { name: '手机号' }).fill(answers.phone);
  await page.getByLabel(answers.actingAs === 'entrusted' ? '我受监护人委托代为预约' : '我是孩子的父母或其他监护人').check();
  await page.getByRole('textbox', { name: '想提前告诉机构的话' }).fill(answers.note);
  await page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
}

/** What stands in the form that is open. */
export async function readBooking(page: Page): Promise<Answers & { readonly agreed: boolean }> {
  const children: (readonly [string, string])[] = [];
  for (const row of [1, 2, 3, 4]) {
    const child = [await page.locator(`#field-year${String(row)}`).inputValue(), await page.locator(`#field-month${String(row)}`).inputValue()] as const;
    if (child[0] !== '' || child[1] !== '') children.push(child);
  }
  return {
    children, contactName: await page.getByRole('textbox', { name: '怎么称呼您' }).inputValue(), phone: await page.getByRole('textbox', { name: '手机号' }).inputValue(),
    actingAs: (await page.locator('input[name="actingAs"]:checked').inputValue()) === 'entrusted' ? 'entrusted' : 'guardian',
    note: await page.getByRole('textbox', { name: '想提前告诉机构的话' }).inputValue(), agreed: await page.locator('input[name="consent"]').isChecked(),
  };
}

/** 预约回执: the two numbers of the receipt that is open. */
export async function readNumbers(page: Page): Promise<{ readonly reference: string; readonly queryCode: string }> {
  const [reference = '', queryCode = ''] = await page.locator('.ticket__value').allInnerTexts();
  return { reference: reference.trim(), queryCode: queryCode.replace(/\s/g, '') };
}

/** 预约查询: types the two numbers and looks at what comes. */
export async function findBooking(visitor: Visitor, numbers: { readonly reference: string; readonly queryCode: string }): Promise<SoundPage> {
  await open(visitor, '/hebei/bookings/find/');
  await visitor.page.getByLabel('预约号').fill(numbers.reference);
  await visitor.page.getByLabel('查询码').fill(numbers.queryCode);
  return follow(visitor, (page) => page.getByRole('button', { name: '查看预约' }).click());
}
