// 电话通知: an institution cancels, the family is on its list, is called, and it is written down; nobody else sees the row. The office's totals open for whoever may see them.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { isoDate } from '#domain/shared/dates.ts';
import { launchBrowser } from '#tests/browser.ts';
import { deskFor, openDesk, rowOf } from '#tests/e2e/desk.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { aBooking, book, institutionsOf, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { accountAt, demoAccountOf, signIn, type StaffAccount } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, account, stranger, clerk]: [Browser | undefined, Site | undefined, StaffAccount | undefined, StaffAccount | undefined, StaffAccount | undefined] = [undefined, undefined, undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  account = await demoAccountOf(dataDir, 'institution');
  clerk = await demoAccountOf(dataDir, 'clerk');
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
  if (!browser || !site || !account || !stranger || !clerk) throw new Error('Nothing was started.');
  return { browser, site, account, stranger, clerk };
}

/** A visit that the institution has cancelled: its reference, once it stands on the institution's list. */
async function cancelled(phone: string): Promise<string> {
  const [slot] = (await visitsOf(ready().site, ready().account.institution ?? '')).filter((one) => one.open > 0);
  if (!slot) throw new Error('no visit');
  const { text } = await book(ready().site, `calls-${phone}`, aBooking(slot.id, { phone, contactName: '王女士' }));
  const { reference } = z.object({ reference: z.string() }).parse(JSON.parse(text));
  const app = await openDesk(dataDir);
  const desk = deskFor(app, slot);
  const outcome = await app.desk.cancel(desk, await rowOf(app, desk, isoDate.parse(slot.startsAt.slice(0, 10)), reference), 'staff');
  await app.close();
  expect(outcome).toMatchObject({ ok: true });
  return reference;
}

test.each([{ scripts: true, phone: '13700003001' }, { scripts: false, phone: '13700003002' }])('a family whose visit was cancelled is called and it is written down, $scripts', async ({ scripts, phone }) => {
  const reference = await cancelled(phone);
  const visitor = await openWindow(ready().browser, ready().site, { scripts, width: 390 });
  const { page } = visitor;
  await signIn(visitor, ready().account, '/portal/calls/');
  const row = page.locator('.call-row', { hasText: reference }).filter({ hasText: '请家长不要前往' });
  await vi.waitUntil(async () => {
    await open(visitor, '/portal/calls/');
    return await row.count() === 1;
  }, { timeout: 30_000, interval: 500 });
  expect(await page.content(), 'no number and no name before it is opened').not.toMatch(new RegExp(`${phone}|王女士`));
  const id = await row.locator('input[name="call"]').inputValue();

  const other = await openWindow(ready().browser, ready().site, { scripts: false, width: 390 });
  await signIn(other, ready().stranger, '/portal/calls/');
  expect(await other.page.content()).not.toContain(reference);
  const cookie = (await other.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const taken = await fetch(`${ready().site.origin}/portal/calls/`, { method: 'POST', headers: { cookie, origin: ready().site.origin }, body: new URLSearchParams({ call: id }) });
  expect(taken.status, 'another institution asks for the number').toBe(404);
  expect(await taken.text()).not.toContain(phone);

  await follow(visitor, () => row.getByRole('button').click());
  expect(await page.locator(`a[href="tel:${phone}"]`).count()).toBe(1);
  const said = await page.locator('main').innerText();
  for (const words of ['王女士', '请不要过来', reference, '不会让您转账']) expect(said).toContain(words);
  const before = /已通知 (\d+)／/.exec(said)?.[1] ?? '0';
  const version = await page.locator('input[name="version"]').inputValue();
  await follow(visitor, () => page.getByRole('button', { name: '已通知', exact: true }).click());
  expect(await page.getByRole('status').innerText()).toContain('通知到了');
  expect(await row.count()).toBe(0);
  expect(Number(/已通知 (\d+)／/.exec(await page.locator('main').innerText())?.[1])).toBe(Number(before) + 1);
  const mine = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const again = await fetch(`${ready().site.origin}/portal/calls/`, { method: 'POST', redirect: 'manual', headers: { cookie: mine, origin: ready().site.origin }, body: new URLSearchParams({ call: id, version, result: 'notReached' }) });
  expect([again.status, (await again.text()).includes('刚被别人处理过')], 'a colleague with the older page').toEqual([409, true]);
});

test('the office sees only what has passed to it, and its totals, on a phone and in the elder mode', async () => {
  const reference = await cancelled('13700003003');
  // Signed in once: a one-time code opens no second session.
  const first = await openWindow(ready().browser, ready().site, { scripts: true, width: 390 });
  await signIn(first, ready().clerk, '/office/calls/');
  const session = await first.context.cookies();
  for (const [width, mode] of [[390, 'default'], [1280, 'default'], [390, 'elder']] as const) {
    const visitor = await openWindow(ready().browser, ready().site, { scripts: true, width });
    await visitor.context.addCookies([...session, ...(mode === 'elder' ? [{ name: 'mode', value: 'elder', url: ready().site.origin }] : [])]);
    for (const [path, words] of [['/office/calls/', '电话通知'], ['/office/messages/', '未送达的通知'], ['/office/signals/', '参观反馈'], ['/office/signals/?days=365', '参观反馈'], ['/office/demand/', '托育需求汇总']] as const) {
      const said = await (await open(visitor, path)).main.innerText();
      expect(said).toContain(words);
      expect(said).not.toContain(reference);
      expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
    }
  }
});
