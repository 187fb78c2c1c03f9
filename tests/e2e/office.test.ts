// The office's own work: a month's count from the institution to the export, and a list from the upload to the parent's page.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { aPlace } from '#tests/builders/importList.ts';
import { registryCells, registryHeading } from '#tests/builders/registryList.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { ask } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});
function ready() {
  if (!browser || !site) throw new Error('Nothing was started.');
  return { browser, site };
}

const seat = demoDesks(dataDir);
async function at(role: string, to: string, place?: string, scripts = false): Promise<Visitor> {
  const visitor = await openWindow(ready().browser, ready().site, { scripts, width: 390 });
  await seat(visitor, role, to, place);
  return visitor;
}
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const wordsOf = async ({ main }: SoundPage): Promise<string> => (await main.innerText()).replaceAll(/(?<=\d) | (?=\d)/g, '');

test('a month\'s count: filled in from last time, a number that is none refused and kept, reported in one press; the office sees it and exports it', { timeout: 90_000 }, async () => {
  const institution = await at('institution', '/portal/count/');
  const { page } = institution;
  const first = page.getByLabel('全日托').first();
  const before = await first.inputValue();
  expect(Number(before), 'from the record of last month, or nothing').not.toBeNaN();
  await first.fill('十二');
  await page.getByLabel('月末在岗的保育人员').fill('4');
  const refused = await press(institution, '报送');
  expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual([expect.stringContaining('写 0 到 2000 的整数，或空着。')]);
  expect([await page.getByLabel('全日托').first().inputValue(), await page.getByLabel('月末在岗的保育人员').inputValue()]).toEqual(['十二', '4']);
  await page.getByLabel('全日托').first().fill('999');
  const saved = await press(institution, '报送');
  expect(await wordsOf(saved)).toContain('已报送：2026年10月末在托');
  expect(await wordsOf(saved)).toContain('多于托位');
  await page.getByLabel('全日托').first().fill('7');
  await press(institution, '报送');
  expect(await page.getByLabel('全日托').first().inputValue()).toBe('7');
  const name = (await page.locator('.desk-head__who').innerText()).split(' · ')[0] ?? '';

  const clerk = await at('clerk', '/office/counts/');
  expect(await clerk.page.getByRole('row').filter({ hasText: name }).innerText()).toContain('机构填报');
  expect(await clerk.page.locator('main').innerText()).toContain('待主办单位填写');
  const [download] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.getByRole('link', { name: '导出上报表（CSV）' }).click()]);
  const rows = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(rows[0]).toMatch(/^\uFEFF机构注册登记名称,曾用名\/别名,所属区域,区域编号,机构住所,机构性质,备案通过时间,统一社会信用代码,/);
  expect(rows.find((row) => row.startsWith(name))?.split(',')).toEqual(expect.arrayContaining(['已报', '机构填报', '2026-10', '7', '4']));
  for (const each of [institution, clerk]) await each.context.close();
});

test('a street enters a count for an institution of its own; it is marked so, and the start page counts one less', { timeout: 60_000 }, async () => {
  const street = await at('street', '/office/');
  const waiting = async (): Promise<number> => Number(/(\d+) ?件/.exec(await street.page.locator('.due', { hasText: '在托人数' }).innerText().catch(() => '0件'))?.[1] ?? 0);
  const before = await waiting();
  expect(before).toBeGreaterThan(0);
  await open(street, '/office/counts/');
  const entered = await follow(street, (page) => page.getByRole('link', { name: /^代录：/ }).first().click());
  expect(await wordsOf(entered)).toContain('您在替机构填报');
  expect(await wordsOf(await press(street, '报送'))).toContain('已报送');
  await open(street, '/office/counts/');
  expect(await street.page.locator('main').innerText()).toContain('街道代录');
  await open(street, '/office/');
  expect(await street.page.locator('.due', { hasText: '在托人数' }).count() === 0 ? 0 : await waiting()).toBe(before - 1);
  await street.context.close();
});

test('a recognition shows to parents at once, x of y until when; ended, it is gone; more places than there are is refused and kept', { timeout: 90_000 }, async () => {
  const clerk = await at('clerk', '/office/affordable/?q=%E7%A4%BA%E4%BE%8B');
  const { page } = clerk;
  const row = page.getByRole('row').filter({ hasText: '没有' }).first();
  const id = /affordable\/([^/]+)\//.exec((await row.getByRole('link').getAttribute('href')) ?? '')?.[1] ?? '';
  await open(clerk, `/office/affordable/${id}/`);
  await page.getByLabel('认定部门').fill('示例卫生健康局');
  await page.getByLabel('开始日期').fill('2026-11-01');
  await page.getByLabel('结束日期').fill('2027-10-31');
  await page.getByRole('textbox', { name: /普惠托位/ }).first().fill('1999');
  const refused = await press(clerk, '保存并公布');
  expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual(['普惠托位多于这个班型的托位，请核对。']);
  expect(await page.getByLabel('认定部门').inputValue()).toBe('示例卫生健康局');
  await page.getByRole('textbox', { name: /普惠托位/ }).first().fill('2');
  await page.getByLabel('价格上限（元／月）').fill('1980');
  expect(await wordsOf(await press(clerk, '保存并公布'))).toContain('已公布，公开页现在就是这样。');
  const parent = await openWindow(ready().browser, ready().site, { scripts: false, width: 390 });
  expect(await wordsOf(await open(parent, `/hebei/institutions/${id}/`))).toMatch(/普惠托位2\/\d+，有效至2027年10月31日/);
  await open(clerk, `/office/affordable/${id}/`);
  await page.getByText('终止', { exact: true }).click();
  await page.getByLabel('最后有效的一天').fill('2026-11-22');
  expect(await wordsOf(await press(clerk, '终止这项认定'))).toContain('已终止，公开页已经更新。');
  expect(await wordsOf(await open(parent, `/hebei/institutions/${id}/`))).not.toContain('有效至2027年10月31日');
  for (const each of [clerk, parent]) await each.context.close();
});

describe('a list', () => {
  const place = aPlace('zezhou');
  const csv = (rows: readonly (readonly [number: number, change?: Parameters<typeof registryCells>[2]])[]): string => [registryHeading, ...rows.map(([number, change]) => registryCells(place, number, change).join(','))].join('\n');
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => [index + 1] as const);
  const upload = async (clerk: Visitor, text: string): Promise<SoundPage> => {
    await open(clerk, '/office/import/');
    await clerk.page.getByLabel('这份名录叫什么').fill('2026年11月名录');
    await clerk.page.getByLabel('名录文件').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    return press(clerk, '上传并比对');
  };
  const letIn = async (reviewer: Visitor): Promise<SoundPage> => {
    await open(reviewer, '/office/import/');
    await follow(reviewer, (page) => page.getByRole('link', { name: /看差异$/ }).first().click());
    for (const box of await reviewer.page.getByRole('checkbox').all()) await box.check();
    return press(reviewer, '确认导入');
  };
  const publicNames = async (): Promise<string> => (await ask(ready().site, '/zezhou/institutions?size=100')).text;

  test('start, added, changed, missing, truncated: compared by the clerk, acknowledged and let in by the reviewer; until then parents see nothing of it', { timeout: 120_000 }, async () => {
    const [clerk, reviewer] = [await at('clerk', '/office/import/', '140525'), await at('reviewer', '/office/import/', '140525')];
    const compared = await upload(clerk, csv(numbers(10)));
    expect(await wordsOf(compared)).toContain('新增（10）');
    expect(await wordsOf(compared)).toContain('等有“确认导入”权限的人');
    expect(await clerk.page.getByRole('button', { name: '确认导入' }).count()).toBe(0);
    expect(await publicNames()).not.toContain('示例第1托育园');

    await open(reviewer, '/office/');
    expect(await reviewer.page.locator('.due', { hasText: '名录导入' }).innerText()).toMatch(/1 ?件/);
    await open(reviewer, '/office/import/');
    await follow(reviewer, (page) => page.getByRole('link', { name: /看差异$/ }).click());
    const unticked = await press(reviewer, '确认导入');
    expect(await unticked.main.locator('.error-summary li').allInnerTexts()).toEqual(['请逐类核对，打勾后再确认。']);
    expect(await wordsOf(await letIn(reviewer))).toContain('名录已导入，公开页已经更新。');
    expect(await publicNames()).toContain('示例第1托育园');

    expect(await wordsOf(await upload(clerk, csv([...numbers(10), [11]])))).toContain('新增（1）');
    await letIn(reviewer);
    expect(await publicNames()).toContain('示例第11托育园');
    const changed = await wordsOf(await upload(clerk, csv([...numbers(10), [11, { address: '示例路99号' }]])));
    expect(changed).toContain('变更（1）');
    expect(changed).toContain('地址：示例路11号 → 示例路99号'.replaceAll(/(?<=\d) | (?=\d)/g, ''));
    await letIn(reviewer);
    expect(await wordsOf(await upload(clerk, csv(numbers(10))))).toContain('缺少（1）');
    await letIn(reviewer);
    expect(await publicNames()).not.toContain('示例第11托育园');

    const cut = await upload(clerk, csv(numbers(3)));
    expect(await wordsOf(cut)).toContain('名录里少了7家（现有10家），像是没有导全，没有收下'.replaceAll(/(?<=\d) | (?=\d)/g, ''));
    expect(await clerk.page.getByLabel('这份名录叫什么').inputValue()).toBe('2026年11月名录');
    const faulty = await upload(clerk, csv([[1, { credit: '123' }]]));
    expect(await wordsOf(faulty)).toMatch(/第2行“credit_code”：.*“123”/);
    expect(await publicNames()).toContain('示例第9托育园');
    await open(reviewer, '/office/import/');
    expect(await reviewer.page.locator('main').innerText()).toContain('没有等待确认的名录。');
    for (const each of [clerk, reviewer]) await each.context.close();
  });
});
