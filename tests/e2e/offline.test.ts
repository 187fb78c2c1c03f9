import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
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

const library = '/hebei/guidance/';
const read = `${library}fever-at-home/`;
const unread = `${library}choking/`;

/** A parent who has opened the library once, so that the worker stands. */
async function reader(): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  const visitor = await openWindow(browser, site);
  await visitor.page.goto(library);
  await visitor.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return visitor;
}

/** Addresses of everything the browser keeps for this site. */
const kept = (page: Page): Promise<readonly string[]> => page.evaluate(async () => {
  const names = await caches.keys();
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return keys.flat().map(({ url }) => url.slice(location.origin.length)).toSorted();
});
const isKept = async (page: Page, address: string): Promise<void> => {
  await expect.poll(async () => (await kept(page)).includes(address), { timeout: 5_000 }).toBe(true);
};
const failed = async (page: Page, address: string): Promise<string> => page.goto(address).then(() => 'answered', (fault: unknown) => String(fault));

describe('without a network', () => {
  test('an article that was read is there with its styles and a line that says so; an unread one leads to what is kept', async () => {
    const { page, context } = await reader();
    await page.goto(read);
    const title = await page.locator('h1').innerText();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await isKept(page, `${read}?mode=default`);
    await context.setOffline(true);
    await page.reload();
    expect(await page.locator('h1').innerText()).toBe(title);
    expect(await page.locator('.notice').innerText()).toMatch(/^现在没连上网。这是 \d{4}年\d{1,2}月\d{1,2}日 存下的一页，可能有更新。$/);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(background);
    await page.goto(unread);
    expect(await page.locator('h1').innerText()).toBe('现在没有连上网');
    expect(await page.locator('main').innerText()).toContain('打 120');
    expect(await page.getByText('还没有存下的文章').isVisible()).toBe(false);
    await page.locator('.offline-kept').getByRole('link', { name: title }).click();
    expect(await page.locator('h1').innerText()).toBe(title);
    await context.close();
  });

  test('no booking, demand, search, month or API address is kept or answered', async () => {
    const { page, context } = await reader();
    const others = ['/hebei/bookings/find/', '/hebei/demand/', '/hebei/search/?q=1', '/hebei/institutions/', '/hebei/guidance/helpful/?article=choking'];
    for (const address of [...others, '/hebei/this-month/?months=7', read]) await page.goto(address);
    await isKept(page, `${read}?mode=default`);
    const addresses = await kept(page);
    expect(addresses.filter((address) => !/^\/(?:_astro\/[^/]+\.css|favicon\.svg|offline\/|mode\/|hebei\/guidance\/(?:fever-at-home\/)?\?mode=default)$/.test(address))).toEqual([]);
    await context.setOffline(true);
    for (const address of [...others, '/api/v1/openapi.json']) expect(await failed(page, address), address).toContain('ERR_INTERNET_DISCONNECTED');
    await context.close();
  });

  test('who reads in 长辈版 gets 长辈版, and who goes back gets the usual page', async () => {
    const { page, context } = await reader();
    await page.goto(read);
    await isKept(page, `${read}?mode=default`);
    await page.getByRole('button', { name: '长辈版' }).first().click();
    await expect.poll(() => page.locator('html').getAttribute('data-mode')).toBe('elder');
    await isKept(page, `${read}?mode=elder`);
    await context.setOffline(true);
    await page.goto(read);
    expect(await page.locator('html').getAttribute('data-mode')).toBe('elder');
    await page.goto(unread);
    expect(await page.locator('html').getAttribute('data-mode')).toBe('elder');
    await context.setOffline(false);
    await page.goto(read);
    await page.getByRole('button', { name: '标准版' }).first().click();
    await expect.poll(() => page.locator('html').getAttribute('data-mode')).toBe('default');
    await expect.poll(() => page.evaluate(async () => (await caches.match('/mode/'))?.text())).toBe('default');
    await context.setOffline(true);
    await page.goto(read);
    expect(await page.locator('html').getAttribute('data-mode')).toBe('default');
    await context.close();
  });
});

describe('over time', () => {
  test('forty articles are kept, the first read goes first', async () => {
    const { page, context } = await reader();
    const slugs = await page.locator('.library__list a').evaluateAll((links) => links.flatMap((link) => link.getAttribute('href') ?? []));
    expect(slugs.length).toBeGreaterThan(42);
    for (const slug of slugs.slice(0, 42)) {
      await page.goto(slug, { waitUntil: 'commit' });
      await isKept(page, `${slug}?mode=default`);
    }
    const articles = (await kept(page)).filter((address) => address.endsWith('?mode=default'));
    expect(articles).toHaveLength(40);
    expect(articles).not.toContain(`${slugs[0] ?? ''}?mode=default`);
    await context.close();
  });

  test('a new build drops what the older one kept and asks for the articles anew', async () => {
    const { page, context } = await reader();
    await page.evaluate(async (article) => {
      await (await caches.open('files-older')).put('/_astro/gone.css', new Response('body{}'));
      await (await caches.open('read-older')).put(`${article}?mode=default`, new Response('<html><h1>old</h1>', { headers: { 'content-type': 'text/html' } }));
      for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    }, read);
    await page.goto(library);
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).some((name) => name.endsWith('-older')))).toBe(false);
    await isKept(page, `${read}?mode=default`);
    expect(await page.evaluate(async (article) => (await caches.match(`${article}?mode=default`))?.text(), read)).toContain('发');
    await context.close();
  });

  test('the operator can take it back: the worker leaves and nothing stays but what the parent wrote', async () => {
    if (!browser) throw new Error('Nothing was started.');
    const folder = newDataDir();
    const before = await startSite(folder);
    const { page, context } = await openWindow(browser, before);
    await page.goto(library);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.goto(read);
    await isKept(page, `${read}?mode=default`);
    await page.evaluate(() => { localStorage.setItem('own', '1'); });
    await before.stop();
    const after = await startSite(folder, { PORT: String(before.port), OFFLINE_READING: 'off' });
    await page.goto(library);
    await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined); });
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length), { timeout: 10_000 }).toBe(0);
    expect(await page.evaluate(() => localStorage.getItem('own'))).toBe('1');
    await context.close();
    await after.stop();
    removeDataDir(folder);
  });
});

describe('有没有帮助', () => {
  test.each([true, false])('is answered at the end of an article, with scripts %s, and leaves no cookie', async (scripts) => {
    if (!browser || !site) throw new Error('Nothing was started.');
    const visitor = await openWindow(browser, site, { scripts });
    const { page, context } = visitor;
    await page.goto(read);
    expect(await page.locator('script[src], script:not([src])').count()).toBe(0);
    await page.getByRole('button', { name: '有帮助' }).click();
    await page.waitForURL(/#thanks$/);
    expect(await page.getByText('谢谢，记下了。').isVisible()).toBe(true);
    await page.goto(unread);
    await page.getByRole('button', { name: '没帮上忙' }).click();
    await page.waitForURL(/helpful\/\?article=choking$/);
    await page.getByRole('button', { name: '看不懂' }).click();
    await page.waitForURL(/choking\/#thanks$/);
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });
});
