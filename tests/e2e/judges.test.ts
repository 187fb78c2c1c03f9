// Two judges from outside look at the pages a parent uses to find care: IBM Equal Access and HTML_CodeSniffer. (axe looks on at every other test.)
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { slotView } from '#domain/booking/views.ts';
import { launchBrowser } from '#tests/browser.ts';
import { htmlFaults } from '#tests/builtPages.ts';
import { aBooking, ask, book, institutionsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks } from '#tests/e2e/staff.ts';
import { askIbm, askSniffer } from '#tests/judge/accessibility.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

const open = async (mode: string) => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const context = await browser.newContext({ baseURL: site.origin, locale: 'zh-CN', viewport: { width: 390, height: 800 }, bypassCSP: true, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'mode', value: mode, url: site.origin }]);
  return { context, page: await context.newPage() };
};

test('both judges see a fault that was put there', async () => {
  const { context, page } = await open('default');
  await page.goto('/hebei/institutions/');
  await page.evaluate(() => { document.querySelector('main')?.insertAdjacentHTML('beforeend', '<img src="/share.png"><input type="text">'); });
  expect((await askIbm(page)).join('\n')).toMatch(/img_alt/);
  expect((await askSniffer(page)).join('\n')).toMatch(/H37|F65|H44|F68/);
  await context.close();
});

const unfold = (page: Page): Promise<void> => page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true; });

/** What both judges find on these pages; what lies folded away is judged as it is seen when opened: IBM takes a folded label for a missing one. */
const judge = async (page: Page, paths: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await unfold(page);
    for (const [name, ask] of [['IBM', askIbm], ['HTML_CodeSniffer', askSniffer]] as const) found.push(...(await ask(page)).map((line) => `${path} ${name} ${line}`));
  }
  return found;
};

test.each(['default', 'elder'])('neither finds anything in the guidance, %s', async (mode) => {
  const { context, page } = await open(mode);
  expect(await judge(page, [
    '/hebei/search/', '/hebei/search/?q=备案', '/hebei/search/?q=噎住', '/hebei/search/?q=没有这样的词', '/hebei/guidance/', '/hebei/guidance/choking/', '/hebei/guidance/solid-food-by-month/', '/hebei/guidance/choosing-an-institution/', '/hebei/policy/', '/hebei/policy/leave/', '/hebei/policy/materials/', '/xiacheng/policy/plan/',
    '/hebei/policy/open-an-institution/', '/offline/inspection/', '/hebei/duties/', '/hebei/disclosure/', '/xiacheng/disclosure/', '/hebei/open-data/', '/hebei/health-points/', '/hebei/health-points/?kind=nursingRoom&weekday=1', '/hebei/this-month/', '/hebei/this-month/?months=7', '/hebei/this-month/?months=-1', '/hebei/this-month/?months=x', '/hebei/growth/', '/hebei/growth/?indicator=length&sex=girls&months=24', '/hebei/growth/?months=37',
  ])).toEqual([]);
  await context.close();
}, 240_000);

test.each(['default', 'elder'])('neither finds anything on the way from the list to the comparison, %s', async (mode) => {
  const { context, page } = await open(mode);
  const ids = site ? (await institutionsOf(site)).map(({ id }) => id) : [];
  const [first = '', second = '', third = ''] = ids;
  const paths = [
    '/hebei/', '/hebei/institutions/', '/hebei/institutions/?months=18&mode=fullDay&q=示例', '/hebei/institutions/?q=没有这样的机构&months=3', '/zezhou/institutions/?months=40&filters=open',
    `/hebei/institutions/${first}/`, `/hebei/institutions/${first}/?months=14`, `/hebei/institutions/${second}/slots/`, `/hebei/institutions/${first}/report/`, `/hebei/institutions/${first}/poster/`,
    `/hebei/institutions/compare/?ids=${first},${second},${third}`, '/hebei/institutions/compare/?ids=x', '/hebei/near/', '/hebei/demand/', '/hebei/complaints/', '/hebei/complaints/new/?kind=complaint', '/hebei/complaints/received/', '/hebei/complaints/find/', '/hebei/check-filing/?q=示例', '/hebei/early-education/',
  ];
  expect(await judge(page, paths)).toEqual([]);
  await context.close();
}, 240_000);

/** Pages of 机构工作台, judged as its staff see them; a booking's own page is found on the day. */
const portalPaths = ['/portal/', '/portal/places/', '/portal/listing/', '/portal/listing/fees/', '/portal/listing/menu/', '/portal/listing/preview/', '/portal/listing/pause/', '/portal/listing/photos/', '/portal/reports/', '/portal/count/', '/portal/inspections/', '/portal/supervision/', '/portal/supervision/staff-check/', '/portal/supervision/duty/?duty=health-check&year=2026', '/portal/bookings/', '/portal/bookings/week/', '/portal/bookings/find/', '/portal/bookings/walk-in/?day=2026-11-24', '/portal/bookings/day-sheet/?day=2026-11-24', '/portal/codes/', '/portal/cases/', '/portal/calls/', '/portal/terms/?kind=care', '/portal/slots/', '/portal/slots/edit/?kind=care', '/portal/slots/exception/?kind=closedBand'];

test.each(['default', 'elder'])('neither, nor html-validate, finds anything on an institution’s desk, %s', async (mode) => {
  const account = await demoAccountOf(dataDir, 'institution');
  const care = site && z.object({ items: z.array(slotView) }).parse(JSON.parse((await ask(site, '/hebei/slots?kind=care')).text)).items.find(({ host, open: seats }) => host.id === account.institution && seats > 0);
  const birthMonth = care?.bands.includes('infant') ? '2026-03' : care?.bands.includes('older') ? '2024-06' : '2025-05';
  if (site) expect((await book(site, `judged-${mode}`, aBooking(care?.id ?? '', { phone: mode === 'elder' ? '13600000001' : '13600000002', children: [{ birthMonth }] }))).status).toBe(201);
  const { context, page } = await open(mode);
  await page.goto('/sign-in/?to=/portal/bookings/');
  await page.getByLabel('登录名').fill(account.login);
  await page.getByLabel('密码').fill(account.password);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '登录', exact: true }).click()]);
  const paths = [...portalPaths, (await page.locator('.desk-row__name').first().getAttribute('href')) ?? ''];
  const texts = await Promise.all(paths.map(async (path) => htmlFaults(await (await context.request.get(path)).text(), path)));
  expect(texts.flat()).toEqual([]);
  expect(await judge(page, paths)).toEqual([]);
  await context.close();
}, 240_000);

/** Pages of the office, as a clerk and a street see them; the street's are its own. */
const officePaths = {
  clerk: ['/office/', '/office/reports/', '/office/banners/', '/office/cases/', '/office/cases/enter/', '/office/inspections/', '/office/inspections/new/', '/office/leads/?street=120105001', '/office/leads/?which=settled', '/office/leads/new/', '/office/leads/half-year/', '/office/member-report/', '/office/supervision/?q=示例', '/office/filings/', '/office/due/?queue=counts', '/office/counts/', '/office/import/', '/office/affordable/?q=示例', '/office/calls/', '/office/messages/', '/office/signals/', '/office/demand/'],
  reviewer: ['/office/listings/', '/office/reports/', '/office/exports/'],
  securityAdmin: ['/office/sign-ins/'],
  systemAdmin: ['/office/accounts/', '/office/accounts/batch/', '/office/exports/'],
  auditor: ['/office/audit/', '/office/audit/access/', '/office/audit/?check=1', '/office/audit/pack/', '/office/audit/impact/'],
  street: ['/office/', '/office/home-visits/', '/office/home-visits/week/', '/office/home-visits/find/', '/office/home-visits/day-sheet/', '/office/home-visits/team/', '/office/home-visits/slots/', '/office/home-visits/slots/edit/', '/office/home-visits/slots/exception/?kind=closed', '/office/listings/enter/?q=示例', '/office/leads/'],
} as const;
const casePages = ['', 'forward/', 'hotline/', 'identity/', 'print/?what=handover', 'print/?what=secureEvidence'];
const seat = demoDesks(dataDir);

test.each([['clerk', 'default'], ['clerk', 'elder'], ['reviewer', 'default'], ['reviewer', 'elder'], ['systemAdmin', 'default'], ['systemAdmin', 'elder'], ['securityAdmin', 'default'], ['securityAdmin', 'elder'], ['auditor', 'default'], ['auditor', 'elder'], ['street', 'default'], ['street', 'elder']] as const)('neither, nor html-validate, finds anything in the office of a %s, %s', async (role, mode) => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const sent = await ask(site, '/hebei/complaints', { kind: 'complaint', subject: 'safety', happened: '接孩子时看到大门开着，没有人看着。', identity: 'anonymous' }, { origin: site.origin, 'idempotency-key': `judged-${role}-${mode}` });
  expect(sent.status, sent.text).toBe(201);
  const visitor = await openWindow(browser, site, { width: 390 });
  await visitor.context.addCookies([{ name: 'mode', value: mode, url: site.origin }]);
  await seat(visitor, role, '/office/');
  const { context, page } = await open(mode);
  await context.addCookies((await visitor.context.cookies()).filter(({ name }) => name === '__Host-sid'));
  await visitor.context.close();
  const cases = role === 'clerk' ? await page.goto('/office/cases/?state=all').then(async () => (await page.locator('a[href^="/office/cases/0"]').first().getAttribute('href')) ?? '') : '';
  const affordable = role === 'clerk' ? await page.goto('/office/affordable/').then(async () => (await page.locator('.data-table a').first().getAttribute('href')) ?? '') : '';
  const record = role === 'clerk' ? await page.goto('/office/supervision/').then(async () => (await page.locator('.data-table a[href^="/office/supervision/"]:not([href*="?"])').first().getAttribute('href')) ?? '') : '';
  const first = async (list: string, link: string): Promise<string> => page.goto(list).then(async () => (await page.locator(link).first().getAttribute('href')) ?? '');
  const draft = role === 'reviewer' ? [await first('/office/listings/', '.listing-queue a')] : [];
  const lead = role === 'clerk' ? [await first('/office/leads/', '.call-row a')] : [];
  const entered = role === 'street' ? await first('/office/listings/enter/', 'a[href^="/office/listings/enter/"]:not([href$="enter/"])').then((of) => ['', 'contact/', 'bands/', 'preview/', 'pause/', 'photos/'].map((part) => of + part)) : [];
  if (role === 'clerk') {
    const { institution } = await demoAccountOf(dataDir, 'institution');
    await page.goto(`/hebei/institutions/${institution ?? ''}/report/`);
    await page.getByLabel('名称、地址或电话').check();
    await page.getByRole('textbox', { name: /哪里不对/ }).fill('门口的电话和这里写的不一样');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '提交报告' }).click()]);
  }
  const reported = role === 'clerk' ? [await first('/office/reports/', 'a[href^="/office/reports/"]:not([href$="reports/"])')] : [];
  const paths = [...officePaths[role], ...draft, ...lead, ...entered, ...reported, ...(role === 'clerk' ? [affordable, ...['', 'assessment/', 'decision/', 'staff-check/', 'duty/?duty=health-check&year=2026'].map((part) => record + part)] : []), ...(role === 'clerk' ? casePages.map((part) => cases.replace(/\?.*$/, '') + part) : [])];
  const answers = await Promise.all(paths.map(async (path) => ({ path, reply: await context.request.get(path) })));
  expect(answers.filter(({ reply }) => reply.status() !== 200).map(({ path }) => path), 'pages that are there').toEqual([]);
  expect((await Promise.all(answers.map(async ({ path, reply }) => htmlFaults(await reply.text(), path)))).flat()).toEqual([]);
  expect(await judge(page, paths)).toEqual([]);
  await context.close();
}, 300_000);

test.each(['default', 'elder'])('neither finds anything in a search field whose suggestions stand open, %s', async (mode) => {
  const { context, page } = await open(mode);
  const found: string[] = [];
  for (const [path, typed] of [['/hebei/institutions/', '示例'], ['/hebei/', '发烧']] as const) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await unfold(page);
    await page.locator('.search__input').pressSequentially(typed);
    await page.locator('[role="option"]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    for (const ask of [askIbm, askSniffer]) found.push(...(await ask(page)).map((line) => `${path} ${line}`));
    expect(await page.locator('[role="option"]').count()).toBeGreaterThan(0);
  }
  expect(found).toEqual([]);
  await context.close();
}, 120_000);
