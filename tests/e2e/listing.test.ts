// An institution keeps its page true: bad news shows at once, everything else after review; institution, reviewer and parent at three browsers, two processes.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listingGroups } from '#domain/listingDraft/model.ts';
import type { DraftActor } from '#domain/listingDraft/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { launchBrowser } from '#tests/browser.ts';
import { openDesk } from '#tests/e2e/desk.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, second]: [Browser | undefined, Site | undefined, Site | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  second = await startSite(dataDir); // another process on the same records
  await emptyQueue();
});
afterAll(async () => {
  await browser?.close();
  await second?.stop();
  await site?.stop();
  removeDataDir(dataDir);
});

/** The demonstration's own drafts are decided, so that the queue holds what a test puts into it. */
async function emptyQueue(): Promise<void> {
  const app = await openDesk(dataDir);
  const reviewer: DraftActor = { account: 'account-of-a-test', jurisdiction: jurisdictionCode.parse('120105'), sayer: 'authority', institution: null, subdistrict: null };
  const waiting = await app.listingDrafts.waiting(reviewer.jurisdiction);
  expect(waiting, 'a demonstration has drafts to review').toHaveLength(3);
  for (const { id, version } of waiting) expect(await app.listingDrafts.review(reviewer, id, version, { approve: [...listingGroups], photos: [], reason: null, words: null })).toMatchObject({ ok: true });
  await app.close();
}

function ready() {
  if (!browser || !site || !second) throw new Error('Nothing was started.');
  return { browser, site, second };
}
const seat = demoDesks(dataDir);
async function at(role: string, scripts: boolean, to: string, width = 1280): Promise<Visitor> {
  const visitor = await openWindow(ready().browser, ready().site, { scripts, width });
  await seat(visitor, role, to);
  return visitor;
}
const press = (visitor: Visitor, name: string | RegExp): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click());

const whole = z.object({ phone: z.string().nullable(), fees: z.array(z.object({ amount: z.number().nullable() })), nextFees: z.object({ from: z.string() }).nullable(), pauses: z.array(z.object({ band: z.string().nullable() })), bands: z.array(z.object({ band: z.string(), free: z.number().nullable() })) });
/** What API, page and list say of an institution, on one process. */
async function said(from: Site, id: string, name: string) {
  const read = async (path: string): Promise<string> => (await fetch(`${from.origin}${path}`)).text();
  const [json, page, list] = await Promise.all([read(`/api/v1/hebei/institutions/${id}`), read(`/hebei/institutions/${id}/`), read(`/hebei/institutions/?q=${encodeURIComponent(name)}`)]);
  const { phone, nextFees, pauses, fees } = whole.parse(JSON.parse(json));
  return { phone, nextFees: nextFees?.from ?? null, dearest: Math.max(...fees.map(({ amount }) => amount ?? 0)), pauses: pauses.length, pageTells: { pause: page.includes('暂时不收孩子'), next: page.includes('拟调整：2027年1月1日起执行'), phone: phone !== null && page.includes(phone) }, listTells: list.includes('停班至') };
}
/** The same from both processes within a second of what was done. */
async function bothSay(id: string, name: string) {
  const [one, other] = await Promise.all([said(ready().site, id, name), said(ready().second, id, name)]);
  expect(other).toEqual(one);
  return one;
}

test('a band that closes shows to the parent at once, the dearer fee only after review, on page, list and API of every process', { timeout: 120_000 }, async () => {
  const { institution = '' } = await demoAccountOf(dataDir, 'institution');
  const own = await at('institution', false, '/portal/listing/', 390);
  const name = await own.page.locator('.desk-head__who').innerText().then((who) => who.split(' · ')[0] ?? '');
  const parent = await openWindow(ready().browser, ready().site, { width: 390 });
  await open(parent, `/hebei/institutions/${institution}/`);
  const before = await bothSay(institution, name);

  // A fee of a later day, wrongly typed first: what was typed stays and the field is named.
  await follow(own, (page) => page.getByRole('link', { name: '修改收费', exact: true }).click());
  await own.page.getByLabel('金额（元）').first().fill('两千八');
  const wrong = await press(own, '存进草稿');
  expect(await wrong.main.getByRole('link', { name: /金额（元）：请填金额/ }).count()).toBe(1);
  expect(await own.page.getByLabel('金额（元）').first().inputValue()).toBe('两千八');
  await own.page.getByLabel('金额（元）').first().fill('9999');
  await own.page.getByLabel('从哪一天起执行').fill('2027-01-01');
  await own.page.getByLabel('从哪一天起公示').fill('2026-11-20');
  expect((await press(own, '存进草稿')).heading).toBe('展示信息');
  await follow(own, (page) => page.getByRole('link', { name: '修改联系方式', exact: true }).click());
  await own.page.getByLabel('联系电话').fill('022-26001234');
  await press(own, '存进草稿');
  const preview = await follow(own, (page) => page.getByRole('link', { name: '预览公开页' }).click());
  expect(await preview.main.innerText()).toContain('拟调整：2027年1月1日起执行');
  await open(own, '/portal/listing/');
  expect(await (await press(own, '提交审核')).main.innerText()).toContain('已提交，等主管部门审核');
  expect(await bothSay(institution, name)).toEqual(before);

  // The closing does not wait.
  await follow(own, (page) => page.getByRole('link', { name: '修改停班', exact: true }).click());
  await own.page.getByRole('radio').first().check();
  await own.page.getByLabel('到哪一天（含）').fill('2026-11-27');
  await own.page.getByLabel('传染病停班').check();
  await press(own, '马上公布停班');
  const closed = await bothSay(institution, name);
  expect(closed).toEqual({ ...before, pauses: 1, pageTells: { ...before.pageTells, pause: true }, listTells: true });
  await parent.page.reload();
  expect(await parent.page.locator('main').innerText()).toMatch(/停班：2026年11月23日至2026年11月27日（传染病停班）/);

  // Two windows of the reviewer: the second meets what the first has done.
  const reviewer = await at('reviewer', true, '/office/listings/');
  const late = await at('reviewer', true, '/office/listings/');
  for (const window of [reviewer, late]) await follow(window, (page) => page.getByRole('link', { name }).click());
  const seen = await reviewer.page.locator('main').innerText();
  expect(seen).toMatch(/9999/);
  expect(seen).toContain('022-26001234');
  await Promise.all([reviewer.page.waitForEvent('load'), reviewer.page.keyboard.press('a')]);
  const after = await bothSay(institution, name);
  expect(after).toEqual({ ...closed, phone: '022-26001234', nextFees: '2027-01-01', pageTells: { pause: true, next: true, phone: true } });
  expect(await (await press(late, /全部公布/)).main.innerText()).toContain('已被他人更改');
  expect(await (await open(own, '/portal/listing/')).main.innerText()).toContain('已公布');
  for (const { context } of [own, parent, reviewer, late]) await context.close();
});

test('what a reviewer sends back comes with its reason, is mended and handed in again; photos show once ticked', { timeout: 120_000 }, async () => {
  const { institution = '' } = await demoAccountOf(dataDir, 'institution');
  const own = await at('institution', true, '/portal/listing/photos/', 390);
  const bomb = Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), Buffer.alloc(2_000)]);
  await own.page.getByLabel('选一张照片').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: bomb });
  await own.page.getByRole('textbox', { name: '说明' }).last().fill('二楼活动室');
  expect(await (await press(own, '上传照片')).main.innerText()).toContain('照片打不开');
  const { default: sharp } = await import('sharp');
  const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#7799aa' } }).jpeg().toBuffer();
  await own.page.getByLabel('选一张照片').setInputFiles({ name: 'room.jpg', mimeType: 'image/jpeg', buffer: picture });
  await own.page.getByRole('textbox', { name: '说明' }).last().fill('二楼活动室');
  expect(await (await press(own, '上传照片')).main.innerText()).toContain('等审核');
  await open(own, '/portal/listing/');
  await press(own, '提交审核');
  const publicPhotos = async () => (await (await fetch(`${ready().second.origin}/hebei/institutions/${institution}/`)).text()).includes('二楼活动室');
  expect(await publicPhotos()).toBe(false);

  const reviewer = await at('reviewer', true, '/office/listings/');
  const draft = await reviewer.page.locator('.listing-queue a').first().getAttribute('href') ?? '';
  await open(reviewer, draft);
  expect(await (await press(reviewer, /全部公布/)).main.innerText()).toContain('有照片没有勾');
  await reviewer.page.keyboard.press('r');
  await reviewer.page.getByLabel('原因').selectOption('photo');
  await reviewer.page.getByLabel('请机构怎样改').fill('请换一张没有标语的照片');
  await press(reviewer, '退回');
  expect(await (await open(own, '/portal/listing/')).main.innerText()).toContain('照片不能使用：请换一张没有标语的照片');
  await press(own, '提交审核');
  await open(reviewer, draft);
  await reviewer.page.getByLabel('没有可辨认的儿童').check();
  await press(reviewer, /全部公布/);
  expect(await publicPhotos()).toBe(true);
  for (const { context } of [own, reviewer]) await context.close();
});

test('a clerk goes through twenty listings by keyboard, a key each', { timeout: 120_000 }, async () => {
  const app = await openDesk(dataDir);
  const place = jurisdictionCode.parse('120105');
  const { entries } = await app.directory.snapshot(place);
  const twenty = entries.filter(({ group }) => group === 'listed').slice(0, 20);
  expect(twenty).toHaveLength(20);
  for (const { institution } of twenty) {
    const actor: DraftActor = { account: 'account-of-the-institution', jurisdiction: place, sayer: 'institution', institution: institution.id, subdistrict: null };
    const saved = await app.listingDrafts.save(actor, institution.id, 0, 'materials', { items: ['体检表', '接种证'] });
    expect(saved.ok && (await app.listingDrafts.submit(actor, institution.id, 1)).ok, institution.name).toBe(true);
  }
  const reviewer = await at('reviewer', true, '/office/listings/');
  const { page } = reviewer;
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/office\/listings\/[0-9a-f-]{36}\//);
  for (let done = 1; done <= 20; done += 1) {
    await page.waitForFunction(() => document.documentElement.dataset['keys'] === 'on');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('a')]);
  }
  expect(new URL(page.url()).pathname).toBe('/office/listings/');
  expect(await page.locator('main').innerText()).toContain('现在没有等审核的内容');
  expect((await app.listingDrafts.waiting(place)).length).toBe(0);
  await reviewer.context.close();
  await app.close();
});

test('信息有误: a visitor writes, the institution answers without ever seeing the phone, the office opens it with a reason and settles', { timeout: 120_000 }, async () => {
  const { institution = '' } = await demoAccountOf(dataDir, 'institution');
  const parent = await openWindow(ready().browser, ready().site, { scripts: false, width: 390 });
  await open(parent, `/hebei/institutions/${institution}/report/`);
  await parent.page.getByLabel('名称、地址或电话').check();
  await parent.page.getByRole('textbox', { name: /哪里不对/ }).fill('门口的电话和这里写的不一样');
  await parent.page.getByRole('textbox', { name: /您的电话/ }).fill('13900002222');
  await press(parent, '提交报告');
  const own = await at('institution', false, '/portal/reports/', 390);
  expect(await own.page.locator('main').innerText()).toContain('门口的电话和这里写的不一样');
  expect(await own.page.content()).not.toContain('13900002222');
  await own.page.getByRole('textbox', { name: '说明' }).fill('已核对，会在展示信息里更新');
  await press(own, '已核对，提交说明');
  const clerk = await at('clerk', false, '/office/reports/');
  await follow(clerk, (page) => page.getByRole('link', { name: /^X-/ }).first().click());
  expect(await (await press(clerk, '看电话')).main.innerText()).toContain('请写 4 到 200 个字');
  await clerk.page.getByRole('textbox', { name: '为什么要看' }).fill('需要确认是哪个号码');
  expect(await (await press(clerk, '看电话')).main.innerText()).toContain('电话：13900002222');
  await clerk.page.getByLabel('已更正').check();
  await clerk.page.getByRole('textbox', { name: '说明' }).fill('机构已更新电话');
  expect(await (await press(clerk, '保存')).main.innerText()).toMatch(/已更正[\s\S]*报告人没有留电话/);
  for (const { context } of [parent, own, clerk]) await context.close();
});
