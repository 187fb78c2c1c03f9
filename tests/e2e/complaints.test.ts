import type { Browser } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { CaseDesk } from '#domain/complaints/deps.ts';
import type { App } from '#server/app.ts';
import { launchBrowser } from '#tests/browser.ts';
import { complaintWords, fillComplaint, findCase, press } from '#tests/e2e/complaints.ts';
import { openDesk } from '#tests/e2e/desk.ts';
import { follow, look, open, readNumbers } from '#tests/e2e/pages.ts';
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

/** A small picture that says where it was taken. */
const pictureWithPlace = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#887766' } }).withExif({ IFD0: { ImageDescription: 'CANARY-EXIF' }, IFD3: { GPSLatitude: '39/1 8/1 0/1' } }).jpeg().toBuffer();

describe.each([['with JavaScript', true, 390], ['without JavaScript', false, 320]] as const)('an anonymous parent %s', (_how, scripts, width) => {
  test('complains with a photo, answers a question, rates what came of it and has it done again', async () => {
    const visitor = await parent({ scripts, width });
    const { page } = visitor;
    await fillComplaint(visitor);
    await page.locator('#field-files').setInputFiles([{ name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic') }]);
    const refused = await press(visitor, '提交');
    expect(await refused.main.locator('.error-summary').innerText()).toContain('HEIC');
    expect(await refused.main.innerText()).toContain(complaintWords);
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

test('by keyboard alone, at 320 px in the elder mode', async () => {
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
