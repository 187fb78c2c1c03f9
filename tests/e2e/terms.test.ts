// 预约规则: an institution changes when its visits open and parents see it at once; a colleague's change is not written over; a place's rules hold where an institution has none.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { institutionsOf, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, signIn, type StaffAccount } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, account, reviewer]: [Browser | undefined, Site | undefined, StaffAccount | undefined, StaffAccount | undefined] = [undefined, undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  account = await demoAccountOf(dataDir, 'institution');
  reviewer = await demoAccountOf(dataDir, 'clerk');
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
function ready() {
  if (!browser || !site || !account || !reviewer) throw new Error('Nothing was started.');
  return { browser, site, account, reviewer };
}
const openSeats = async (institution: string): Promise<number> => (await visitsOf(ready().site, institution)).reduce((sum, { open: seats }) => sum + seats, 0);

test.each([{ scripts: true }, { scripts: false }])('an institution’s rules hold from now on, $scripts', async ({ scripts }) => {
  const id = ready().account.institution ?? '';
  const [one, other] = [await openWindow(ready().browser, ready().site, { scripts, width: 390 }), await openWindow(ready().browser, ready().site, { scripts, width: 1280 })];
  await signIn(one, ready().account, '/portal/terms/?kind=visit');
  await signIn(other, ready().account, '/portal/terms/?kind=visit');
  const before = await openSeats(id);
  expect(before).toBeGreaterThan(0);

  await one.page.getByLabel('提前几天开放').fill('九十三');
  await one.page.getByLabel('当天几点开放').fill('25:00');
  const wrong = await follow(one, () => one.page.getByRole('button', { name: '保存规则' }).click());
  expect(await wrong.main.innerText()).toMatch(/提前天数请填 1 至 92[\s\S]*开放时间请写成/);
  expect(await one.page.getByLabel('当天几点开放').inputValue(), 'what was typed is kept').toBe('25:00');

  await one.page.getByLabel('提前几天开放').fill('１');
  await one.page.getByLabel('当天几点开放').fill('8:00');
  await follow(one, () => one.page.getByRole('button', { name: '保存规则' }).click());
  expect(await one.page.getByRole('status').innerText()).toContain('规则已保存');
  expect(await openSeats(id), 'visits beyond tomorrow are not open yet').toBeLessThan(before);

  const stale = await follow(other, () => other.page.getByRole('button', { name: '保存规则' }).click());
  expect(await stale.main.innerText()).toContain('刚被别人改过：现在是提前 1 天 08:00 开放');
  expect(await other.page.getByLabel('提前几天开放').inputValue(), 'what was typed is kept').not.toBe('1');
  await follow(other, () => other.page.getByRole('button', { name: '保存规则' }).click());
  expect(await openSeats(id)).toBe(before);
  for (const kind of ['care', 'class']) expect(await (await open(one, `/portal/terms/?kind=${kind}`)).main.innerText()).toContain('候补');
});

test('the place’s rules hold for institutions without their own', async () => {
  const other = (await institutionsOf(ready().site)).find(({ id, sample }) => sample && id !== ready().account.institution);
  const id = other?.id ?? '';
  const before = await openSeats(id);
  const visitor = await openWindow(ready().browser, ready().site, { scripts: true, width: 390 });
  await signIn(visitor, ready().reviewer, '/office/terms/?kind=visit');
  await visitor.page.getByLabel('提前几天开放').fill('1');
  await follow(visitor, () => visitor.page.getByRole('button', { name: '保存规则' }).click());
  expect(await openSeats(id)).toBeLessThan(before);
  expect(await openSeats(ready().account.institution ?? ''), 'an institution with its own keeps them').toBeGreaterThan(await openSeats(id));
  for (const kind of ['care', 'class', 'homeVisit']) await open(visitor, `/office/terms/?kind=${kind}`);
});
