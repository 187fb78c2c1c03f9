// Birth dates and measurings stay on the device: everything the browser sends is read on the wire, beacons and workers included.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { newDataDir, removeDataDir } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';
import { listenIn, waysToWrite, type Wire } from '#tests/e2e/wire.ts';

const dataDir = newDataDir();
let [browser, wire]: [Browser | undefined, Wire | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, wire] = await Promise.all([launchBrowser(), listenIn(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await wire?.stop();
  removeDataDir(dataDir);
});

async function family(): Promise<Visitor & { readonly sent: () => string }> {
  if (!browser || !wire) throw new Error('Nothing was started.');
  const { site: wired, sent } = wire;
  return { ...(await openWindow(browser, wired)), sent };
}

/** What of a secret went over the wire. */
const leaks = (sent: string, ways: readonly RegExp[]): readonly string[] => ways.flatMap((way) => {
  const found = way.exec(sent);
  return found ? [`${String(way)}: …${sent.slice(Math.max(0, found.index - 60), found.index + 60)}…`] : [];
});

const birth = '2026-04-20';
const measured = '2026-08-17';
/** Values a family types that stand in no address, header or version of the site. */
const values = [/6\.83\b|6830(?!\d)/, /64\.7\b/, /41\.9\b/];

describe('the wire itself', () => {
  test.each([
    ['an address', (at: string) => `fetch('${at}/x?d=2026%2F4%2F20', { mode: 'no-cors' })`],
    ['a header', (at: string) => `fetch('${at}/x', { headers: { 'x-day': '20260420' } })`],
    ['a beacon', (at: string) => `navigator.sendBeacon('${at}/x', JSON.stringify({ day: '2026-04-20' }))`],
    ['a beacon in base64', (at: string) => `navigator.sendBeacon('${at}/x', btoa('{"b":"2026-04-20"}'))`],
    ['a worker', (at: string) => `new Worker(URL.createObjectURL(new Blob(["fetch('${at}/x', { method: 'POST', body: '1776643200000', mode: 'no-cors' })"])))`],
    ['a picture', (at: string) => `new Image().src = '${at}/x.png?2026年4月20日'`],
  ])('sees a birth date that leaves by %s', async (_, leak) => {
    if (!browser || !wire) throw new Error('Nothing was started.');
    const { site, sent } = wire;
    const context = await browser.newContext({ baseURL: site.origin, bypassCSP: true });
    const tab = await context.newPage();
    const before = sent().length;
    await tab.goto('/about/', { waitUntil: 'networkidle' });
    expect(leaks(sent().slice(before), waysToWrite(birth))).toEqual([]);
    await tab.evaluate(`void (${leak(site.origin)})`);
    await expect.poll(() => leaks(sent().slice(before), waysToWrite(birth)).length, { timeout: 5_000 }).toBeGreaterThan(0);
    await context.close();
  });
});

describe('a family that keeps its child on the device', () => {
  test('this month, growth and the way between: no byte of a birth date or a measuring leaves', async () => {
    const { page: tab, context, sent, takeComplaints } = await family();
    const before = sent().length;
    await tab.goto('/hebei/this-month/');
    await tab.getByLabel('出生日期').last().fill('2026年4月20日');
    await Promise.all([tab.waitForURL(/months=7/), tab.getByRole('button', { name: '算一算' }).click()]);
    const file = tab.waitForEvent('download');
    await tab.getByRole('button', { name: '把检查和疫苗放进日历' }).click();
    await file;
    await tab.goto('/hebei/growth/');
    await expect.poll(() => tab.getByLabel('出生日期').inputValue()).toBe(birth);
    await tab.getByRole('group', { name: '宝宝是' }).getByText('女孩').click();
    await tab.getByLabel('出生孕周（选填）').fill('３４＋２');
    await tab.getByLabel('哪天量的').fill(measured);
    await tab.getByLabel('体重，公斤').fill('６，８３');
    await tab.getByLabel('身长（身高），厘米').fill('64.7');
    await tab.getByLabel('头围，厘米').fill('41.9');
    await tab.getByRole('button', { name: '记下来' }).click();
    await tab.getByRole('heading', { name: '记录' }).waitFor();
    for (const label of ['头围', '身长（身高）', '世界卫生组织', '国家标准']) await tab.locator('.growth-view').getByText(label, { exact: true }).click();
    // Everywhere a family might go next, the record still on the device; and back, and away.
    for (const path of ['/hebei/', '/hebei/institutions/?months=7', '/hebei/guidance/', '/hebei/guidance/growth-curve/', '/hebei/policy/leave/', '/hebei/growth/']) {
      await tab.goto(path, { waitUntil: 'networkidle' });
      await tab.mouse.wheel(0, 2000);
    }
    expect(await tab.evaluate('localStorage.getItem("tuoyu:growth")')).toContain(measured);
    await tab.goto('about:blank'); // beacons leave with the page
    await tab.waitForTimeout(500);
    const all = sent().slice(before);
    expect(all.match(/^(?:GET|POST) /gm)?.length).toBeGreaterThan(15);
    expect(leaks(all, [...waysToWrite(birth), ...waysToWrite(measured), ...values, /34(?:\+|%2B)2/i])).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(takeComplaints()).toEqual([]); // requests to any other site are among them
    await context.close();
  });
});
