// 摸排线索: a street writes down what it saw, an office walks it to its end; a complaint about a place nobody has listed becomes one; no public page knows of any.
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
const window = (scripts: boolean, width = 390): Promise<Visitor> => openWindow(ready().browser, ready().site, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

test.each([true, false])('from what a street saw to handed over, with what was typed kept; scripts %s', async (scripts) => {
  const name = `示例带娃点${scripts ? '甲' : '乙'}`;
  const street = await window(scripts);
  const { page } = street;
  await seat(street, 'street', '/office/leads/new/');
  await page.getByLabel('名称或招牌').fill(`${name} 13900001234`);
  await page.getByLabel('看到了什么').fill('门口有婴儿车');
  await page.getByLabel('孩子人数').fill('很多');
  const refused = await press(street, '记下');
  expect(await refused.main.locator('.error-summary li').allInnerTexts()).toEqual(['名称里不要写电话、证件号和特殊符号。', '孩子人数写数字；不知道就空着。']);
  expect(await page.getByLabel('看到了什么').inputValue()).toBe('门口有婴儿车');
  await page.getByLabel('名称或招牌').fill(name);
  await page.getByLabel('孩子人数').fill('６');
  expect(await (await press(street, '记下')).main.innerText()).toMatch(/已记下。[\s\S]*约 6 个孩子/);
  await page.getByLabel('已到现场').check();
  expect(await (await press(street, '记下这一步')).main.locator('.error-summary').innerText()).toContain('说明至少写 2 个字');
  await page.getByLabel('说明').fill('上门看过，确有孩子');
  expect(await (await press(street, '记下这一步')).heading).toContain('已到现场');

  const clerk = await window(scripts, 1280);
  await seat(clerk, 'clerk', '/office/leads/');
  await follow(clerk, (at) => at.getByRole('link', { name }).click());
  await clerk.page.getByLabel('已登记').check();
  await clerk.page.getByLabel('说明').fill('已登记');
  expect(await (await press(clerk, '记下这一步')).main.locator('.error-summary').innerText()).toContain('请从名录里选登记成的机构');
  await clerk.page.getByLabel('已移交执法').check();
  expect((await press(clerk, '记下这一步')).heading).toContain('已移交执法');
  expect(await (await open(clerk, '/office/leads/half-year/')).main.innerText()).toContain(name);
  const cookie = (await clerk.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const table = await (await fetch(`${ready().site.origin}/office/leads/half-year/table/`, { headers: { cookie } })).text();
  expect(table).toContain(`${name},,街道摸排,6,已移交执法`);
  for (const each of [street, clerk]) await each.context.close();
});

test('a complaint that names a place of no directory makes a lead with its name alone; nothing public tells of it', async () => {
  const made = await ask(ready().site, '/hebei/complaints', { kind: 'tipOff', subject: 'unfiled', institutionName: '示例隐秘小院', subdistrict: '120105001', happened: '楼上整天有很多孩子，没有牌子。', identity: 'anonymous' }, { origin: ready().site.origin, 'idempotency-key': 'a-lead-from-a-tip-off' });
  const clerk = await window(false);
  await seat(clerk, 'clerk', '/office/leads/');
  if (made.status !== 201) throw new Error(made.text);
  await follow(clerk, (page) => page.getByRole('link', { name: '示例隐秘小院' }).click());
  const words = await clerk.page.locator('main').innerText();
  expect(words).toContain('不带投诉的内容和编号');
  expect(words).not.toMatch(/楼上整天|T-[0-9A-Z]{8}/);
  await clerk.context.close();
  for (const path of ['/hebei/', '/hebei/institutions/?q=示例隐秘小院&include=planned&include=ended', '/hebei/check-filing/?q=示例隐秘小院', '/hebei/search/?q=示例隐秘小院', '/hebei/feed.xml', '/hebei/feed.json', '/api/v1/hebei/institutions?q=示例隐秘小院', '/api/v1/hebei/search-index', '/api/v1/search?q=示例隐秘小院&place=hebei', '/api/v1/hebei/open-data/institutions.csv', '/api/v1/hebei/open-data/institutions.json', '/api/v1/hebei/open-data/institutions.geojson', '/api/v1/hebei/open-data/hsds/services', '/hebei/open-data/', '/hebei/duties/', '/hebei/sitemap.xml', '/office/leads/', '/sitemap.xml']) {
    const text = await (await fetch(`${ready().site.origin}${path}`)).text();
    expect(text.replaceAll(/value="[^"]*"|<title>[^<]*<\/title>|q=[^"&]*|“[^”]*”|示例隐秘小院<\/(?:strong|mark|q)>/g, ''), path).not.toContain('隐秘小院');
  }
});
