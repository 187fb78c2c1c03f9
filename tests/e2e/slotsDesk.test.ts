// 排期: a change of the timetable is seen before it is saved and never touches a booked slot; a band closed for illness cancels and tells; another institution sees nothing.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { launchBrowser } from '#tests/browser.ts';
import { findBooking, follow, open } from '#tests/e2e/pages.ts';
import { aBooking, ask, book, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, signIn, type StaffAccount } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, account]: [Browser | undefined, Site | undefined, StaffAccount | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  account = await demoAccountOf(dataDir, 'institution');
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
function ready() {
  if (!browser || !site || !account?.institution) throw new Error('Nothing was started.');
  return { browser, site, account, id: account.institution };
}
const made = z.object({ reference: z.string(), queryCode: z.string(), state: z.string() });
async function booked(slot: SlotView | undefined, phone: string, birthMonth = '2025-05') {
  if (!slot) throw new Error('no slot');
  const { status, text } = await book(ready().site, `slots-${phone}`, aBooking(slot.id, { phone, children: [{ birthMonth }] }));
  expect(status, text).toBe(201);
  return made.parse(JSON.parse(text));
}
const press = (visitor: Visitor, name: string) => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

test.each([{ scripts: true, phone: '13700004001', at: '07:05', to: '6:15' }, { scripts: false, phone: '13700004002', at: '05:05', to: '4:15' }])('times moved away from a booked visit: shown first, the booking untouched, decided by the desk, $scripts', async ({ scripts, phone, at, to }) => {
  const visitor = await openWindow(ready().browser, ready().site, { scripts, width: 390 });
  const { page } = visitor;
  await signIn(visitor, ready().account, '/portal/slots/edit/?kind=visit');
  for (const box of await page.locator('[name="weekdays"]').all()) await box.check();
  await page.locator('[name="start1"]').fill('25点');
  await page.locator('[name="minutes1"]').fill('30');
  await page.locator('[name="capacity"]').fill('２');
  const wrong = await press(visitor, '先看会怎样');
  expect(await wrong.main.innerText()).toContain('请按 09:30 这样填开始时间');
  expect(await page.locator('[name="start1"]').inputValue(), 'what was typed is kept').toBe('25点');
  await page.locator('[name="start1"]').fill(at);
  expect(await (await press(visitor, '先看会怎样')).main.innerText()).toMatch(/新增 [1-9]\d* 个时段/);
  const madeAt = async (): Promise<SlotView | undefined> => (await visitsOf(ready().site, ready().id)).find(({ startsAt, open: seats }) => startsAt.includes(`T${at}`) && seats > 0);
  expect(await madeAt(), 'nothing is written before it is saved').toBeUndefined();
  await press(visitor, '保存排期');
  const numbers = await booked(await madeAt(), phone);

  const row = page.locator('.call-row', { hasText: `${at}（` });
  await follow(visitor, () => row.getByRole('link', { name: /^改/ }).click());
  await page.locator('[name="start1"]').fill(to);
  const seen = await press(visitor, '先看会怎样');
  expect(await seen.main.innerText()).toMatch(/保存后会这样[\s\S]*会影响 1 个已约的时段/);
  await press(visitor, '保存排期');
  expect(await page.getByRole('status').innerText()).toContain('排期已保存');
  const found = await findBooking(await openWindow(ready().browser, ready().site, { scripts, width: 390 }), numbers);
  expect(await found.main.innerText(), 'the booking stands as it was').toContain(at);
  const conflict = page.locator('.call-row', { hasText: '新的排期里没有这个时段' });
  expect(await conflict.count()).toBe(1);
  await follow(visitor, () => conflict.getByRole('button', { name: '照原样办，不再接受新的预约' }).click());
  expect(await page.getByRole('status').innerText()).toContain('已记下');
  expect(await conflict.count()).toBe(0);
  expect(await madeAt(), 'only the booked one at the old time is left, and it takes no more').toBeUndefined();
});

test('a band closed for illness: who is affected stands first, then bookings are cancelled and told; taken back, the times come again', async () => {
  const care = z.object({ items: z.array(slotView) }).parse(JSON.parse((await ask(ready().site, '/hebei/slots?kind=care')).text)).items.find(({ host, open: seats }) => host.id === ready().id && seats > 0);
  const band = care?.bands[0] ?? 'toddler';
  const day = care?.startsAt.slice(0, 10) ?? '';
  const { reference, queryCode } = await booked(care, '13700004003', band === 'infant' ? '2026-03' : band === 'older' ? '2024-06' : '2025-05');
  const visitor = await openWindow(ready().browser, ready().site, { scripts: false, width: 390 });
  const { page } = visitor;
  await signIn(visitor, ready().account, '/portal/slots/exception/?kind=closedBand');
  for (const box of await page.locator('[name="bands"]').all()) await box.check();
  await page.getByLabel('从哪天').fill(day);
  await page.getByLabel('到哪天').fill(day);
  const seen = await press(visitor, '先看会怎样');
  expect(await seen.main.innerText()).toMatch(/保存后会这样[\s\S]*不算家长爽约/);
  await press(visitor, '就这样停');
  expect(await page.getByRole('status').innerText()).toMatch(/取消了 [1-9]\d* 个预约/);
  // The institution's page says so from the same moment, and no longer once it is taken back.
  const publicPage = async () => (await fetch(`${ready().site.origin}/hebei/institutions/${ready().id}/`)).text();
  expect(await publicPage()).toContain('停班：');
  const found = await findBooking(await openWindow(ready().browser, ready().site, { scripts: false, width: 390 }), { reference, queryCode });
  expect(await found.main.innerText()).toContain('已取消');
  await vi.waitUntil(async () => {
    await open(visitor, '/portal/calls/');
    return (await page.locator('main').innerText()).includes(reference);
  }, { timeout: 30_000, interval: 500 });
  await open(visitor, '/portal/slots/');
  await follow(visitor, () => page.getByRole('button', { name: '撤下' }).first().click());
  expect(await page.getByRole('status').innerText()).toContain('已撤下');
  expect(await publicPage()).not.toContain('停班：');
});

test('other forms open: a class, care by the hour, days closed, school holidays, other times; in the elder mode too', async () => {
  const visitor = await openWindow(ready().browser, ready().site, { scripts: true, width: 390 });
  await signIn(visitor, ready().account, '/portal/slots/edit/?kind=class');
  for (const mode of ['default', 'elder']) {
    if (mode === 'elder') await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: ready().site.origin }]);
    for (const path of ['/portal/slots/', '/portal/slots/edit/?kind=class', '/portal/slots/edit/?kind=care', '/portal/slots/exception/?kind=closed', '/portal/slots/exception/?kind=schoolHoliday', '/portal/slots/exception/?kind=times']) {
      await open(visitor, path);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    }
  }
});
