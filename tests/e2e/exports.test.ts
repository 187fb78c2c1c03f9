// 批量导出 in two browsers: one asks with a reason, cannot agree to it, another does; the first fetches a table without contacts, and the auditor reads every step.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
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
const window = (scripts: boolean, width: number): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts, width });
const press = (visitor: Visitor, name: string, within = 'main'): Promise<SoundPage> => follow(visitor, (page) => page.locator(within).getByRole('button', { name, exact: true }).first().click());
const home = '/office/exports/';

test('asked with a reason, agreed to by somebody else, fetched thrice at most, each step recorded', async () => {
  const made = await ask(ready().site, '/hebei/complaints', { kind: 'complaint', subject: 'safety', happened: 'CANARY 这里写着发生的事情。', identity: 'named', contactName: '示例家长', phone: '13900009317' }, { origin: ready().site.origin, 'idempotency-key': 'a-case-for-an-export' });
  expect(made.status, made.text).toBe(201);
  const [clerk, reviewer, auditor] = [await window(false, 390), await window(false, 1280), await window(false, 1280)];
  await seat(clerk, 'clerk', home);
  const refused = await press(clerk, '提交申请');
  expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual(['请选要导出什么。', '请写清用途，至少 4 个字。']);
  expect(await refused.main.getByRole('button', { name: '批准', exact: true }).count(), 'a clerk agrees to nothing').toBe(0);
  await clerk.page.getByLabel('诉求办理明细').check();
  await clerk.page.getByLabel('用途').fill('季度办理质量分析，报区卫健委');
  expect(await (await press(clerk, '提交申请')).main.innerText()).toMatch(/申请已提交[\s\S]*等待审批/);
  await open(clerk, home);
  expect(await clerk.page.getByRole('button', { name: '下载表格' }).count()).toBe(0);

  const seen = await seat(reviewer, 'reviewer', home);
  expect(await seen.main.innerText()).toMatch(/等您审批[\s\S]*现在是 1 行[\s\S]*季度办理质量分析/);
  await reviewer.page.locator('summary').filter({ hasText: '不批准' }).click();
  await follow(reviewer, (page) => page.locator('button[value=refuse]').click());
  expect(await reviewer.page.locator('.error-summary').innerText()).toContain('不批准请写理由');
  await open(reviewer, home);
  expect(await (await press(reviewer, '批准')).main.innerText()).toContain('已批准');

  const fetchOnce = async () => {
    await open(clerk, home);
    const [file] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.getByRole('button', { name: '下载表格' }).first().click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  };
  const table = await fetchOnce();
  expect(table).toContain('编号,收到日期');
  expect(table).toContain('投诉,安全、走失、意外,本站');
  expect(table).not.toMatch(/CANARY|13900009317|示例家长/);
  expect(table.trimEnd().split('\r\n').at(-1)).toMatch(/^导出编号 [0-9a-f]{8}-1,申请 .*批准 .*下载 /);
  await fetchOnce();
  await fetchOnce();
  expect(await (await open(clerk, home)).main.innerText()).toMatch(/下载次数已用完[\s\S]*已下载 3 次/);
  expect(await clerk.page.getByRole('button', { name: '下载表格' }).count()).toBe(0);

  await seat(auditor, 'auditor', '/office/audit/');
  const record = await auditor.page.locator('main').innerText();
  for (const step of ['申请批量导出', '批准批量导出', '下载批量导出']) expect(record).toContain(step);
  for (const each of [clerk, reviewer, auditor]) await each.context.close();
});

test('who asked finds no button to agree with, and a form sent by hand is refused', async () => {
  const reviewer = await window(false, 1280);
  await seat(reviewer, 'reviewer', home);
  await reviewer.page.getByLabel('摸排线索').check();
  await reviewer.page.getByLabel('用途').fill('半年摸排情况上报');
  await press(reviewer, '提交申请');
  expect(await reviewer.page.locator('form[aria-label^="摸排线索"] button').allInnerTexts(), 'taken back, and nothing else').toEqual(['撤回']);
  const own = reviewer.page.locator('form').filter({ has: reviewer.page.getByRole('button', { name: '撤回' }) }).first();
  const form = { request: await own.locator('[name=request]').inputValue(), version: await own.locator('[name=version]').inputValue(), act: 'approve' };
  const sent = await reviewer.context.request.post(`${ready().site.origin}${home}`, { form, headers: { origin: ready().site.origin } });
  expect(sent.status()).toBe(403);
  expect(await sent.text()).toContain('不能审批自己的申请');
  expect(await (await press(reviewer, '撤回')).main.innerText()).toContain('已撤回');
  await reviewer.context.close();
});
