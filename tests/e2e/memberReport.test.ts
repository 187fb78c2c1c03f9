// 成员单位情况: a case that came in stands in its department's figures, its paragraph and the table; days that cannot be read are said.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open } from '#tests/e2e/pages.ts';
import { ask } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

test('a case stands under who leads it and who joins, on the page and in the table, without a word of it', async () => {
  if (!browser || !site) throw new Error('Nothing was started.');
  const made = await ask(site, '/hebei/complaints', { kind: 'complaint', subject: 'food', happened: '午餐的肉有异味，示例隐秘内容。', identity: 'anonymous' }, { origin: site.origin, 'idempotency-key': 'a-case-for-the-report' });
  if (made.status !== 201) throw new Error(made.text);
  const clerk = await openWindow(browser, site, { scripts: false, width: 390 });
  await demoDesks(dataDir)(clerk, 'clerk', '/office/member-report/');
  const { page } = clerk;
  const words = await page.locator('main').innerText();
  expect(words).toMatch(/天津市河北区市场监督管理局：文件写明的任务：牵头 \d+ 项[\s\S]*收到由其牵头办理的诉求 1 件（已收件 1 件），已答复 0 件/);
  expect(words).not.toContain('隐秘内容');
  await page.getByLabel('到哪天').fill('2020-01-01');
  await follow(clerk, (at) => at.getByRole('button', { name: '看这段时间' }).click());
  expect(await page.locator('.error-summary li').allInnerTexts()).toEqual(['“到哪天”不能早于“从哪天”。']);
  expect(await (await open(clerk, '/office/member-report/?unit=market-regulation')).main.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['天津市河北区市场监督管理局']);
  const cookie = (await clerk.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const answer = await fetch(`${site.origin}/office/member-report/table/?unit=market-regulation`, { headers: { cookie } });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const rows = (await answer.text()).trim().split('\r\n');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(/天津市河北区市场监督管理局,\d+,\d+,\d+,1,0,0,0,0,/);
  await clerk.context.close();
});
