import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open, readNumbers, type SoundPage } from '#tests/e2e/pages.ts';
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

async function parent(scripts: boolean, width = 390): Promise<{ readonly visitor: Visitor; readonly site: Site }> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return { visitor: await openWindow(browser, site, { scripts, width }), site };
}

const submit = (visitor: Visitor): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name: '登记', exact: true }).click());

async function ask(visitor: Visitor, numbers: { readonly reference: string; readonly queryCode: string }): Promise<SoundPage> {
  await open(visitor, '/hebei/demand/find/');
  await visitor.page.getByLabel('登记号').fill(numbers.reference);
  await visitor.page.getByLabel('查询码').fill(numbers.queryCode);
  return follow(visitor, (page) => page.getByRole('button', { name: '查看登记' }).click());
}

describe.each([{ scripts: true, phone: '13700001111', how: 'with JavaScript' }, { scripts: false, phone: '13700002222', how: 'without JavaScript' }])('$how', ({ scripts, phone }) => {
  test('a mother registers from the home page, mends what was missing without typing anew, sees what is free, looks again and withdraws', async () => {
    const { visitor, site } = await parent(scripts);
    const { page } = visitor;
    await open(visitor, '/hebei/');
    const form = await follow(visitor, () => page.getByRole('link', { name: '登记入托需求' }).click());
    expect(form.heading).toBe('登记入托需求');
    expect(await form.main.innerText()).toContain('登记不等于报名，不占托位');
    expect(await form.main.innerText()).toContain('本站不代收任何费用');
    expect(await page.getByText('怎么称呼').count()).toBe(0);

    await page.getByLabel('您家所在的街道或乡镇').selectOption({ index: 1 });
    await page.locator('#field-year1').selectOption('2025');
    await page.getByLabel('全日托').check();
    await page.getByLabel('希望几月入托').selectOption('2026-12');
    await page.getByRole('textbox', { name: '手机号' }).fill('1370000');
    const wrong = await submit(visitor);
    expect(await page.title()).toMatch(/^有错误：/);
    expect(await wrong.main.locator('.error-summary li').allInnerTexts()).toEqual(['请把年份和月份都选上。', '请填写 11 位手机号，或带区号的固定电话；不想留也可以空着。', '请选择您和孩子的关系。', expect.stringContaining('勾选同意')]);
    for (const link of await wrong.main.locator('.error-summary a').all()) expect(await page.locator((await link.getAttribute('href')) ?? '#none').count()).toBe(1);
    expect(await page.locator('#field-year1').inputValue()).toBe('2025');
    expect(await page.getByRole('textbox', { name: '手机号' }).inputValue()).toBe('1370000');
    expect(await page.getByLabel('全日托').isChecked()).toBe(true);

    await page.locator('#field-month1').selectOption('3');
    await page.getByRole('textbox', { name: '手机号' }).fill(phone);
    await page.getByLabel('我是孩子的父母或其他监护人').check();
    await page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
    const receipt = await submit(visitor);
    expect(receipt.heading).toBe('已登记');
    expect(new URL(page.url()).pathname).toBe('/hebei/demand/received/');
    const numbers = await readNumbers(page);
    expect(numbers).toEqual({ reference: expect.stringMatching(/^D-[0-9A-HJKMNP-TV-Z]{8}$/), queryCode: expect.stringMatching(/^\d{16}$/) });
    const said = await receipt.main.innerText();
    expect(said).toContain('2027年5月23日为止有效');
    expect(said).toMatch(/示例·\S+/);
    expect(said).toMatch(/空余\s\d+\s个，11月\d+日核对/);
    expect(said).not.toContain(phone);
    // The receipt is of this place and of this page; elsewhere it is none, and no fault.
    expect((await page.goto('/hebei/bookings/received/'))?.status()).toBe(200);
    await open(visitor, '/daqing/demand/received/');
    await open(visitor, '/daqing/demand/');

    const found = await ask(visitor, { reference: ` ${numbers.reference.toLowerCase()}`, queryCode: numbers.queryCode.replace(/(.{4})/g, '$1 ') });
    expect(found.heading).toBe('您的登记');
    expect(await found.main.innerText()).toMatch(/手机号\s*已留/);
    const renewed = await follow(visitor, () => page.getByRole('button', { name: '还在找，继续告诉我' }).click());
    expect(await renewed.main.innerText()).toContain('继续为您留意');
    const asked = await follow(visitor, () => page.getByRole('button', { name: '撤回登记' }).click());
    expect(asked.heading).toBe('撤回这份登记吗？');
    const withdrawn = await follow(visitor, () => page.getByRole('button', { name: '确认撤回' }).click());
    expect(withdrawn.heading).toBe('登记已撤回');
    expect(await (await ask(visitor, numbers)).main.innerText()).not.toContain('2025年3月');

    for (const secret of [phone, '2025-03', numbers.queryCode]) {
      expect(visitor.addresses.filter((address) => address.includes(secret))).toEqual([]);
      expect(site.output()).not.toContain(secret);
      expect(visitor.cookies.filter((cookie) => cookie.includes(secret))).toEqual([]);
    }
  });

  test('the form is filled in from what was looked for, and the back button after success registers nothing twice', async () => {
    const { visitor } = await parent(scripts, 320);
    const { page } = visitor;
    const list = await open(visitor, '/hebei/institutions/?q=没有这样的机构名&months=9&mode=halfDay&subdistrict=120105002&maxFee=2800');
    await follow(visitor, () => list.main.getByRole('link', { name: '有空位告诉我' }).click());
    expect(await page.getByLabel('您家所在的街道或乡镇').inputValue()).toBe('120105002');
    expect([await page.locator('#field-year1').inputValue(), await page.locator('#field-month1').inputValue()]).toEqual(['2026', '2']);
    expect(await page.getByLabel('半日托').isChecked()).toBe(true);
    expect(await page.getByLabel('每月全部费用最多能接受').inputValue()).toBe('2800');
    expect(await page.locator('main').innerText()).toContain('按“9 个月”推算出来的，请核对');
    await page.getByLabel('希望几月入托').selectOption({ index: 1 });
    await page.getByLabel('我受监护人委托登记').check();
    await page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
    await submit(visitor);
    const first = await readNumbers(page);
    await page.goBack();
    await page.getByLabel('希望几月入托').selectOption({ index: 1 });
    await page.getByLabel('我受监护人委托登记').check();
    await page.getByLabel('我已阅读并同意《儿童个人信息保护规则》').check();
    await submit(visitor);
    expect(await readNumbers(page)).toEqual(first);
  });
});

test('a wrong code, a place that is not, and a receipt that is over are said kindly', async () => {
  const { visitor } = await parent(true, 1280);
  await open(visitor, '/hebei/demand/received/');
  expect(await visitor.page.locator('main').innerText()).toContain('请用登记号和查询码查看');
  const wrong = await ask(visitor, { reference: 'D-00000000', queryCode: '1234567890123456' });
  expect(await wrong.main.innerText()).toContain('没有找到这份登记');
  await open(visitor, '/nowhere/demand/', 404);
  await visitor.context.addCookies([{ name: 'mode', value: 'elder', url: visitor.site.origin }]);
  await open(visitor, '/hebei/demand/');
  await open(visitor, '/daqing/demand/');
});

test('a program registers, and is told which field is wrong', async () => {
  const { site } = await parent(false);
  const post = async (path: string, body: unknown, key?: string) => {
    const answer = await fetch(`${site.origin}/api/v1/hebei/demand${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: site.origin, ...(key === undefined ? {} : { 'idempotency-key': key }) }, body: JSON.stringify(body) });
    return { status: answer.status, cache: answer.headers.get('cache-control'), body: await answer.json() };
  };
  const need = { subdistrict: '120105001', birthMonth: '2027-05', modes: ['fullDay'], start: '2027-11', maxFee: 3000, hours: { from: '08:00', until: '17:30' }, consent: { rulesVersion: '2026-11', actingAs: 'guardian' } };
  const made = await post('', need, 'a-key-of-a-program');
  expect(made).toMatchObject({ status: 201, cache: 'no-store', body: { reference: expect.stringMatching(/^D-/), queryCode: expect.stringMatching(/^\d{16}$/) } });
  expect(await post('', need, 'a-key-of-a-program')).toEqual(made);
  expect(await post('', { ...need, maxFee: 1 }, 'a-key-of-a-program')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  expect(await post('', need)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
  for (const [change, field, code] of [
    [{ birthMonth: '2027-10' }, 'birthMonth', 'range'], [{ birthMonth: '2010-05' }, 'birthMonth', 'range'], [{ subdistrict: '999999999' }, 'subdistrict', 'unknown-value'],
    [{ phone: '1380' }, 'phone', 'format'], [{ modes: [] }, 'modes', 'required'], [{ name: '某某' }, 'name', 'unknown-field'], [{ start: undefined }, 'start', 'required'], [{ birthMonth: '2027-05-01' }, 'birthMonth', 'format'],
  ] as const) {
    expect(await post('', { ...need, ...change }, `key-${field}-${code}-${JSON.stringify(change).length}`)).toMatchObject({ status: 422, body: { code: 'invalid', errors: expect.arrayContaining([expect.objectContaining({ field, code })]) } });
  }
  const { reference, queryCode } = made.body;
  expect(await post('/find', { reference, queryCode })).toMatchObject({ status: 200, body: { state: 'looking', birthMonth: '2027-05', phone: false } });
  expect(await post('/withdraw', { reference, queryCode })).toMatchObject({ status: 200, body: { state: 'withdrawn', birthMonth: null } });
  expect(await post('/withdraw', { reference, queryCode })).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  expect(await post('/find', { reference, queryCode: '1234567890123456' })).toMatchObject({ status: 404, body: { code: 'not-found' } });
});
