// Every kind of booking as a family meets it: care with and without an enrolment code, a full class and its queue, a home visit, another time, and after a visit.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { isoDate } from '#domain/shared/dates.ts';
import { launchBrowser } from '#tests/browser.ts';
import { deskFor, openDesk, rowOf } from '#tests/e2e/desk.ts';
import { findBooking, follow, open, readNumbers, type SoundPage } from '#tests/e2e/pages.ts';
import { aBooking, ask, book } from '#tests/e2e/program.ts';
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

function running(): Site {
  if (!site) throw new Error('Nothing was started.');
  return site;
}
const parent = (scripts: boolean): Promise<Visitor> => {
  if (!browser) throw new Error('Nothing was started.');
  return openWindow(browser, running(), { scripts, width: scripts ? 390 : 320 });
};
const dayOf = ({ startsAt }: SlotView) => isoDate.parse(startsAt.slice(0, 10));
const pathOf = ({ id }: SlotView): string => `/hebei/bookings/new/?slot=${id}`;

/** Open times of a kind in the place, earliest first. */
async function slotsOf(kind: string): Promise<readonly SlotView[]> {
  const { text } = await ask(running(), `/hebei/slots?kind=${kind}`);
  return z.object({ items: z.array(slotView) }).parse(JSON.parse(text)).items;
}

let phones = 0;
const nextPhone = (): string => `1390000${String(1000 + (phones += 1))}`;

type Fields = { readonly phone: string; readonly birth?: readonly [string, string]; readonly own?: Readonly<Record<string, string>> };

/** Fills the form that is open, goes to its check and sends it; answers the receipt. */
async function send(visitor: Visitor, { phone, birth = ['2025', '5'], own = {} }: Fields, button: string): Promise<SoundPage> {
  const { page } = visitor;
  await page.locator('#field-year1').selectOption(birth[0]);
  await page.locator('#field-month1').selectOption(birth[1]);
  for (const [label, value] of Object.entries(own)) await page.getByLabel(label).fill(value);
  await page.getByRole('textbox', { name: '怎么称呼您' }).fill('示例家长');
  await page.getByRole('textbox', { name: '手机号' }).fill(phone);
  await page.getByLabel('我是孩子的父母或其他监护人').check();
  await page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  return follow(visitor, () => page.getByRole('button', { name: button }).click());
}
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name }).click());

/** Takes every seat of a slot; answers the numbers of the first family. */
async function fill(slot: SlotView): Promise<{ readonly reference: string; readonly queryCode: string }> {
  const made = [];
  for (let seat = 0; seat < slot.open; seat += 1) made.push(await book(running(), `fill-${slot.id}-${String(seat)}`, aBooking(slot.id, { phone: nextPhone() })));
  expect(made.map(({ status }) => status)).toEqual(made.map(() => 201));
  return z.object({ reference: z.string(), queryCode: z.string() }).parse(JSON.parse(made[0]?.text ?? ''));
}

describe.each([{ scripts: true, turn: 0, how: 'with JavaScript' }, { scripts: false, turn: 1, how: 'without JavaScript' }])('$how', ({ scripts, turn }) => {
  test('care: the first time is asked for and confirmed by the institution; with its code the next is confirmed at once', async () => {
    const visitor = await parent(scripts);
    const all = (await slotsOf('care')).filter(({ bands, open: seats }) => seats > 0 && (bands.length === 0 || bands.includes('toddler')));
    const first = all[turn];
    const second = all.find(({ id, host }) => first && host.id === first.host.id && id !== first.id && dayOf(first) < isoDate.parse('2026-12-20'));
    if (!first || !second) throw new Error('No care to book.');
    const form = await open(visitor, pathOf(first));
    const said = await form.main.innerText();
    for (const word of ['最短时长', '计费取整', '自带物品', '喂药', '预防接种证', '留空就可以']) expect(said).toContain(word);
    const phone = nextPhone();
    const receipt = await send(visitor, { phone }, '提交申请');
    expect(receipt.heading).toBe('已提交，等待机构确认');
    expect(await receipt.main.innerText()).toContain('接送授权');
    const numbers = await readNumbers(visitor.page);

    const app = await openDesk(dataDir);
    const desk = deskFor(app, first);
    expect((await app.desk.confirm(desk, await rowOf(app, desk, dayOf(first), numbers.reference))).ok).toBe(true);
    const issued = await app.desk.issueCode(desk, isoDate.parse('2027-06-30'));
    await app.close();
    if (!issued.ok) throw new Error('No code.');
    expect(await (await findBooking(visitor, numbers)).main.innerText()).toContain('照护预约已确认');

    await open(visitor, pathOf(second));
    const wrong = await send(visitor, { phone, own: { 建档码: 'ABCD-EFGH-2345' } }, '确认预约');
    expect(await wrong.main.innerText()).toContain('没有找到这个建档码');
    await visitor.page.getByLabel('建档码').fill(issued.value.code.toLowerCase());
    await press(visitor, '继续');
    const confirmed = await press(visitor, '确认预约');
    expect(confirmed.heading).toBe('照护预约已确认');
    expect(await confirmed.main.innerText()).toContain('建档码有效，已直接确认');
    await visitor.context.close();
  });

  test('a full class: wait, be offered the seat that was given back, accept it; the next lets its offer lapse', async () => {
    const visitor = await parent(scripts);
    const slot = (await slotsOf('class')).filter(({ open: seats }) => seats > 0)[turn];
    if (!slot) throw new Error('No class.');
    const first = await fill(slot);
    const list = await open(visitor, `/hebei/institutions/${slot.host.id}/slots/?kind=class`);
    expect(await list.main.innerText()).toContain('已约满，可候补');
    const form = await open(visitor, pathOf(slot));
    expect(await form.main.innerText()).toContain('您会排在第一位');
    const receipt = await send(visitor, { phone: nextPhone() }, '确认候补');
    expect(receipt.heading).toBe('候补中');
    expect(await receipt.main.innerText()).toContain('您排在第 1 位');
    const mine = await readNumbers(visitor.page);
    await open(visitor, pathOf(slot));
    expect(await (await send(visitor, { phone: nextPhone() }, '确认候补')).main.innerText()).toContain('您排在第 2 位');
    const later = await readNumbers(visitor.page);

    await ask(running(), '/hebei/bookings/cancel', first, { origin: running().origin });
    const offered = await findBooking(visitor, mine);
    expect(await offered.main.innerText()).toMatch(/名额为您保留到 11月23日 周一 14:00/);
    expect(await (await press(visitor, '接受这个名额')).main.innerText()).toContain('活动预约已确认');
    expect(await (await findBooking(visitor, later)).main.innerText()).toContain('您排在第 1 位');
    await findBooking(visitor, mine);
    await press(visitor, '取消预约');
    expect((await press(visitor, '确认取消')).heading).toBe('预约已取消');

    const app = await openDesk(dataDir, '2026-11-23T14:01:00+08:00');
    expect((await app.desk.sweep()).expired).toBeGreaterThanOrEqual(1);
    await app.close();
    const lapsed = await findBooking(visitor, later);
    expect(await lapsed.main.innerText()).toMatch(/状态\s*已过期/);
    expect(await visitor.page.getByRole('button', { name: '接受这个名额' }).count()).toBe(0);
    await visitor.context.close();
  });

  test('a home visit: community only, a number to verify, and another time by the find page', async () => {
    const visitor = await parent(scripts);
    const slots = (await slotsOf('homeVisit')).filter(({ open: seats }) => seats > 0);
    const slot = slots[turn];
    if (!slot) throw new Error('No home visit.');
    const form = await open(visitor, pathOf(slot));
    for (const word of ['两位指导人员一起来', '出示工作证', '核实电话', '不收费，也不推销']) expect(await form.main.innerText()).toContain(word);
    const phone = nextPhone();
    await visitor.page.getByLabel('社区或村').fill('幸福里 1203 室');
    await follow(visitor, (page) => page.getByRole('button', { name: '继续' }).click());
    expect(await visitor.page.locator('.error-summary').innerText()).toContain('不要写门牌号');
    const receipt = await send(visitor, { phone, birth: ['2027', '3'], own: { 社区或村: '示例社区' } }, '确认预约');
    expect(receipt.heading).toBe('入户指导预约已确认');
    const numbers = await readNumbers(visitor.page);

    await findBooking(visitor, numbers);
    await press(visitor, '改期');
    const target = slots.find(({ id, open: seats }) => id !== slot.id && seats > 0);
    await visitor.page.getByLabel('新的时间').selectOption(target?.id ?? '');
    const check = await press(visitor, '继续');
    expect(check.heading).toBe('核对改期');
    const again = new URLSearchParams({ ...numbers, step: 'move', slotId: target?.id ?? '', key: await visitor.page.locator('input[name="key"]').inputValue() });
    const moved = await press(visitor, '确认改期');
    expect(await moved.main.innerText()).toContain('已经改好');
    expect(await moved.main.innerText()).toContain(target?.startsAt.slice(11, 16));
    // Sent once more, as a double tap does: the same answer, not another move.
    const repeated = await fetch(`${running().origin}/hebei/bookings/find/`, { method: 'POST', body: again, headers: { origin: running().origin } });
    expect([repeated.status, (await repeated.text()).includes('已经改好')]).toEqual([200, true]);
    const now = await slotsOf('homeVisit');
    expect(now.find(({ id }) => id === slot.id)?.open).toBe(slot.open);
    expect(now.find(({ id }) => id === target?.id)?.open).toBe((target?.open ?? 0) - 1);
    await visitor.context.close();
  });
});

test('a link to what can no longer be booked says so before anything is typed, in one sentence', async () => {
  const visitor = await parent(false);
  const [visit] = (await slotsOf('visit')).filter(({ open: seats }) => seats > 0);
  if (!visit) throw new Error('No visit.');
  await fill(visit);
  const full = await open(visitor, pathOf(visit));
  expect(await full.main.innerText()).toContain('这个时段已约满，请选择其他时段。');
  expect(await visitor.page.locator('form[action$="/bookings/new/"]').count()).toBe(0);
  expect((await open(visitor, `/xiacheng/bookings/new/?slot=${visit.id}`, 404)).heading).toBe('没有找到这个时段');
  await visitor.context.close();
});

test('two windows on one booking: what one has cancelled the other can neither move nor cancel again by surprise', async () => {
  const slot = (await slotsOf('visit')).filter(({ open: seats }) => seats > 1)[1];
  if (!slot) throw new Error('No visit.');
  const made = await book(running(), 'two-windows', aBooking(slot.id, { phone: nextPhone() }));
  const numbers = z.object({ reference: z.string(), queryCode: z.string() }).parse(JSON.parse(made.text));
  const [one, other] = [await parent(false), await parent(true)];
  await findBooking(one, numbers);
  await press(one, '改期');
  await press(one, '继续');
  await findBooking(other, numbers);
  await press(other, '取消预约');
  await press(other, '确认取消');
  const late = await press(one, '确认改期');
  expect(await late.main.innerText()).toContain('这个预约已经不能改了');
  expect(await late.main.innerText()).toMatch(/状态\s*已取消/);
  expect((await slotsOf('visit')).find(({ id }) => id === slot.id)?.open).toBe(slot.open);
  await Promise.all([one.context.close(), other.context.close()]);
});

test('months no child can have are said before the check; full-width digits are taken', async () => {
  const visitor = await parent(false);
  const slot = (await slotsOf('visit')).find(({ open: seats }) => seats > 1);
  if (!slot) throw new Error('No visit.');
  await open(visitor, pathOf(slot));
  await visitor.page.locator('#field-year1').selectOption('2027');
  await visitor.page.locator('#field-month1').selectOption('10'); // eleven months ahead
  await visitor.page.getByRole('textbox', { name: '怎么称呼您' }).fill('示例家长');
  await visitor.page.getByRole('textbox', { name: '手机号' }).fill('１３９００００７７７７');
  await visitor.page.getByLabel('我是孩子的父母或其他监护人').check();
  await visitor.page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
  await press(visitor, '继续');
  expect(await visitor.page.locator('.error-summary').innerText()).toContain('预产期最多填 10 个月以后');
  await visitor.page.locator('#field-month1').selectOption('9');
  await visitor.page.getByLabel('打算什么时候入托').selectOption('2028-06');
  const check = await press(visitor, '继续');
  expect(await check.main.innerText()).toMatch(/计划入托\s*2028年6月/);
  const receipt = await press(visitor, '确认预约');
  expect(await receipt.main.innerText()).toContain('月龄适合：乳儿班');
  await visitor.context.close();
});

test('after a visit three questions are asked once, for the regulator alone', async () => {
  const slot = (await slotsOf('visit')).find(({ open: seats, startsAt }) => seats > 0 && startsAt.startsWith('2026-11-24'));
  if (!slot) throw new Error('No visit.');
  const made = await book(running(), 'after-a-visit', aBooking(slot.id, { phone: nextPhone() }));
  const numbers = z.object({ reference: z.string(), queryCode: z.string() }).parse(JSON.parse(made.text));
  const early = await parent(false);
  expect(await (await findBooking(early, numbers)).main.innerText()).not.toContain('三个小问题');
  await early.context.close();
  await site?.stop();
  site = await startSite(dataDir, { NOW: '2026-11-24T20:00:00+08:00' });
  const windows = [await parent(true), await parent(false)];
  for (const visitor of windows) {
    const found = await findBooking(visitor, numbers);
    expect(await found.main.innerText()).toContain('回答只给当地主管部门看');
    const missing = await press(visitor, '交给主管部门');
    expect(await missing.main.locator('.error-summary a').allInnerTexts()).toHaveLength(3);
    for (const label of ['有些不符', '没有', '还没想好']) await visitor.page.getByLabel(label, { exact: true }).check();
  }
  for (const [index, visitor] of windows.entries()) {
    const answered = await press(visitor, '交给主管部门');
    expect(await answered.main.innerText()).toContain(index === 0 ? '谢谢，已经交给主管部门' : '您已回答过，谢谢。');
    const later = await findBooking(visitor, numbers);
    expect(await later.main.innerText()).toContain('已收到您的反馈');
    expect(await later.main.getByRole('button', { name: '交给主管部门' }).count()).toBe(0);
    await visitor.context.close();
  }
  const app = await openDesk(dataDir, '2026-11-24T20:00:00+08:00');
  const place = app.findJurisdiction('hebei');
  const signals = place ? await app.desk.signals(place.code, dayOf(slot), dayOf(slot)) : [];
  await app.close();
  expect(JSON.stringify(signals)).toContain(slot.host.id);
});
