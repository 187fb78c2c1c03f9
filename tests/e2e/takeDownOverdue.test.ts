// 停止展示 at once by one, confirmed by a second within a working day: with the clock moved on, the office's start page and its lists say when it is due and when it is over; nobody confirms their own.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let browser: Browser | undefined;
let site: Site | undefined;
beforeAll(async () => { browser = await launchBrowser(); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
const seat = demoDesks(dataDir);

/** The same records, by another clock. */
async function at(now: string): Promise<(role: string, to: string) => Promise<Visitor>> {
  await site?.stop();
  site = undefined;
  const started = await startSite(dataDir, { NOW: now });
  site = started;
  return async (role, to) => {
    if (!browser) throw new Error('Nothing was started.');
    const visitor = await openWindow(browser, started, { scripts: false, width: 1280 });
    await seat(visitor, role, to);
    return visitor;
  };
}
const queue = 'main a[href^="/office/due/?queue=seconds"]';
const words = (visitor: Visitor): Promise<string> => visitor.page.locator('main').innerText();
const list = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

test('entered on a Friday, due on Monday, over on Tuesday, and gone from the list once another has confirmed', { timeout: 180_000 }, async () => {
  const friday = await at('2026-11-20T17:00:00+08:00');
  const answer: unknown = await (await fetch(`${site?.origin ?? ''}/api/v1/hebei/institutions`)).json();
  const one = list.parse(answer).items[0];
  if (!one) throw new Error('no institution');
  const clerk = await friday('clerk', `/office/filings/${one.id}/`);
  await clerk.page.getByLabel(/注销备案/).check();
  await clerk.page.getByRole('textbox', { name: '决定文号' }).fill('示例决定9号');
  await clerk.page.getByRole('textbox', { name: '原因' }).fill('机构申请终止服务');
  await clerk.page.getByLabel('自哪天起').fill('2026-11-20');
  await follow(clerk, (page) => page.getByRole('button', { name: '确认变更' }).click());
  expect(await (await fetch(`${site?.origin ?? ''}/api/v1/hebei/institutions?size=100`)).text(), 'gone before anybody has confirmed').not.toContain(one.id);
  expect(await (await open(clerk, `/office/filings/${one.id}/`)).main.innerText()).toContain('要由另一个账号复核');
  expect(await clerk.page.getByRole('button', { name: '复核同意' }).count(), 'nobody confirms their own').toBe(0);
  await clerk.context.close();

  const monday = await at('2026-11-23T09:00:00+08:00');
  const due = await monday('reviewer', '/office/');
  expect(await words(due)).toMatch(/等第二个人复核[\s\S]{0,80}今天到期/);
  expect(await words(due)).not.toMatch(/等第二个人复核[\s\S]{0,60}逾期/);
  expect(await (await open(due, '/office/filings/')).main.innerText()).not.toContain('复核已超期');
  await due.context.close();

  const tuesday = await at('2026-11-24T09:00:00+08:00');
  const over = await tuesday('reviewer', '/office/');
  expect(await words(over)).toMatch(/等第二个人复核[\s\S]{0,80}(?:逾期 1 件|已过)/);
  expect(await over.page.locator(queue).count()).toBeGreaterThan(0);
  expect(await (await open(over, '/office/due/?queue=seconds')).main.innerText()).toMatch(new RegExp(`${one.name}[\\s\\S]*已过`));
  expect(await (await open(over, '/office/filings/')).main.innerText()).toContain('复核已超期');
  const seen = await tuesday('clerk', '/office/');
  expect(await words(seen), 'who entered it reads that it is late too').toMatch(/等第二个人复核[\s\S]{0,80}(?:逾期 1 件|已过)/);
  await seen.context.close();
  await open(over, `/office/filings/${one.id}/`);
  await follow(over, (page) => page.getByRole('button', { name: '复核同意' }).click());
  expect(await (await open(over, '/office/filings/')).main.innerText()).toContain('没有等复核的变动');
  await open(over, '/office/');
  expect(await over.page.locator(queue).count()).toBe(0);
  await over.context.close();
});
