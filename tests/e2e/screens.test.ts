import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { cardLinks, fillBooking, findBooking, follow, look, open, readNumbers } from '#tests/e2e/pages.ts';
import { institutionsOf, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

/** Text of a page's main part that is smaller than `smallest` pixels. */
const smallText = (visitor: Visitor, smallest: number) => visitor.page.evaluate((limit) =>
  [...document.querySelectorAll('main :is(p, li, dd, dt, label, a, button, td, th, legend, summary)')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '') && element.getClientRects().length > 0)
    .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < limit)
    .map((element) => `${getComputedStyle(element).fontSize} ${element.outerHTML.slice(0, 140)}`), smallest);

/** Things to press that are smaller than 44 pixels; links inside a sentence are exempt, and a box's label is part of it. */
const smallTargets = (visitor: Visitor) => visitor.page.evaluate(() => {
  const inSentence = (element: Element) => element.matches('a') && getComputedStyle(element).display === 'inline' && element.closest('p, dd, li:not(:has(> a:only-child)), ol.crumbs, .status-note') !== null;
  return [...document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary')]
    .filter((element) => element.getClientRects().length > 0 && !element.matches('.skip') && !inSentence(element))
    .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
    .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
    .map(({ element, box }) => `${String(Math.round(box.width))}×${String(Math.round(box.height))} ${element.outerHTML.slice(0, 160)}`);
});

test('a grandfather turns 长辈版 on without JavaScript, meets it on every page, and turns it off again', async () => {
  const visitor = await parent({ scripts: false });
  const { page } = visitor;
  await open(visitor, '/hebei/institutions/?months=18');
  await follow(visitor, () => page.getByRole('button', { name: '长辈版' }).click());
  expect(page.url()).toBe(`${visitor.site.origin}/hebei/institutions/?months=18`);
  for (const path of ['/hebei/institutions/?months=18', '/about/', '/', '/hebei/', '/hebei/bookings/find/']) {
    await open(visitor, path);
    expect(await page.locator('html').getAttribute('data-mode'), path).toBe('elder');
    const size = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    expect(size, path).toBeGreaterThanOrEqual(24);
    expect(await smallText(visitor, 24), `small text on ${path}`).toEqual([]);
    expect(await smallTargets(visitor), `small targets on ${path}`).toEqual([]);
  }
  await follow(visitor, () => page.getByRole('button', { name: '标准版' }).click());
  await open(visitor, '/about/');
  expect(await page.locator('html').getAttribute('data-mode')).toBe('default');
  await visitor.context.close();
});

describe.concurrent.each([{ mode: 'default' }, { mode: 'elder' }])('in a window of 320 pixels, $mode', ({ mode }) => {
  test('no page has to be pushed sideways, from the chooser to the receipt', async () => {
    const visitor = await parent({ width: 320 });
    const { page } = visitor;
    await visitor.context.addCookies([{ name: 'mode', value: mode, url: visitor.site.origin }]);
    const [institution] = await institutionsOf(visitor.site);
    const id = institution?.id ?? '';
    const visit = (await visitsOf(visitor.site, id)).find(({ open: seats }) => seats > 1);
    const paths = ['/', '/about/', '/privacy/', '/help/', '/accessibility/', '/hebei/', '/xiacheng/', '/hebei/institutions/', `/hebei/institutions/${id}/`, `/hebei/institutions/${id}/slots/`,
      '/hebei/check-filing/', '/hebei/check-filing/?q=没有这样一家托育园', `/hebei/check-filing/?q=${encodeURIComponent(institution?.name ?? '')}`, '/xiacheng/institutions/', '/hebei/institutions/?maxFee=1', '/hebei/search/?q=备案'];
    for (const path of paths) {
      await open(visitor, path);
      expect(await page.locator('html').getAttribute('data-mode'), path).toBe(mode);
    }
    await open(visitor, '/no/such/page/', 404);
    await open(visitor, '/xiacheng/institutions/');
    await follow(visitor, () => cardLinks(page).first().click());

    await open(visitor, '/hebei/institutions/');
    for (const fold of await page.locator('main details > summary').all()) if (await fold.isVisible()) await fold.click();
    await look(visitor);

    await open(visitor, `/hebei/bookings/new/?slot=${visit?.id ?? ''}`);
    const wrong = await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
    expect(await wrong.main.locator('.error-summary').isVisible()).toBe(true);
    await fillBooking(page, { children: [['2025', '3'], ['2023', '12'], ['2027', '1']], contactName: '示例家长示例家长示例家长示例家长示例家', phone: mode === 'elder' ? '13900003001' : '13900003002', actingAs: 'guardian', note: '示例备注'.repeat(20) });
    await follow(visitor, () => page.getByRole('button', { name: '继续' }).click());
    await follow(visitor, () => page.getByRole('button', { name: '确认预约' }).click());
    const numbers = await readNumbers(page);
    expect(numbers.queryCode).toHaveLength(16);
    expect((await findBooking(visitor, numbers)).heading).toBe('您的预约');
    await visitor.context.close();
  }, 240_000); // some thirty pages, each with axe, in two windows at once
});
