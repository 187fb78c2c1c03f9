// The institution's desk: a request is answered, a family arrives, a code is given and lost, the day is printed; another institution sees nothing of it.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { launchBrowser } from '#tests/browser.ts';
import { deskFor, openDesk } from '#tests/e2e/desk.ts';
import { findBooking, follow, open, readNumbers, type SoundPage } from '#tests/e2e/pages.ts';
import { aBooking, ask, book, institutionsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { accountAt, demoAccountOf, signIn, type StaffAccount } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, account, stranger]: [Browser | undefined, Site | undefined, StaffAccount | undefined, StaffAccount | undefined] = [undefined, undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  account = await demoAccountOf(dataDir, 'institution');
  const other = (await institutionsOf(site)).find(({ id, sample }) => sample && id !== account?.institution);
  const app = await openDesk(dataDir);
  stranger = await accountAt(app, other?.id ?? '', 'another-institution');
  await app.close();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

function ready() {
  if (!browser || !site || !account || !stranger) throw new Error('Nothing was started.');
  return { browser, site, account, stranger };
}
const staff = async (scripts: boolean, width = 390, at?: Site): Promise<Visitor> => openWindow(ready().browser, at ?? ready().site, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const unfold = (visitor: Visitor, name: string): Promise<void> => visitor.page.locator('summary', { hasText: name }).click();

let phones = 0;
const nextPhone = (): string => `1370000${String(2000 + (phones += 1))}`;
const made = z.object({ reference: z.string(), queryCode: z.string(), state: z.string() });

/** Open times of a kind at the institution of the account. */
async function slotsOf(kind: string): Promise<readonly SlotView[]> {
  const { text } = await ask(ready().site, `/hebei/slots?kind=${kind}`);
  return z.object({ items: z.array(slotView) }).parse(JSON.parse(text)).items.filter(({ host, open: seats }) => host.id === ready().account.institution && seats > 0);
}
async function bookCare(slot: SlotView | undefined, phone: string, more: Readonly<Record<string, unknown>> = {}): Promise<z.infer<typeof made>> {
  if (!slot) throw new Error('No care to book.');
  const birthMonth = slot.bands.includes('infant') ? '2026-03' : slot.bands.includes('older') ? '2024-06' : '2025-05';
  const { status, text } = await book(ready().site, `desk-${phone}`, aBooking(slot.id, { phone, children: [{ birthMonth }], contactName: '李女士', ...more }));
  expect(status, text).toBe(201);
  return made.parse(JSON.parse(text));
}
const dayOf = (slot: SlotView | undefined): string => slot?.startsAt.slice(0, 10) ?? '';

describe.each([{ scripts: true, turn: 0, how: 'with JavaScript' }, { scripts: false, turn: 1, how: 'without JavaScript' }])('$how', ({ scripts, turn }) => {
  test('a request is confirmed with one press; a colleague who still sees it open is shown how it stands; the contact opens with a reason', async () => {
    const slot = (await slotsOf('care'))[turn];
    const phone = nextPhone();
    const booked = await bookCare(slot, phone);
    expect(booked.state).toBe('requested');
    const [visitor, colleague] = [await staff(scripts), await staff(scripts, 1280)];
    const day = await signIn(visitor, ready().account, `/portal/bookings/?day=${dayOf(slot)}`);
    expect(await day.main.innerText()).toContain('先答复');
    expect(await visitor.page.content(), 'nothing of the family but its first letter and four digits').not.toMatch(new RegExp(`${phone}|李女士`));
    const row = visitor.page.locator('.desk-answers .desk-row', { hasText: phone.slice(-4) });
    const path = (await row.locator('.desk-row__name').getAttribute('href')) ?? '';
    await signIn(colleague, ready().account, `${path}?open=decline`);

    await follow(visitor, () => row.getByRole('button', { name: /^确认/ }).click());
    expect(await visitor.page.getByRole('status').innerText()).toContain('已确认');
    expect(await visitor.page.locator(`.desk-slot .desk-row`, { hasText: phone.slice(-4) }).innerText()).toContain('已约');

    const cookie = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const twice = await fetch(`${ready().site.origin}/portal/bookings/`, { method: 'POST', redirect: 'manual', headers: { cookie, origin: ready().site.origin }, body: new URLSearchParams({ act: 'confirm', booking: path.split('/').at(-2) ?? '', version: '1', day: dayOf(slot) }) });
    expect([twice.status, twice.headers.get('location')], 'pressed twice').toEqual([303, expect.stringContaining('done=confirm')]);

    expect((await press(colleague, '答复：不能安排')).visitor.page.url()).toContain(path);
    expect(await colleague.page.locator('.error-summary').innerText()).toContain('请选一个原因');
    await open(colleague, path);
    await open(visitor, path);
    await unfold(visitor, '家长说不来了');
    await press(visitor, '登记家长取消');
    await unfold(colleague, '机构取消');
    await colleague.page.getByLabel('机构人手临时变动').check();
    const stale = await press(colleague, '由机构取消');
    expect(await stale.main.innerText()).toMatch(/已被他人更改[\s\S]*现在是“已取消”/);

    const other = nextPhone();
    await bookCare(slot, other, { note: '孩子怕生' });
    await open(visitor, `/portal/bookings/?day=${dayOf(slot)}`);
    await follow(visitor, (page) => page.locator('.desk-slot .desk-row', { hasText: other.slice(-4) }).locator('.desk-row__name').click());
    await unfold(visitor, '查看联系方式');
    await press(visitor, '查看');
    expect(await visitor.page.locator('.error-summary').innerText()).toContain('请选一个查看的原因');
    await visitor.page.getByLabel('为什么要看').selectOption('askMaterials');
    const opened = await press(visitor, '查看');
    expect(await opened.main.innerText()).toMatch(/李女士[\s\S]*孩子怕生/);
    expect(await opened.main.locator('a[href^="tel:"]').first().getAttribute('href')).toBe(`tel:${other}`);
    await Promise.all([visitor.context.close(), colleague.context.close()]);
  });

  test('an enrolment code is issued once, books care at once, and is revoked', async () => {
    const visitor = await staff(scripts);
    await signIn(visitor, ready().account, '/portal/codes/');
    const refused = await press(visitor, '发建档码');
    expect(await refused.main.locator('.error-summary').innerText()).toContain('请先看过建档材料');
    await visitor.page.getByLabel('已当面看过').check();
    const issued = await press(visitor, '发建档码');
    const code = (await issued.main.locator('.code-slip__code').innerText()).trim();
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    await visitor.page.reload(); // sends the same form again
    expect((await visitor.page.locator('.code-slip__code').innerText()).trim(), 'the form sent twice').toBe(code);
    const number = /编号\s*([0-9A-F]{6})/.exec(await visitor.page.locator('.code-slip').innerText())?.[1] ?? '';
    const slots = await slotsOf('care');
    expect((await bookCare(slots[2 + turn], nextPhone(), { enrolmentCode: code })).state).toBe('confirmed');
    const list = await open(visitor, '/portal/codes/');
    expect(await visitor.page.content(), 'the code is kept nowhere').not.toContain(code);
    expect(await list.main.locator('.code-row', { hasText: number }).innerText()).toContain('有效');
    await list.main.locator('.code-row', { hasText: number }).locator('summary').click();
    const revoked = await press(visitor, `作废编号 ${number}`);
    expect(await revoked.main.locator('.code-row', { hasText: number }).innerText()).toContain('已作废');
    expect((await bookCare(slots[4 + turn], nextPhone(), { enrolmentCode: code })).state).toBe('requested');
    await visitor.context.close();
  });

  test('a lost code: found by day and four digits, issued anew to who says time and name, the old one dead', async () => {
    const slot = (await slotsOf('visit'))[6 + turn];
    const phone = nextPhone();
    const lost = await bookCare(slot, phone);
    const visitor = await staff(scripts);
    await signIn(visitor, ready().account, '/portal/bookings/find/');
    await visitor.page.getByLabel('预约的日期').fill(dayOf(slot));
    await visitor.page.getByLabel('手机号最后四位').fill('12');
    expect(await (await press(visitor, '查找')).main.locator('.error-summary').innerText()).toContain('最后四位');
    await visitor.page.getByLabel('手机号最后四位').fill(phone.slice(-4));
    expect(await (await press(visitor, '查找')).main.innerText()).toContain('找到 1 条');
    expect(visitor.page.url()).not.toContain(phone.slice(-4));
    await follow(visitor, (page) => page.locator('.desk-row__name').click());
    const say = async (name: string): Promise<SoundPage> => {
      if (!await visitor.page.locator('#field-saidName').isVisible()) await unfold(visitor, '家长忘了查询码');
      await visitor.page.getByLabel('对方说的时间').selectOption(slot?.id ?? '');
      await visitor.page.getByLabel('对方说的称呼').fill(name);
      return press(visitor, '核对并补发');
    };
    expect(await (await say('王女士')).main.innerText()).toContain('不能补发查询码');
    await say('李 女士');
    const fresh = await readNumbers(visitor.page);
    expect(fresh.reference).toBe(lost.reference);
    expect(fresh.queryCode).not.toBe(lost.queryCode);
    const parent = await staff(scripts);
    expect(await (await findBooking(parent, lost)).main.innerText()).toContain('没有找到这个预约');
    expect((await findBooking(parent, fresh)).heading).toBe('您的预约');
    await Promise.all([visitor.context.close(), parent.context.close()]);
  });

  test('a telephone booking takes a seat, is moved to another time and stands there', async () => {
    const visitor = await staff(scripts);
    const [slot, later] = [(await slotsOf('visit'))[9 + turn], (await slotsOf('visit'))[12 + turn]];
    await signIn(visitor, ready().account, `/portal/bookings/walk-in/?slot=${slot?.id ?? ''}`);
    await visitor.page.getByLabel('手机号').fill('137');
    expect(await (await press(visitor, '登记')).main.locator('.error-summary').innerText()).toContain('11 位手机号');
    const phone = nextPhone();
    await visitor.page.getByLabel('手机号').fill(phone);
    await visitor.page.getByLabel('怎么称呼').fill('周先生');
    expect((await press(visitor, '登记')).heading).toBe('已约好');
    const numbers = await readNumbers(visitor.page);
    await follow(visitor, (page) => page.getByRole('link', { name: '回到当天' }).click());
    await follow(visitor, (page) => page.locator('.desk-row', { hasText: phone.slice(-4) }).locator('.desk-row__name').click());
    await unfold(visitor, '改到别的时段');
    await visitor.page.getByLabel('新的时段').selectOption(later?.id ?? '');
    expect(await (await press(visitor, '改到这个时段')).main.innerText()).toContain('已改到新的时段');
    await open(visitor, `/portal/bookings/?day=${dayOf(later)}`);
    expect(await visitor.page.locator('.desk-row', { hasText: phone.slice(-4) }).count()).toBe(1);
    expect(numbers.queryCode).toMatch(/^\d{16}$/);
    await visitor.context.close();
  });
});

test('on the day: one press marks an arrival, a morning check mends it, and the day goes on one sheet of paper', async () => {
  const slot = (await slotsOf('care'))[0];
  const app = await openDesk(dataDir);
  const phone = nextPhone();
  const booked = await bookCare(slot, phone);
  const desk = slot && deskFor(app, slot);
  if (!desk) throw new Error('No care to book.');
  const row = (await app.desk.requests(desk)).find(({ reference }) => reference === booked.reference);
  expect(row && (await app.desk.confirm(desk, { booking: row.id, version: row.version })).ok).toBe(true);
  await app.close();
  const morning = await startSite(dataDir, { NOW: `${dayOf(slot)}T08:20:00+08:00` });
  const visitor = await staff(false, 390, morning);
  const today = await signIn(visitor, ready().account, '/portal/bookings/');
  const here = today.main.locator('.desk-slot .desk-row', { hasText: phone.slice(-4) });
  await follow(visitor, () => here.getByRole('button', { name: /^到场/ }).click());
  expect(await here.innerText()).toContain('已到场');
  await follow(visitor, () => here.locator('.desk-row__name').click());
  expect(await visitor.page.getByRole('button', { name: '未到', exact: true }).count(), 'not before it has begun').toBe(0);
  expect(await (await press(visitor, '晨检未通过')).main.innerText()).toContain('不算失约');

  await open(visitor, `/portal/bookings/week/`);
  const sheet = await open(visitor, '/portal/bookings/day-sheet/');
  expect(await sheet.main.innerText()).toMatch(/凭证件[\s\S]*登记接送人[\s\S]*实际时间/);
  const paper = (await visitor.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(paper.length).toBeGreaterThan(10_000);
  for (const secret of [phone, '李女士']) expect(morning.output(), 'nothing of a family in the log').not.toContain(secret);
  await visitor.context.close();
  await morning.stop();
});

test('another institution’s staff find nothing, change nothing; an officer and a visitor do not come in', async () => {
  const slot = (await slotsOf('visit'))[15];
  const booked = await bookCare(slot, nextPhone());
  const visitor = await staff(false);
  await signIn(visitor, ready().account, `/portal/bookings/?day=${dayOf(slot)}`);
  const path = (await visitor.page.locator('.desk-row__name').first().getAttribute('href')) ?? '';
  const other = await staff(false);
  await signIn(other, ready().stranger, '/portal/bookings/');
  await open(other, path, 404);
  await open(other, '/portal/bookings/00000000-0000-7000-8000-000000000000/', 404);
  await open(other, `/portal/bookings/walk-in/?slot=${slot?.id ?? ''}`, 404);
  const cookie = (await other.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const [at, fields] of [[path, { act: 'cancelForParent', version: '1' }], [path, { act: 'contact', contactReason: 'other' }], ['/portal/bookings/', { act: 'attended', booking: path.split('/').at(-2) ?? '', version: '1' }]] as const) {
    const answer = await fetch(`${ready().site.origin}${at}`, { method: 'POST', redirect: 'manual', headers: { cookie, origin: ready().site.origin, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields) });
    expect(answer.status, at).toBe(404);
  }
  expect((await findBooking(await staff(false), booked)).heading).toBe('您的预约');
  const officer = await staff(false);
  await signIn(officer, await demoAccountOf(dataDir, 'clerk'), '/office/');
  await open(officer, '/portal/bookings/', 403);
  const nobody = await staff(false);
  await open(nobody, path);
  expect(new URL(nobody.page.url()).pathname).toBe('/sign-in/');
  for (const each of [visitor, other, officer, nobody]) await each.context.close();
});
