import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const demoAccounts = z.array(z.object({ role: z.string(), jurisdiction: z.string(), institution: z.string().optional(), login: z.string(), password: z.string(), totpSecret: z.string().optional() }));
type DemoAccount = z.infer<typeof demoAccounts>[number];

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function staff(scripts: boolean, width = 390): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, { scripts, width });
}

/** The accounts a demonstration writes down beside its start. */
async function accountsOf(): Promise<readonly DemoAccount[]> {
  const file = join(dataDir, 'demo-accounts.json');
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false, { timeout: 20_000 }).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  return demoAccounts.parse(JSON.parse(readFileSync(file, 'utf8')));
}
async function accountOf(role: string, jurisdiction = '120105'): Promise<DemoAccount> {
  const found = (await accountsOf()).find((one) => one.role === role && one.jurisdiction === jurisdiction);
  if (!found) throw new Error(`no demonstration account of ${role}`);
  return found;
}

const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

async function firstStep(visitor: Visitor, login: string, password: string): Promise<SoundPage> {
  await visitor.page.getByLabel('登录名').fill(login);
  await visitor.page.getByLabel('密码').fill(password);
  return press(visitor, '登录');
}

test('a demonstration has an account of every role in every place, each password another', async () => {
  const accounts = await accountsOf();
  const places = new Set(accounts.map(({ jurisdiction }) => jurisdiction));
  const roles = ['institution', 'clerk', 'reviewer', 'department', 'street', 'systemAdmin', 'securityAdmin', 'auditor'];
  for (const place of places) expect(accounts.filter(({ jurisdiction }) => jurisdiction === place).map(({ role }) => role)).toEqual(roles);
  expect(places.size).toBeGreaterThan(1);
  expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length);
  for (const { role, totpSecret } of accounts) expect(totpSecret === undefined, role).toBe(role === 'institution');
});

describe.each([{ scripts: true, role: 'clerk', how: 'with JavaScript' }, { scripts: false, role: 'reviewer', how: 'without JavaScript' }])('$how', ({ scripts, role }) => {
  test('an officer who opens a page of the office signs in with password and code, comes back to it, cannot use the code twice, and signs out for good', async () => {
    const visitor = await staff(scripts);
    const { page } = visitor;
    const account = await accountOf(role);
    await open(visitor, '/office/who-sees/');
    expect(new URL(page.url()).pathname).toBe('/sign-in/');
    const wrong = await firstStep(visitor, account.login, 'not the password');
    const unknown = await firstStep(visitor, 'nobody-here', 'not the password');
    expect(await wrong.main.locator('.error-summary li').allInnerTexts()).toEqual(await unknown.main.locator('.error-summary li').allInnerTexts());
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    expect((await firstStep(visitor, account.login, account.password)).heading).toBe('输入动态码');
    const code = codeOf(account.totpSecret ?? '');
    await page.getByRole('textbox', { name: '动态码' }).fill(code);
    const inside = await press(visitor, '确认');
    expect(new URL(page.url()).pathname).toBe('/office/who-sees/');
    expect(inside.heading).toBe('谁能看到什么');
    const session = (await visitor.context.cookies()).find(({ name }) => name === '__Host-sid');
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
    await open(visitor, '/portal/', 403);
    expect(await page.locator('h1').innerText()).toBe('您的账号没有这一页的权限');
    await open(visitor, '/office/');
    const left = visitor.page.waitForResponse((response) => response.url().endsWith('/sign-out/'));
    await press(visitor, '退出登录');
    expect((await (await left).allHeaders())['clear-site-data'], 'what the browser put by goes, what waits in its store stays').toBe('"cache"');
    await visitor.context.addCookies(session ? [session] : []);
    await open(visitor, '/office/');
    expect(new URL(page.url()).pathname, 'a token that was signed out opens nothing').toBe('/sign-in/');
    await firstStep(visitor, account.login, account.password);
    await page.getByRole('textbox', { name: '动态码' }).fill(code);
    expect((await press(visitor, '确认')).heading, 'the same code again').toBe('输入动态码');
  });

  test('an institution sees its own desk, its sessions, and ends another of them', async () => {
    const [visitor, other] = [await staff(scripts), await staff(scripts, 1280)];
    const account = await accountOf('institution');
    for (const each of [visitor, other]) {
      await open(each, '/sign-in/?to=https://example.cn/portal/');
      const desk = await firstStep(each, account.login, account.password);
      expect(new URL(each.page.url()).origin, 'never sent to another site').toBe(each.site.origin);
      expect(new URL(each.page.url()).pathname).toBe('/portal/');
      expect(desk.heading).toMatch(/^示例/);
    }
    await open(visitor, '/office/', 403);
    await open(visitor, '/office/accounts/', 403);
    await open(visitor, '/account/');
    await press(visitor, '结束其他全部登录');
    await open(other, '/portal/');
    expect(new URL(other.page.url()).pathname).toBe('/sign-in/');
    await open(visitor, '/portal/');
    expect(new URL(visitor.page.url()).pathname).toBe('/portal/');
  });

  test('an administrator makes an account; its holder activates it with the code of the letter and sets the second step up', async () => {
    const visitor = await staff(scripts, 1280);
    const { page } = visitor;
    const admin = await accountOf('systemAdmin', scripts ? '120105' : '140525');
    const login = scripts ? 'shenhe-js' : 'shenhe-nojs';
    await open(visitor, '/sign-in/?to=/office/accounts/');
    await firstStep(visitor, admin.login, admin.password);
    await page.getByRole('textbox', { name: '动态码' }).fill(codeOf(admin.totpSecret ?? ''));
    await press(visitor, '确认');
    await page.locator('#field-login').fill(login);
    await page.getByLabel('审核岗').check();
    const made = await press(visitor, '建立账号，生成激活信');
    const code = /(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}/.exec(await made.main.innerText())?.[0] ?? '';
    expect(code).not.toBe('');

    const holder = await staff(scripts);
    await open(holder, `/activate/#${code}`);
    if (scripts) {
      expect(await holder.page.getByLabel('激活码').inputValue()).toBe(code);
      expect(holder.page.url(), 'the code has left the address').toBe(`${holder.site.origin}/activate/`);
    } else await holder.page.getByLabel('激活码').fill(code);
    await holder.page.getByLabel('新密码').fill('tuoyu123456789');
    await holder.page.getByLabel('再输一遍密码').fill('tuoyu123456789');
    const weak = await press(holder, '设置密码');
    expect(await weak.main.locator('.error-summary li').count()).toBe(1);
    await holder.page.getByLabel('新密码').fill('birke kessel wolke');
    await holder.page.getByLabel('再输一遍密码').fill('birke kessel wolke');
    expect((await press(holder, '设置密码')).heading).toBe('账号已激活');
    await open(holder, '/sign-in/');
    const setUp = await firstStep(holder, login, 'birke kessel wolke');
    expect(setUp.heading).toBe('设置动态码');
    const secret = (await setUp.main.locator('.secret').innerText()).replace(/\s/g, '');
    await holder.page.getByRole('textbox', { name: '动态码' }).fill(codeOf(secret));
    const codes = await press(holder, '完成设置');
    expect(await codes.main.locator('.code-list li').count()).toBe(10);
    await follow(holder, (at) => at.getByRole('link', { name: '已保存，继续' }).click());
    expect(new URL(holder.page.url()).pathname).toBe('/office/');
    expect(holder.addresses.filter((address) => address.includes(code) && !address.includes('#'))).toEqual([]);
    if (site) for (const secretText of [code, secret, 'birke kessel wolke', login]) expect(site.output(), 'nothing of it in the log').not.toContain(secretText);
  });
});
