import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { cardLinks, follow, look, open } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const [dataDir, mapDataDir] = [newDataDir(), newDataDir()];
let [browser, site, siteWithMap]: [Browser | undefined, Site | undefined, Site | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site, siteWithMap] = await Promise.all([launchBrowser(), startSite(dataDir), startSite(mapDataDir, { TIANDITU_KEY: 'not-a-real-key' })]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.stop(), siteWithMap?.stop()]);
  removeDataDir(dataDir);
  removeDataDir(mapDataDir);
});

async function parent(window?: Window, at = site): Promise<Visitor> {
  if (!browser || !at) throw new Error('Nothing was started.');
  return openWindow(browser, at, window);
}

const list = '/hebei/institutions/';
const around = `${list}?near=117.2,39.15&crs=wgs84&radius=3000&sort=distance`;
const exact = { longitude: 117.201_234_5, latitude: 39.152_345_6 };
/** Digits that only the exact position has. */
const tooExact = /117[.%]?2?E?2012|39[.%]?2?E?15234|2012345|1523456/;

const metresOf = (said: string): number => {
  const [, amount = '', unit] = /直线距离约 ([\d.]+) (米|公里)/.exec(said.replaceAll('\u00a0', ' ')) ?? [];
  return Number(amount) * (unit === '公里' ? 1000 : 1);
};
const cardWhere = (page: Page): Promise<readonly string[]> => page.locator('main .cards .card__where').allInnerTexts();
const countAsked = 'window.asked = 0; const { geolocation } = navigator; const ask = geolocation.getCurrentPosition.bind(geolocation); geolocation.getCurrentPosition = (...all) => { window.asked += 1; ask(...all); };';

describe('a parent who lets the phone say where it is', () => {
  test('is asked only after the press; the list comes by distance and no address ever holds the exact position', async () => {
    const visitor = await parent();
    const { page, context } = visitor;
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation(exact);
    await context.addInitScript(countAsked);
    await open(visitor, `${list}?months=18`);
    await page.locator('button.near__here').waitFor();
    expect(await page.evaluate('window.asked')).toBe(0);
    const near = await follow(visitor, () => page.getByRole('button', { name: '用我现在的位置' }).click());
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('near'), searchParams.get('radius'), searchParams.get('sort'), searchParams.get('months')]).toEqual(['117.201,39.152', '3000', 'distance', '18']);
    expect(visitor.addresses.filter((address) => tooExact.test(address))).toEqual([]);
    expect(visitor.addresses.filter((address) => !address.startsWith(`${visitor.site.origin}/`) && !address.startsWith('data:'))).toEqual([]);
    const metres = (await cardWhere(page)).map(metresOf);
    expect(metres.length).toBeGreaterThan(3);
    expect(metres).toEqual([...metres].sort((one, other) => one - other));
    const said = await near.main.innerText();
    expect(said).toContain('从您选的位置算起');
    expect(said).toMatch(/步行估算约.\d+.分钟/);
    expect(said).not.toMatch(/最近的托育/);
    expect(said).toMatch(/另有 \d+ 家没有位置/);
    await page.goBack();
    expect(await page.getByRole('button', { name: '用我现在的位置' }).isEnabled()).toBe(true);
    await visitor.context.close();
  });

  test('and is refused it is told what to do instead', async () => {
    const visitor = await parent();
    const { page } = visitor;
    await open(visitor, '/hebei/near/');
    await page.getByRole('button', { name: '用我现在的位置' }).click();
    await page.getByRole('alert').filter({ hasText: '没有得到位置授权' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/hebei/near/');
    await look(visitor);
    await visitor.context.close();
  });

  test('far from this country is told so, and nothing is asked of the site', async () => {
    const visitor = await parent();
    await visitor.context.grantPermissions(['geolocation']);
    await visitor.context.setGeolocation({ longitude: 2.352_2, latitude: 48.856_6 });
    await open(visitor, '/hebei/near/');
    await visitor.page.getByRole('button', { name: '用我现在的位置' }).click();
    await visitor.page.getByRole('alert').filter({ hasText: '不在国内' }).waitFor();
    expect(visitor.addresses.filter((address) => address.includes('48.8'))).toEqual([]);
    await visitor.context.close();
  });
});

describe('a parent without JavaScript', () => {
  test('chooses a street, a word of addresses, an institution, or pastes coordinates in any order', async () => {
    const visitor = await parent({ scripts: false });
    const { page } = visitor;
    const send = () => follow(visitor, () => page.getByRole('button', { name: '按距离看机构' }).click());
    await open(visitor, `${list}?mode=fullDay`);
    await follow(visitor, () => page.getByRole('link', { name: '选街道或小区' }).click());
    await page.locator('#field-street').selectOption({ index: 1 });
    const byStreet = await send();
    expect(new URL(page.url()).searchParams.get('around')).toMatch(/^\d{9}$/);
    expect(new URL(page.url()).searchParams.get('mode')).toBe('fullDay');
    expect(await byStreet.main.innerText()).toMatch(/以该街道（乡镇）\d+ 家机构位置的中点估算/);

    await page.goto(list);
    const name = await cardLinks(page).first().innerText();
    await open(visitor, '/hebei/near/');
    await page.locator('#field-words').fill(name);
    const byName = await send();
    expect(await byName.main.innerText()).toContain(`从“${name}”算起`);
    expect(await cardLinks(page).first().innerText()).toBe(name);

    for (const [pasted, datum, expected] of [['39.1582000,117.1967001', 'wgs84', '117.197,39.158'], ['117.2030138，39.1592576', 'gcj02', '117.197,39.158'], ['https://api.map.baidu.com/marker?location=39.1653846,117.2095105', 'gcj02', '117.197,39.158']] as const) {
      await page.goto('/hebei/near/');
      await page.locator('#field-paste').fill(pasted);
      await page.locator('#field-datum').selectOption(datum);
      await send();
      const [lng = 0, lat = 0] = (new URL(page.url()).searchParams.get('near') ?? '').split(',').map(Number);
      const [expectedLng = 0, expectedLat = 0] = expected.split(',').map(Number);
      expect([lng, lat], pasted).toEqual([expect.closeTo(expectedLng, 2), expect.closeTo(expectedLat, 2)]);
    }
    expect(visitor.addresses.filter((address) => /1967001|2030138|2095105|1582000|1592576|1653846/.test(address))).toEqual([]);
    await visitor.context.close();
  });

  test('who pastes nonsense keeps it and is told how to mend it', async () => {
    const visitor = await parent({ scripts: false });
    const { page } = visitor;
    for (const [field, typed, said] of [['paste', 'https://surl.amap.com/abc', '没有坐标'], ['paste', '2.3522,48.8566', '不在国内'], ['words', '没有这个小区', '没有找到'], ['paste', "<script>alert(1)</script>' OR 1=1", '没有找到坐标'], ['words', '', '任选一种']] as const) {
      await open(visitor, '/hebei/near/');
      await page.locator(`#field-${field}`).fill(typed);
      const wrong = await follow(visitor, () => page.getByRole('button', { name: '按距离看机构' }).click());
      expect(await wrong.main.locator('.error-summary').innerText(), typed).toContain(said);
      if (typed !== '') expect(await page.locator(`#field-${field}`).inputValue()).toBe(typed);
      await page.locator('.error-summary a').click();
      expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^field-/);
    }
    await open(visitor, `${list}?around=999999999&sort=distance&radius=1000`);
    expect(await page.locator('.near-me').innerText()).toContain('地址里的起点现在没有机构位置可以估算');
    await visitor.context.close();
  });

  test('presses a number in the picture and is led to its row', async () => {
    const visitor = await parent({ scripts: false });
    const { page } = visitor;
    await open(visitor, around);
    await page.locator('.rings a.mark').first().click();
    expect(new URL(page.url()).hash).toBe('#near-1');
    expect(await page.locator('#near-1').isVisible()).toBe(true);
    expect(await page.locator('#near-1').innerText()).toContain('直线距离约');
    await visitor.context.close();
  });
});

describe.each([{ mode: 'default', width: 390, least: 44 }, { mode: 'default', width: 1280, least: 44 }, { mode: 'elder', width: 390, least: 56 }])('the picture in a window of $width pixels, $mode', ({ mode, width, least }) => {
  test('has marks large enough, each to be reached by a finger at its middle', async () => {
    const visitor = await parent({ width });
    const { page } = visitor;
    await visitor.context.addCookies([{ name: 'mode', value: mode, url: visitor.site.origin }]);
    await open(visitor, around);
    const marks = await page.locator('.rings a.mark').evaluateAll((all) => all.map((mark) => {
      mark.scrollIntoView({ block: 'center' });
      const { width: wide, height, left, top } = mark.querySelector('.mark__hit')?.getBoundingClientRect() ?? new DOMRect();
      return { side: Math.min(wide, height), isReached: document.elementFromPoint(left + wide / 2, top + height / 2)?.closest('a.mark') === mark, numbers: mark.getAttribute('data-numbers') ?? '' };
    }));
    expect(marks.length).toBeGreaterThan(5);
    for (const mark of marks) {
      expect(mark.side, mark.numbers).toBeGreaterThanOrEqual(least);
      expect(mark.isReached, mark.numbers).toBe(true);
    }
    const rows = await page.locator('.near-twin .near-rows li').evaluateAll((all) => all.map((row) => row.getAttribute('data-number')));
    expect(marks.flatMap(({ numbers }) => numbers.split(' ')).map(Number).sort((one, other) => one - other).map(String)).toEqual(rows);
    await visitor.context.close();
  });
});

test('a press or the arrow keys choose an institution in the picture, the list and the cards alike', async () => {
  const visitor = await parent();
  const { page } = visitor;
  await open(visitor, around);
  await page.locator('.rings a.mark[tabindex="0"]').waitFor({ state: 'attached' });
  const choose = async (act: () => Promise<void>, number: number) => {
    await act();
    const row = page.locator(`#near-${String(number)}`);
    await page.locator(`#near-${String(number)}.near-row--chosen`).waitFor({ state: 'attached' });
    const name = await row.locator('a').textContent();
    expect(await page.locator('.near-choice').innerText()).toContain(name ?? '?');
    expect(await page.locator('.mark--chosen').getAttribute('aria-current')).toBe('true');
    expect(await page.locator('.card--chosen .card__link').allInnerTexts()).toEqual([name]);
    expect(new URL(page.url()).hash).toBe('');
  };
  await choose(() => page.locator('.rings a.mark').nth(1).click(), 2);
  await choose(async () => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
  }, 3);
  await choose(async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
  }, 1);
  expect(await page.locator('.rings a.mark[tabindex="0"]').count()).toBe(1);
  await look(visitor);
  await visitor.context.close();
});

describe('a base map', () => {
  const csp = async (at: Site | undefined): Promise<string> => (await fetch(`${at?.origin ?? ''}${around}`)).headers.get('content-security-policy') ?? '';

  test('is not there without a key: no button, no script of it, and no picture from elsewhere is allowed', async () => {
    const visitor = await parent();
    const near = await open(visitor, around);
    await visitor.page.waitForLoadState('networkidle');
    expect(await near.main.innerText()).not.toContain('天地图');
    expect(visitor.addresses.filter((address) => /leaflet|TileMap|tianditu/i.test(address))).toEqual([]);
    expect(await csp(site)).toContain("img-src 'self' data:");
    expect(await csp(site)).not.toContain('tianditu');
    await visitor.context.close();
  });

  test.each([['come', 200], ['do not come', 503]])('with a key is fetched when it is asked for, from its one host, and stands whether its tiles %s', async (_how, status) => {
    const visitor = await parent({}, siteWithMap);
    const { page } = visitor;
    const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const referrers: string[] = [];
    await visitor.context.route(/^https?:\/\/(?!localhost)/, async (route) => {
      referrers.push((await route.request().allHeaders())['referer'] ?? '');
      await route.fulfill({ status, contentType: 'image/png', body: pixel });
    });
    await open(visitor, around);
    expect(visitor.addresses.filter((address) => /leaflet|tianditu/i.test(address))).toEqual([]);
    await page.getByRole('button', { name: '在天地图上看' }).click();
    await page.locator('.tile-map .leaflet-tile').first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const elsewhere = visitor.addresses.filter((address) => !address.startsWith(`${visitor.site.origin}/`) && !address.startsWith('data:'));
    expect(elsewhere.length).toBeGreaterThan(1);
    expect(elsewhere.filter((address) => !address.startsWith('https://t0.tianditu.gov.cn/'))).toEqual([]);
    await expect.poll(() => referrers.length).toBeGreaterThan(1);
    expect(new Set(referrers)).toEqual(new Set([`${visitor.site.origin}/`]));
    const map = page.getByRole('region', { name: '天地图：机构位置' });
    expect(await map.innerText()).toContain('审图号：待主办单位填写');
    const onMap = await map.locator('.tile-mark').allInnerTexts();
    expect(onMap.map((said) => Number(/^(\d+)家$/.exec(said)?.[1] ?? 1)).reduce((sum, count) => sum + count, 0)).toBe(await page.locator('.near-twin .near-rows li').count());
    await map.locator('.tile-mark').last().press('Enter');
    expect(await map.locator('.tile-popup').innerText()).toContain('直线距离约');
    await page.waitForTimeout(500); // the map moves to show the whole of what was opened
    await page.waitForLoadState('networkidle');
    expect(visitor.takeComplaints().filter((complaint) => !/tianditu|status of 503/.test(complaint))).toEqual([]);
    await look(visitor);
    await visitor.context.close();
  });
});
