// 入户指导 at a street's desk: the team says by which number it is verified, opens times, answers families; an institution sees nothing of it.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { launchBrowser } from '#tests/browser.ts';
import { findBooking, follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { aBooking, ask, book } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
function ready() {
  if (!browser || !site) throw new Error('Nothing was started.');
  return { browser, site };
}
const seat = demoDesks(dataDir);
const window = (scripts: boolean, width = 390): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const made = z.object({ reference: z.string(), queryCode: z.string() });

async function times(): Promise<readonly SlotView[]> {
  const { text } = await ask(ready().site, '/hebei/slots?kind=homeVisit');
  return z.object({ items: z.array(slotView) }).parse(JSON.parse(text)).items.filter(({ open: seats }) => seats > 0);
}
async function visitAsked(slot: SlotView | undefined, phone: string) {
  const { status, text } = await book(ready().site, `home-visit-${phone}`, aBooking(slot?.id ?? '', { phone, community: '示例社区', contactName: '李女士' }));
  expect(status, text).toBe(201);
  return made.parse(JSON.parse(text));
}

test.each([{ scripts: true, turn: 0 }, { scripts: false, turn: 1 }])('a number to verify by, a changed timetable, a family told that nobody can come; scripts $scripts', async ({ scripts, turn }) => {
  const phone = `0220000000${String(turn)}`;
  const street = await window(scripts);
  const { page } = street;
  await seat(street, 'street', '/office/home-visits/team/');
  await page.getByLabel('核实电话').fill('12');
  expect(await (await press(street, '保存')).main.locator('.error-summary').innerText()).toContain('核实电话写 11 位手机号，或带区号的固定电话');
  expect(await page.getByLabel('核实电话').inputValue()).toBe('12');
  await page.getByLabel('核实电话').fill(phone);
  expect(await (await press(street, '保存')).main.innerText()).toContain('已保存');

  const [slot] = await times();
  const parent = await window(scripts);
  expect(await (await open(parent, `/hebei/bookings/new/?slot=${slot?.id ?? ''}`)).main.innerText(), 'every time that stands open says the new number').toContain(phone);
  const numbers = await visitAsked(slot, `1370000900${String(turn)}`);

  const day = await open(street, `/office/home-visits/?day=${slot?.startsAt.slice(0, 10) ?? ''}`);
  expect(await day.main.innerText()).toContain('请先打电话和家长约定门牌和具体时间');
  const row = page.locator('.desk-row', { hasText: `900${String(turn)}` });
  await follow(street, () => row.locator('.desk-row__name').click());
  await page.locator('summary', { hasText: '联系方式' }).click();
  await page.locator('[name="contactReason"]').selectOption({ index: 1 });
  await follow(street, () => page.locator('form:has([name="contactReason"]) button').click());
  expect(await page.locator('main').innerText()).toContain('示例社区');
  await follow(street, async () => { await page.goto(page.url().split('#')[0] ?? ''); });
  await page.locator('details:has([name="cancel-reason"]) > summary').click();
  await page.locator('[name="cancel-reason"][value="staff"]').check();
  await follow(street, () => page.locator('form:has([name="cancel-reason"]) button').click());
  expect(page.url()).toContain('done=cancel');
  expect(await (await findBooking(parent, numbers)).main.innerText()).toContain('取消');
  for (const path of ['/office/home-visits/week/', '/office/home-visits/find/', `/office/home-visits/day-sheet/?day=${slot?.startsAt.slice(0, 10) ?? ''}`, '/office/home-visits/slots/exception/?kind=closed']) await open(street, path);

  const before = (await times()).length;
  await open(street, '/office/home-visits/slots/edit/');
  await page.locator('[name="weekdays"]').nth(turn).check();
  await page.locator('[name="start1"]').fill('09:10');
  await page.locator('[name="minutes1"]').fill('60');
  await page.locator('[name="capacity"]').fill('2');
  expect(await (await press(street, '先看会怎样')).main.innerText()).toMatch(/新增 [1-9]\d* 个时段/);
  expect(await (await press(street, '保存排期')).main.innerText()).toContain('排期已保存');
  const after = await times();
  expect(after.length).toBeGreaterThan(before);
  expect(after.find(({ startsAt }) => startsAt.includes('T09:10'))?.details).toMatchObject({ kind: 'homeVisit', twoCome: true, showCards: true, verifyPhone: phone });

  const other = await window(scripts);
  await seat(other, 'institution', '/portal/');
  await open(other, '/office/home-visits/', 403);
  for (const each of [street, parent, other]) await each.context.close();
});

test('two colleagues change the team at once: the second is shown how it stands and loses nothing', async () => {
  const [first, second] = [await window(false), await window(false, 1280)];
  await seat(first, 'street', '/office/home-visits/team/');
  await seat(second, 'street', '/office/home-visits/team/');
  await first.page.getByLabel('指导队名称').fill('示例入户指导一队');
  await press(first, '保存');
  await second.page.getByLabel('指导队名称').fill('示例入户指导二队');
  const refused = await press(second, '保存');
  expect(await refused.main.innerText()).toContain('刚被同事改过：现在是“示例入户指导一队”');
  expect(await second.page.getByLabel('指导队名称').inputValue()).toBe('示例入户指导二队');
  expect(await (await press(second, '保存')).main.innerText()).toContain('已保存');
  for (const each of [first, second]) await each.context.close();
});
