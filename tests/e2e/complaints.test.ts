import type { Browser } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { CaseDesk } from '#domain/complaints/deps.ts';
import type { App } from '#server/app.ts';
import { launchBrowser } from '#tests/browser.ts';
import { openDesk } from '#tests/e2e/desk.ts';
import { follow, look, open, readNumbers, type SoundPage } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, desk]: [Browser | undefined, Site | undefined, App | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  desk = await openDesk(dataDir);
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

const clerk: CaseDesk = { actor: 'account-of-a-test', jurisdiction: jurisdictionCode.parse('120105'), may: () => true, profile: 'small', department: null, subdistrict: null, institution: null };

/** The case of that number as the office sees it now. */
async function caseOf(reference: string) {
  const row = (await desk?.cases.queue(clerk, {}, 1))?.rows.find((one) => one.complaint.reference === reference);
  if (!desk || !row) throw new Error(`No case ${reference} in the queue.`);
  return { cases: desk.cases, chosen: { id: row.complaint.id, version: row.complaint.version } };
}

/** What the office does with it; fails when it may not. */
async function officeDoes(reference: string, act: (cases: App['cases'], chosen: { readonly id: string; readonly version: number }) => Promise<{ readonly ok: boolean }>): Promise<void> {
  const { cases, chosen } = await caseOf(reference);
  expect(await act(cases, chosen)).toMatchObject({ ok: true });
}

const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

/** A small picture that says where it was taken. */
const pictureWithPlace = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#887766' } }).withExif({ IFD0: { ImageDescription: 'CANARY-EXIF' }, IFD3: { GPSLatitude: '39/1 8/1 0/1' } }).jpeg().toBuffer();

const words = '周三午睡时我来接孩子，看到老师用力拉孩子的胳膊，孩子哭了。希望查看监控。';

/** From the doors to the page that checks the answers. */
async function fillComplaint(visitor: Visitor): Promise<SoundPage> {
  const { page } = visitor;
  await open(visitor, '/hebei/complaints/');
  await follow(visitor, (at) => at.getByRole('link', { name: '投诉', exact: true }).click());
  const empty = await press(visitor, '继续');
  expect(await page.title()).toMatch(/^有错误：/);
  expect(await empty.main.locator('.error-summary a').allInnerTexts()).toEqual(['请选择是什么事；说不清就选“别的事”。', '请选择是哪家机构；不针对哪一家，也请选上。']);
  await page.getByLabel('孩子可能被打、被骂、被粗暴对待').check();
  await page.locator('#field-institutionQuery').fill('示例');
  await press(visitor, '查找');
  await page.locator('[data-choices] .choice', { hasText: '示例' }).first().click();
  const story = await press(visitor, '继续');
  expect(await story.main.innerText()).toMatch(/谁会看到，多久有答复[\s\S]*最晚答复/);
  await page.getByLabel('发生了什么？').fill('太短');
  await press(visitor, '继续');
  expect(await page.getByLabel('发生了什么？').inputValue()).toBe('太短');
  await page.getByLabel('发生了什么？').fill(words);
  await page.locator('#field-happenedOn').fill('2026-11-18');
  await press(visitor, '继续');
  await press(visitor, '上一步');
  expect(await page.getByLabel('发生了什么？').inputValue()).toBe(words);
  await press(visitor, '继续');
  await page.getByLabel('匿名').check();
  const check = await press(visitor, '继续');
  expect(check.heading).toBe('核对并提交');
  expect(await check.main.innerText()).toContain(words);
  return check;
}

/** 查进度: types the two numbers and looks at what comes. */
async function findCase(visitor: Visitor, { reference, queryCode }: { readonly reference: string; readonly queryCode: string }, status = 200): Promise<SoundPage> {
  await open(visitor, '/hebei/complaints/find/');
  await visitor.page.getByLabel('编号').fill(reference);
  await visitor.page.getByLabel('查询码').fill(queryCode);
  const answered = visitor.page.waitForResponse((response) => response.request().method() === 'POST');
  const found = await press(visitor, '查看进度');
  expect((await answered).status()).toBe(status);
  return found;
}

describe.each([['with JavaScript', true, 390], ['without JavaScript', false, 320]] as const)('an anonymous parent %s', (_how, scripts, width) => {
  test('complains with a photo, answers a question, rates what came of it and has it done again', async () => {
    const visitor = await parent({ scripts, width });
    const { page } = visitor;
    await fillComplaint(visitor);
    await page.locator('#field-files').setInputFiles([{ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic') }]);
    const refused = await press(visitor, '提交');
    expect(await refused.main.locator('.error-summary').innerText()).toContain('HEIC');
    expect(await refused.main.innerText()).toContain(words);
    await page.locator('#field-files').setInputFiles([{ name: '张三.jpg', mimeType: 'image/jpeg', buffer: await pictureWithPlace() }]);
    const received = await press(visitor, '提交');
    expect(new URL(page.url()).pathname).toBe('/hebei/complaints/received/');
    expect(received.heading).toBe('已收到');
    const numbers = await readNumbers(page);
    expect(numbers).toEqual({ reference: expect.stringMatching(/^T-[0-9A-HJKMNP-TV-Z]{8}$/), queryCode: expect.stringMatching(/^\d{16}$/) });
    const said = await received.main.innerText();
    expect(said).not.toMatch(/已受理/);
    expect(said).toMatch(/最迟在\s*2027年2月16日\s*前/);
    expect(said).toMatch(/最晚确认\s*2026年11月24日\s*本站承诺/);

    const first = await findCase(visitor, { reference: numbers.reference.toLowerCase(), queryCode: numbers.queryCode.match(/.{4}/g)?.join(' ') ?? '' });
    expect(await first.main.innerText()).toContain('现在到哪一步：已收到');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^下载照片 1/ }).click()]);
    const saved = await sharp(await download.path()).metadata();
    expect({ format: saved.format, exif: saved.exif }).toEqual({ format: 'jpeg', exif: undefined });

    await officeDoes(numbers.reference, (cases, chosen) => cases.accept(clerk, chosen));
    await officeDoes(numbers.reference, (cases, chosen) => cases.ask(clerk, chosen, '是几点钟看到的？'));
    const asked = await findCase(visitor, numbers);
    expect(await asked.main.innerText()).toMatch(/有人问您[\s\S]*是几点钟看到的？/);
    await page.getByLabel('您的回答').fill('中午 12 点半左右');
    const answered = await press(visitor, '提交补充');
    expect(await answered.main.innerText()).toMatch(/已经收到[\s\S]*中午 12 点半左右/);
    await officeDoes(numbers.reference, (cases, chosen) => cases.answer(clerk, chosen, '已责令整改，并向您道歉。'));
    await officeDoes(numbers.reference, (cases, chosen) => cases.close(clerk, chosen));
    const closed = await findCase(visitor, numbers);
    expect(await closed.main.innerText()).toMatch(/已办结[\s\S]*已责令整改/);
    await press(visitor, '提交评价');
    await page.getByLabel('很不满意').check();
    const rated = await press(visitor, '提交评价');
    expect(await rated.main.innerText()).toContain('14 天内要求重新办');
    await page.getByRole('textbox', { name: '要求重新办' }).fill('监控没有给我看。');
    const reopened = await press(visitor, '要求重新办');
    expect(await reopened.main.innerText()).toMatch(/已经重新开始办[\s\S]*办理中/);
    await press(visitor, '撤回');
    expect(await (await press(visitor, '确认撤回')).main.innerText()).toContain('现在到哪一步：已撤回');
    expect(visitor.addresses.filter((address) => address.includes(numbers.queryCode) || address.includes(numbers.reference))).toEqual([]);
  });
});

test('the same form sent twice gives the same receipt; changed, it is another and the parent is told', async () => {
  const visitor = await parent({ scripts: false });
  const { page } = visitor;
  await fillComplaint(visitor);
  const form = await page.locator('form[data-complaint-send]').evaluate((element) => (element instanceof HTMLFormElement ? [...new FormData(element)].filter(([name]) => name !== 'files').map(([name, value]) => [name, String(value)] as const) : []));
  const send = async (changed: Readonly<Record<string, string>> = {}) => {
    const answer = await page.request.post('/hebei/complaints/new/', { form: { ...Object.fromEntries(form), step: 'send', ...changed }, headers: { origin: visitor.site.origin }, maxRedirects: 0 });
    return { status: answer.status(), text: await answer.text() };
  };
  const reference = async () => { await open(visitor, '/hebei/complaints/received/'); return (await readNumbers(page)).reference; };
  expect((await send()).status).toBe(303);
  const first = await reference();
  expect((await send()).status).toBe(303);
  expect(await reference()).toBe(first);
  const changed = await send({ happened: `${words}后来又发生了一次。` });
  expect(changed.status).toBe(409);
  expect(changed.text).toContain('刚才那一份已经收到');
});

test('what was typed stays after bad input, and nothing breaks', async () => {
  const visitor = await parent({ scripts: false });
  const post = async (form: Readonly<Record<string, string>>) => {
    const answer = await visitor.page.request.post('/hebei/complaints/new/', { multipart: { ...form }, headers: { origin: visitor.site.origin }, maxRedirects: 0 });
    return { status: answer.status(), text: await answer.text() };
  };
  const typed = { kind: 'complaint', subject: 'safety', about: 'none', identity: 'anonymous', key: 'key-of-bad-input-0001' };
  const long = await post({ ...typed, happened: '长'.repeat(3_000_000), step: 'send' });
  expect(long.status).toBe(422);
  expect(long.text).toContain('最多 5000 个字');
  expect(long.text.length).toBeLessThan(200_000);
  const odd = await post({ ...typed, happened: '看到\u0000老师\u202E推\u202C了孩子，孩子\u200B摔倒了。', happenedOn: '2027-01-01', step: 'send' });
  expect(odd.status).toBe(422);
  expect(odd.text).toContain('日期不能晚于今天');
  expect((await post({ ...typed, about: '00000000-0000-5000-8000-000000000000', aboutName: '示例已撤下的机构', happened: '在门口看到孩子自己走了出来，没有人管。', step: 'send' })).text).toContain('示例已撤下的机构');
  expect((await post({ step: 'send' })).status).toBe(422);
  expect((await post({ step: '<script>', kind: '__proto__', subject: 'constructor', about: '../..' })).status).toBe(422);
  expect((await post({ ...typed, happened: '看到\u0000老师\u202E推\u202C了孩子，孩子\u200B摔倒了。', step: 'send' })).status).toBe(303);
});

test('unknown, wrong and malformed codes answer alike', async () => {
  const visitor = await parent({ scripts: false });
  const said = [];
  for (const claim of [{ reference: 'T-00000001', queryCode: '1234567890123456' }, { reference: 'T-ZZZZZZZZ', queryCode: 'x' }, { reference: '不是编号', queryCode: '9999999999999999' }]) {
    const page = await findCase(visitor, claim, 404);
    said.push((await page.main.innerText()).replace(claim.reference, ''));
    expect(await page.main.innerHTML()).not.toContain(claim.queryCode === 'x' ? 'value="x"' : claim.queryCode);
  }
  expect(new Set(said).size).toBe(1);
});

test('one click leaves for a page that tells nothing, and going back does not bring the form again', async () => {
  const visitor = await parent();
  const { page, context } = visitor;
  await context.route('https://www.gov.cn/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>gov</title>' }));
  await open(visitor, '/hebei/');
  await open(visitor, '/hebei/complaints/new/?kind=complaint');
  await page.getByRole('link', { name: '离开此页' }).click();
  await page.waitForURL('https://www.gov.cn/');
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe('/hebei/');
  visitor.takeComplaints();
});

test('by keyboard alone, at 200 per cent and in the elder mode', async () => {
  const visitor = await parent({ width: 320 });
  const { page, context } = visitor;
  await context.addCookies([{ name: 'mode', value: 'elder', url: visitor.site.origin }]);
  await open(visitor, '/hebei/complaints/new/?kind=suggestion');
  await page.locator('#field-subject').focus();
  await page.keyboard.press('ArrowUp');
  expect(await page.locator('input[name="subject"]:checked').getAttribute('value')).toBe('other');
  const tabTo = async (selector: string) => {
    for (let tabs = 0; tabs < 30; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    }
    throw new Error(`No way to ${selector} by Tab.`);
  };
  await tabTo('input[name="about"]');
  await page.keyboard.press('ArrowDown');
  await tabTo('button[value="subject"]');
  await follow(visitor, () => page.keyboard.press('Enter'));
  await tabTo('#field-happened');
  await page.keyboard.type('谢谢老师每天中午给孩子讲故事。');
  await tabTo('button[value="story"]');
  await follow(visitor, () => page.keyboard.press('Enter'));
  await tabTo('input[name="identity"]');
  await page.keyboard.press('Space');
  await tabTo('button[value="identity"]');
  await follow(visitor, () => page.keyboard.press('Enter'));
  await tabTo('button[value="send"]');
  const received = await follow(visitor, () => page.keyboard.press('Enter'));
  expect(received.heading).toBe('已收到');
  await look(visitor);
});

test('an institution leads here with itself chosen; links to no place answer 404', async () => {
  const visitor = await parent({ width: 1280 });
  const { page } = visitor;
  await open(visitor, '/hebei/institutions/');
  await follow(visitor, (at) => at.locator('main .cards .card__link').first().click());
  const name = await page.locator('h1').innerText();
  await follow(visitor, (at) => at.getByRole('main').getByRole('link', { name: '提诉求' }).last().click());
  expect(await page.locator('.lede').innerText()).toContain(name);
  await follow(visitor, (at) => at.getByRole('link', { name: '举报', exact: true }).click());
  expect(await page.locator('input[name="about"]:checked').evaluate((input) => input.closest('label')?.innerText)).toBe(name);
  for (const path of ['/nowhere/complaints/', '/nowhere/complaints/new/', '/nowhere/complaints/received/', '/nowhere/complaints/find/']) await open(visitor, path, 404);
});
