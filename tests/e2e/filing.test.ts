// A filing ends while a parent looks on: it is gone everywhere at once, and whoever had booked is told. Clerk and reviewer at two browsers.
import { createHmac } from 'node:crypto';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { slotView, type SlotView } from '#domain/booking/views.ts';
import { readPacked, unpackDirectory } from '#domain/directory/browserIndexUnpack.ts';
import { launchBrowser } from '#tests/browser.ts';
import { openDesk } from '#tests/e2e/desk.ts';
import { findBooking, follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { aBooking, ask, book, institutionsOf, visitsOf } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks, signIn } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const pushSecret = 'the registry and this site alone know it';
const dataDir = newDataDir();
let [browser, site, second]: [Browser | undefined, Site | undefined, Site | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir, { PUSH_SECRET: pushSecret })]);
  second = await startSite(dataDir); // another process on the same records
});
afterAll(async () => {
  await browser?.close();
  await second?.stop();
  await site?.stop();
  removeDataDir(dataDir);
});

function ready() {
  if (!browser || !site || !second) throw new Error('Nothing was started.');
  return { browser, site, second };
}
const window = (scripts: boolean, width = 390): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

const seat = demoDesks(dataDir);
async function signedIn(role: string, scripts: boolean, to: string): Promise<Visitor> {
  const visitor = await window(scripts, 1280);
  await seat(visitor, role, to);
  return visitor;
}

const made = z.object({ reference: z.string(), queryCode: z.string() });
const feed = z.object({ items: z.array(z.object({ authors: z.array(z.object({ name: z.string() })) })) });

/** Open classes of a place. */
async function classes(): Promise<readonly SlotView[]> {
  const { text } = await ask(ready().site, '/hebei/slots?kind=class');
  return z.object({ items: z.array(slotView) }).parse(JSON.parse(text)).items;
}

/** Whether the search field of the pages still offers an institution. */
function offers(index: string, id: string): boolean {
  const packed = readPacked(index);
  if (!packed) throw new Error('not an index');
  const { records, groups } = unpackDirectory(packed);
  return groups[records.findIndex((record) => record.id === id)] === 'listed';
}

/** What other programs take: none of it may hold an institution that has left, but for the number under which it is told that it left. */
const openFiles = {
  csv: '/api/v1/hebei/open-data/institutions.csv', openJson: '/api/v1/hebei/open-data/institutions.json', geojson: '/api/v1/hebei/open-data/institutions.geojson',
  services: '/api/v1/hebei/open-data/hsds/services', places: '/api/v1/hebei/open-data/hsds/service_at_locations', sitemap: '/hebei/sitemap.xml',
} as const;

/** Where an institution still stands: list, search index, listing API, times that can be booked, feed; on one process. */
async function standsIn(at: Site, { id, name }: { readonly id: string; readonly name: string }): Promise<readonly string[]> {
  const read = async (path: string): Promise<string> => (await fetch(`${at.origin}${path}`)).text();
  const [list, index, json, slots, items] = await Promise.all([read(`/hebei/institutions/?q=${encodeURIComponent(name)}`), read('/api/v1/hebei/search-index'), read('/api/v1/hebei/institutions?size=100'), read('/api/v1/hebei/slots?kind=class'), read('/hebei/feed.json')]);
  const exports = await Promise.all(Object.entries(openFiles).map(async ([name, path]) => [name, await read(path)] as const));
  const found = [
    list.includes(`/institutions/${id}/`) ? 'list' : '', offers(index, id) ? 'index' : '', json.includes(id) ? 'api' : '', slots.includes(id) ? 'slots' : '', feed.parse(JSON.parse(items)).items.some(({ authors }) => authors[0]?.name === name) ? 'feed' : '',
    ...exports.map(([name, text]) => (text.replace(/"withdrawn":.*/, '').includes(id) ? name : '')),
  ];
  return found.filter((one) => one !== '');
}

async function fillChange(visitor: Visitor, to: RegExp, reason: string, decision = ''): Promise<void> {
  await visitor.page.getByLabel(to).check();
  await visitor.page.getByRole('textbox', { name: '决定文号' }).fill(decision);
  await visitor.page.getByRole('textbox', { name: '原因' }).fill(reason);
}

let phones = 0;

describe.each([{ scripts: true, turn: 0, how: 'with JavaScript' }, { scripts: false, turn: 1, how: 'without JavaScript' }])('$how', ({ scripts, turn }) => {
  test('a filing that is withdrawn is gone everywhere at once, on every process; the family that booked is told and loses nothing', { timeout: 120_000 }, async () => {
    const names = [...new Map((await classes()).map(({ host }) => [host.id, host])).values()];
    const [host] = names;
    if (!host) throw new Error('no class in the demonstration');
    const one = { id: host.id, name: (await institutionsOf(ready().site)).find(({ id }) => id === host.id)?.name ?? '' };
    const visit = (await visitsOf(ready().site, one.id)).find(({ open: seats }) => seats > 0);
    const phone = `1370000${String(7000 + (phones += 1))}`;
    const booked = await book(ready().site, `withdrawn-${String(turn)}`, aBooking(visit?.id ?? '', { phone }));
    expect(booked.status, booked.text).toBe(201);
    const parent = await window(scripts);
    await open(parent, `/hebei/institutions/${one.id}/`);
    for (const at of [ready().site, ready().second]) expect(await standsIn(at, one)).toEqual(['list', 'index', 'api', 'slots', 'feed', ...Object.keys(openFiles)]);

    const clerk = await signedIn('clerk', scripts, `/office/filings/${one.id}/`);
    await fillChange(clerk, /^注销备案/, 'x', '示例决定1号');
    const refused = await press(clerk, '确认变更');
    expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual(['原因写 2 到 300 个字，不要有 11 到 18 位的号码。']);
    expect(await clerk.page.getByRole('textbox', { name: '决定文号' }).inputValue()).toBe('示例决定1号');
    expect((await standsIn(ready().site, one)).length).toBe(5 + Object.keys(openFiles).length);
    await clerk.page.getByRole('textbox', { name: '原因' }).fill('机构申请终止服务');
    // Stricter than a second: what is asked for the moment the clerk has an answer is without it already, however long this machine takes to send it.
    const answered = clerk.page.waitForResponse((response) => response.request().method() === 'POST');
    await clerk.page.getByRole('button', { name: '确认变更', exact: true }).click();
    await answered;
    const began = performance.now();
    const left = await Promise.all([ready().site, ready().second].map((at) => standsIn(at, one)));
    const took = performance.now() - began;
    expect(left).toEqual([[], []]);
    process.stdout.write(`all answers of two processes, asked for at once, were there without it after ${String(Math.round(took))} ms\n`);

    // The parent presses on: what happened, since when and by which decision, and nothing to book.
    await parent.page.reload();
    const page = await open(parent, `/hebei/institutions/${one.id}/`);
    const words = await page.main.innerText();
    for (const part of ['已注销备案', '自 2026年11月23日 起', '示例决定1号', '机构申请终止服务']) expect(words.replaceAll(/(?<=\d) | (?=\d)/g, ''), part).toContain(part.replaceAll(/(?<=\d) | (?=\d)/g, ''));
    expect(await page.main.getByRole('link', { name: /预约参观/ }).count()).toBe(0);
    // What to do about money, who leads here, and where there is room: filed institutions alone, those with places first.
    for (const part of ['交过的钱还没退，怎么办', '在本地，这类事由', '12315']) expect(words, part).toContain(part);
    expect(await page.main.getByRole('link', { name: '写下这件事' }).getAttribute('href')).toBe(`/hebei/complaints/new/?kind=complaint&subject=closed&institution=${one.id}`);
    const others = page.main.locator('section:has(#closed-nearby) .nearby a');
    expect(await others.count()).toBeGreaterThan(0);
    for (const href of await others.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) expect(await (await fetch(`${ready().site.origin}${href}`)).text()).not.toContain('已注销备案');
    expect((await book(ready().second, `comes-late-${String(turn)}`, aBooking(visit?.id ?? '', { phone: `1380000${String(7000 + turn)}` }))).problem().code).toBe('institution-suspended');
    const numbers = made.parse(JSON.parse(booked.text));
    const told = await findBooking(parent, numbers);
    expect(await told.main.innerText()).toContain('取消');
    const app = await openDesk(dataDir);
    const place = app.findJurisdiction('hebei');
    if (!place) throw new Error('no place');
    await expect.poll(async () => (await app.callList.openRows({ account: 'a', jurisdiction: place.code, side: 'institution', institution: one.id })).filter(({ row, subject }) => row.kind === 'institution-closed' && row.officeAt === row.dueAt && subject.reference === numbers.reference).length, { timeout: 20_000 }).toBe(1);
    await app.close();

    // Who took it away cannot confirm it; another can.
    const again = await open(clerk, `/office/filings/${one.id}/`);
    expect(await again.main.innerText()).toContain('这是您自己录入的，要由另一个账号复核。');
    expect(await again.main.getByRole('button', { name: '复核同意' }).count()).toBe(0);
    await open(clerk, '/office/filings/');
    expect(await clerk.page.getByRole('link', { name: one.name }).first().isVisible()).toBe(true);
    const reviewer = await signedIn('reviewer', scripts, `/office/filings/${one.id}/`);
    await open(reviewer, `/office/filings/${one.id}/sheet/`);
    await open(reviewer, `/office/filings/${one.id}/`);
    expect(await (await press(reviewer, turn === 0 ? '复核同意' : '不同意，退回')).main.innerText()).toContain(turn === 0 ? '已复核同意。' : '已退回。');
    expect((await standsIn(ready().second, one)).length, 'taken back: as before').toBe(turn === 0 ? 0 : 5 + Object.keys(openFiles).length);
    for (const each of [parent, clerk, reviewer]) await each.context.close();
  });
});

test('an institution says that its numbers are still right, or that there is no place left; parents read it at once', { timeout: 60_000 }, async () => {
  const owner = await demoAccountOf(dataDir, 'institution');
  const visitor = await window(false);
  await signIn(visitor, owner, '/portal/places/');
  const fields = visitor.page.locator('input[id^="field-free-"]');
  await fields.first().fill('2001');
  expect(await (await press(visitor, '保存并公布')).main.locator('.error-summary li').count()).toBe(1);
  for (let index = 0; index < await fields.count(); index += 1) await fields.nth(index).fill('0');
  expect(await (await press(visitor, '保存并公布')).main.innerText()).toContain('已公布');
  const page = await (await fetch(`${ready().second.origin}/hebei/institutions/${owner.institution ?? ''}/`)).text();
  expect(page).toContain('没有空位');
  expect(await (await press(visitor, '仍然准确')).main.innerText()).toContain('核对日期改成了今天');
  await open(visitor, '/office/filings/', 403);
  await visitor.context.close();
});

describe('推送', () => {
  const send = (body: string, { secret = pushSecret, time = String(Math.floor(Date.now() / 1_000)), place = 'hebei', signed = true } = {}) => fetch(`${ready().site.origin}/api/v1/${place}/registrations`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', ...(signed ? { 'x-push-timestamp': time, 'x-push-signature': `sha256=${createHmac('sha256', secret).update(`${time}\n${place}\n${body}`).digest('hex')}` } : {}) },
  });
  const body = JSON.stringify({ eventId: 'event-of-the-test', kind: 'new', creditCode: '91120105MA00000016', name: '示例·新芽早教有限公司', nature: 'forProfit', scope: '教育咨询', address: null, authority: '示例登记机关', on: '2026-11-18' });
  const codeOf = async (reply: Response): Promise<unknown> => z.object({ code: z.string() }).parse(await reply.json()).code;

  test('needs no Origin but a signature that is right, new and used once', async () => {
    const unsigned = await send(body, { signed: false });
    expect([unsigned.status, await codeOf(unsigned)]).toEqual([401, 'signature-invalid']);
    expect(await codeOf(await send(body, { secret: 'another secret that is long enough' }))).toBe('signature-invalid');
    expect(await codeOf(await send(body, { time: String(Math.floor(Date.now() / 1_000) - 400) }))).toBe('signature-expired');
    const time = String(Math.floor(Date.now() / 1_000));
    const taken = await send(body, { time });
    expect([taken.status, await taken.json()]).toMatchObject([201, { state: 'registered', effect: 'created', queues: ['registeredNotFiled'] }]);
    const replayed = await send(body, { time });
    expect([replayed.status, await codeOf(replayed)]).toEqual([409, 'replayed']);
    const sentAgain = await send(body, { time: String(Number(time) - 1) });
    expect([sentAgain.status, await sentAgain.json()]).toMatchObject([200, { effect: 'unchanged' }]);
    expect((await fetch(`${ready().second.origin}/api/v1/hebei/registrations`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status, 'no secret is set there').toBe(404);
    const { paths } = z.looseObject({ paths: z.record(z.string(), z.unknown()) }).parse(await (await fetch(`${ready().site.origin}/api/v1/openapi.json`)).json());
    expect(Object.keys(paths)).toContain('/api/v1/{place}/registrations');
  });
});

test('what to do before opening: each place by its own document, sound at every width', { timeout: 60_000 }, async () => {
  const visitor = await window(true, 320);
  for (const place of ['hebei', 'zezhou', 'daqing', 'xiacheng']) await open(visitor, `/${place}/policy/open-an-institution/`);
  expect(await (await open(visitor, '/hebei/policy/open-an-institution/')).main.innerText()).toContain('名称里写“托育”');
  const zezhou = await (await open(visitor, '/zezhou/policy/open-an-institution/')).main.innerText();
  expect(zezhou).not.toContain('名称里写“托育”');
  expect(zezhou).toContain('按非营利性机构的程序登记');
  await visitor.context.close();
});
