import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlotView } from '#domain/booking/views.ts';
import { launchBrowser } from '#tests/browser.ts';
import { fillBooking, follow, open, readBooking, readNumbers, type Answers } from '#tests/e2e/pages.ts';
import { aBooking, book, institutionsOf, openSeatsOf, visitsOf } from '#tests/e2e/program.ts';
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

/** A parent who has chosen a visit at that institution of the list. */
async function atTheForm(institution: number, isFit: (slot: SlotView) => boolean = () => true): Promise<{ readonly visitor: Visitor; readonly slot: SlotView }> {
  if (!browser || !site) throw new Error('Nothing was started.');
  const visitor = await openWindow(browser, site);
  const host = (await institutionsOf(site)).at(institution);
  const slot = (await visitsOf(site, host?.id ?? '')).find((one) => one.open > 0 && isFit(one));
  if (!slot) throw new Error('No open visit.');
  await open(visitor, `/hebei/bookings/new/?slot=${slot.id}`);
  return { visitor, slot };
}

const answers = (phone: string): Answers => ({ children: [['2025', '3'], ['2023', '12']], contactName: '示例妈妈', phone, actingAs: 'guardian', note: '想了解午睡' });

test('a parent who sends an empty form is led to every field that needs an answer', async () => {
  const { visitor } = await atTheForm(0);
  const { page } = visitor;
  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  const links = page.locator('.error-summary a');
  const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(targets).toEqual(['#field-year1', '#field-contactName', '#field-phone', '#field-actingAs', '#field-consent']);
  expect(await page.title()).toMatch(/^有错误/);
  expect(await page.evaluate(() => document.activeElement?.classList.contains('error-summary'))).toBe(true);
  for (const [index, target] of targets.entries()) {
    const message = await links.nth(index).innerText();
    await links.nth(index).click();
    expect(await page.evaluate(() => `#${document.activeElement?.id ?? ''}`)).toBe(target);
    expect(await page.locator(`.field--error:has(${target}) .field__error`).innerText()).toContain(message);
  }
  await visitor.context.close();
});

test('a parent who mistypes keeps everything else, and the form says how to mend it', async () => {
  const { visitor } = await atTheForm(0);
  const { page } = visitor;
  const typed: Answers = { children: [['2025', ''], ['2023', '12']], contactName: '示例妈妈', phone: '1380', actingAs: 'entrusted', note: '请打 13900000000 找我' };
  await fillBooking(page, typed);
  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  expect(await page.locator('.error-summary a').allInnerTexts()).toEqual(['请按“年-月”填写，例如 2025-03。', '请填写 11 位手机号，或带区号的固定电话。', '备注里请不要填写证件号、电话等长串数字或特殊符号。']);
  expect(await readBooking(page)).toEqual({ ...typed, agreed: true });
  await visitor.context.close();
});

test('going back from the check with 修改内容 keeps every answer', async () => {
  const { visitor } = await atTheForm(1);
  const { page } = visitor;
  await fillBooking(page, answers('13900004001'));
  const check = await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  expect(await check.main.innerText()).toContain('2023年12月');
  await follow(visitor, () => page.getByRole('button', { name: '修改内容' }).click());
  expect(await readBooking(page)).toEqual({ ...answers('13900004001'), agreed: true });
  await visitor.context.close();
});

test('a parent who presses 确认预约 twice has one booking', async () => {
  const { visitor, slot } = await atTheForm(2, ({ open: seats }) => seats > 2);
  const { page } = visitor;
  await fillBooking(page, answers('13900004002'));
  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  const fields = await page.locator('form[action$="/bookings/new/"] input[type="hidden"]').evaluateAll((inputs) => inputs.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']));
  const press = () => fetch(`${visitor.site.origin}/hebei/bookings/new/`, {
    method: 'POST', redirect: 'manual', headers: { origin: visitor.site.origin }, body: new URLSearchParams([...fields, ['step', 'confirm']]),
  });
  const referenceOf = async (answer: Response) => {
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('__Host-receipt='))?.split(';')[0] ?? '';
    const receipt = await fetch(new URL(answer.headers.get('location') ?? '', visitor.site.origin), { headers: { cookie } });
    return /Y-[0-9A-Z]{8}/.exec(await receipt.text())?.[0];
  };
  const pressed = await Promise.all([press(), press()]);
  expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
  await follow(visitor, () => page.getByRole('button', { name: '确认预约' }).click());
  const { reference } = await readNumbers(page);
  expect(await Promise.all(pressed.map(referenceOf))).toEqual([reference, reference]);
  expect(await openSeatsOf(visitor.site, slot.host.id, slot.id)).toBe(slot.open - 1);
  await visitor.context.close();
});

test('a parent who comes too late for the last seat keeps what was typed and takes another time', async () => {
  const { visitor, slot } = await atTheForm(3, ({ capacity }) => capacity === 1);
  const { page } = visitor;
  await fillBooking(page, answers('13900004003'));
  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  expect((await book(visitor.site, 'sooner-0001', aBooking(slot.id, { phone: '13900004004' }))).status).toBe(201);
  const refused = await follow(visitor, () => page.getByRole('button', { name: '确认预约' }).click());
  expect(await refused.main.innerText()).toContain('这个时段已约满，请选择其他时段。');
  await follow(visitor, () => page.getByRole('button', { name: '修改内容' }).click());
  expect(await readBooking(page)).toEqual({ ...answers('13900004003'), agreed: true });

  await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
  await follow(visitor, () => page.getByRole('button', { name: '确认预约' }).click());
  const other = await page.getByLabel('换一个时段').inputValue();
  expect(other).not.toBe(slot.id);
  const before = await openSeatsOf(visitor.site, slot.host.id, other);
  await follow(visitor, () => page.getByRole('button', { name: '用这个时段继续' }).click());
  const receipt = await follow(visitor, () => page.getByRole('button', { name: '确认预约' }).click());
  expect(receipt.heading).toBe('参观预约已确认');
  expect(await openSeatsOf(visitor.site, slot.host.id, other)).toBe(before - 1);
  await visitor.context.close();
});
