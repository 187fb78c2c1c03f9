// 操作记录: an auditor reads what a clerk opened and why, checks the chain, takes it away as a table; an event altered by hand is named.
import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mappedColumns } from '#domain/audit/dataMap.ts';
import { launchBrowser } from '#tests/browser.ts';
import { open } from '#tests/e2e/pages.ts';
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

test('what a clerk opened stands under the account; the chain holds until a row is altered by hand; the table ends with its hash', async () => {
  const canary = 'CANARY 这里写着发生的事情。';
  const made = await ask(ready().site, '/hebei/complaints', { kind: 'complaint', subject: 'safety', happened: canary, identity: 'anonymous' }, { origin: ready().site.origin, 'idempotency-key': 'a-case-to-open' });
  expect(made.status, made.text).toBe(201);
  const window = (width: number): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts: false, width });
  const [clerk, auditor] = [await window(1280), await window(390)];
  await seat(clerk, 'clerk', '/office/cases/');
  await open(clerk, (await clerk.page.locator('.case-row__link').first().getAttribute('href')) ?? '');
  await clerk.context.close();

  await seat(auditor, 'auditor', '/office/audit/?which=openings');
  const words = await auditor.page.locator('main').innerText();
  expect(words).toContain('打开诉求内容');
  expect(words).not.toContain('CANARY');
  const access = await open(auditor, '/office/audit/access/');
  expect(await access.main.innerText()).toMatch(/打开诉求内容[\s\S]*合计 1 次/);
  expect(await (await open(auditor, '/office/audit/?check=1')).main.innerText()).toContain('校验通过');
  expect(await (await open(auditor, '/office/audit/?from=2026-13-99&to=x')).main.innerText()).toContain('日期没有看懂');

  const cookie = (await auditor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const table = await (await fetch(`${ready().site.origin}/office/audit/table/`, { headers: { cookie } })).text();
  expect(table.trimEnd().split('\r\n').at(-1)).toMatch(/^,{6}[0-9a-f]{64}$/);
  expect(table).not.toContain('CANARY');

  const pack = await open(auditor, '/office/audit/pack/');
  expect(await pack.main.innerText()).toMatch(/查看[\s\S]*打开诉求内容[\s\S]*数据清单[\s\S]*预约里的孩子/);
  const map = await (await fetch(`${ready().site.origin}/office/audit/pack/table/?part=map`, { headers: { cookie } })).text();
  expect(map.trimEnd().split('\r\n')).toHaveLength(mappedColumns().length + 1);
  const impact = await (await fetch(`${ready().site.origin}/office/audit/pack/table/?part=impact`, { headers: { cookie } })).text();
  expect(impact).toContain('预约参观、活动、入户指导和计时托,预约,sealed_contact,');
  expect(await (await open(auditor, '/office/audit/impact/')).main.innerText()).toMatch(/个人信息保护影响评估表[\s\S]*待主办单位填写[\s\S]*投诉、举报、咨询和建议/);
  const numbers = await (await fetch(`${ready().site.origin}/office/audit/pack/table/`, { headers: { cookie } })).text();
  expect(numbers).toMatch(/查看,[^\r]*,打开诉求内容,[^\r]*,1\r/);
  expect(`${map}${numbers}`).not.toContain('CANARY');

  const db = new SQLite(join(dataDir, 'demo.sqlite'));
  db.exec(`DROP TRIGGER audit_event_no_update`);
  db.prepare(`UPDATE audit_event SET actor = 'nobody' WHERE kind = 'case-received' AND jurisdiction_code = '120105'`).run();
  db.close();
  expect(await (await open(auditor, '/office/audit/?check=1')).main.innerText()).toMatch(/校验不通过：第 \d+ 条/);
  await auditor.context.close();
});
