// 评估与监督: what the office enters shows to parents at once, ends by itself, stays with its note when revoked; an institution reports its duties and replies.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import { ask } from '#tests/e2e/program.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks } from '#tests/e2e/staff.ts';
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
const window = (scripts: boolean, width = 390, at: Site = ready().site): Promise<Visitor> => openWindow(ready().browser, at, { scripts, width });
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());
const errorsOn = ({ main }: SoundPage) => main.locator('.error-summary li').allInnerTexts();
const own = async (): Promise<string> => (await demoAccountOf(dataDir, 'institution')).institution ?? '';
const trust = async (parent: Visitor, id: string): Promise<string> => { await open(parent, `/hebei/institutions/${id}/`); return parent.page.locator('#trust').innerText(); };

async function fillDecision({ page }: Visitor, number: string, about: string): Promise<void> {
  await page.getByLabel('决定类型').selectOption({ label: '警告' });
  await page.getByLabel('文号', { exact: true }).fill(number);
  await page.getByLabel('作出单位').fill('示例卫生健康部门');
  await page.getByLabel('作出日期').fill('2026-11-02');
  await page.getByLabel('公示到哪一天').fill('2026-12-31');
  await page.getByRole('textbox', { name: '事项' }).fill(about);
}

test.each([true, false])('a decision: refused with what was typed kept, entered, at once before parents, replied to, revoked with its note; scripts %s', { timeout: 180_000 }, async (scripts) => {
  const [id, number] = [await own(), `示例警〔2026〕${scripts ? '71' : '72'} 号`];
  const [clerk, parent, institution] = [await window(scripts, 1280), await window(false), await window(scripts)];
  await seat(clerk, 'clerk', `/office/supervision/${id}/`);
  expect(await trust(parent, id)).not.toContain(number);
  await follow(clerk, (page) => page.getByRole('link', { name: /^录入正式决定/ }).click());
  await fillDecision(clerk, number, '负责人 000000000000000000 收费没有公示（虚构示例）');
  expect(await errorsOn(await press(clerk, '保存并公布'))).toEqual(['事项里有像身份证号那样长的数字，请去掉：不写任何人的证件号。', '请核对有没有写到自然人的姓名，核对后打勾。']);
  expect(await clerk.page.getByLabel('文号', { exact: true }).inputValue()).toBe(number);
  await clerk.page.getByRole('textbox', { name: '事项' }).fill('收费没有公示，给予警告（虚构示例）');
  await clerk.page.getByLabel(/^已核对/).check();
  expect(await (await press(clerk, '保存并公布')).main.innerText()).toContain('已保存，公开页现在就是这样。');
  expect(await trust(parent, id)).toMatch(new RegExp(`警告[\\s\\S]*公示中[\\s\\S]*收费没有公示，给予警告[\\s\\S]*${number}[\\s\\S]*公示到`));
  expect((await ask(ready().site, `/hebei/institutions/${id}`)).text).toContain(number);

  await seat(institution, 'institution', '/portal/supervision/');
  await follow(institution, (page) => page.getByRole('link', { name: `写说明：${number}` }).click());
  await institution.page.getByLabel('说明', { exact: true }).fill('请打 13800000000 找我');
  expect(await errorsOn(await press(institution, '保存并公布'))).toEqual(['说明里有手机号码，请去掉：不写任何人的电话。', '请核对有没有写到自然人的姓名，核对后打勾。']);
  await institution.page.getByLabel('说明', { exact: true }).fill('收费表已经贴在门口');
  await institution.page.getByLabel(/^已核对/).check();
  expect(await (await press(institution, '保存并公布')).main.innerText()).toContain('收费表已经贴在门口');
  expect(await trust(parent, id)).toMatch(/机构说明（2026年11月23日）[\s\S]*收费表已经贴在门口/);

  await open(clerk, `/office/supervision/${id}/`);
  await follow(clerk, (page) => page.getByRole('link', { name: `登记撤销或变更：${number}` }).click());
  await clerk.page.getByLabel('撤销还是变更').selectOption({ label: '已撤销' });
  await clerk.page.getByLabel('从哪一天起').fill('2026-11-20');
  await clerk.page.getByLabel('依据').fill('原机关复查后撤销');
  await clerk.page.getByLabel(/^已核对/).check();
  await press(clerk, '保存并公布');
  expect(await trust(parent, id)).toMatch(/已撤销[\s\S]*2026年11月20日起已撤销：原机关复查后撤销/);
  for (const each of [clerk, parent, institution]) await each.context.close();
});

test('a grade shows at once and, corrected, shows as corrected; the reason stands in the record', { timeout: 120_000 }, async () => {
  const id = await own();
  const [clerk, parent] = [await window(true, 1280), await window(false)];
  await seat(clerk, 'clerk', `/office/supervision/${id}/assessment/`);
  await clerk.page.getByLabel('评估等级').selectOption({ label: 'B 级' });
  await clerk.page.getByLabel('评估标准').fill('示例年度评估标准');
  await clerk.page.getByLabel('评估单位').fill('示例卫生健康部门');
  await clerk.page.getByLabel('评估日期').fill('2026-11-10');
  await clerk.page.getByLabel(/^已核对/).check();
  await press(clerk, '保存并公布');
  expect(await trust(parent, id)).toMatch(/B 级[\s\S]*2026 年[\s\S]*示例年度评估标准/);
  await follow(clerk, (page) => page.getByRole('link', { name: '更正：B 级 2026年11月10日' }).click());
  await clerk.page.getByLabel('评估等级').selectOption({ label: 'A 级' });
  await clerk.page.getByLabel(/^已核对/).check();
  expect(await errorsOn(await press(clerk, '保存并公布'))).toEqual(['原因至少写 2 个字。']);
  await clerk.page.getByLabel('原因').fill('等级录错');
  expect(await (await press(clerk, '保存并公布')).main.innerText()).toMatch(/质量评估：更正（[^）]+）：等级录错\s+原来：B 级/);
  expect(await trust(parent, id)).toContain('A 级');
  for (const each of [clerk, parent]) await each.context.close();
});

test('an institution reports what it did and counts its staff; the list of what is due follows', { timeout: 120_000 }, async () => {
  const id = await own();
  const [institution, clerk] = [await window(false), await window(false, 1280)];
  await seat(institution, 'institution', '/portal/supervision/');
  await follow(institution, (page) => page.getByRole('link', { name: '登记：年底向卫生健康部门报告，2026 年' }).click());
  await institution.page.getByLabel('完成日期').fill('2026-11-24');
  expect(await errorsOn(await press(institution, '保存'))).toEqual(['日期不能晚于今天。']);
  await institution.page.getByLabel('完成日期').fill('2026-11-20');
  expect(await (await press(institution, '保存')).main.locator('#duties').innerText()).toMatch(/年底向卫生健康部门报告\s+已完成\s+2026年11月20日完成（机构填报）/);
  await follow(institution, (page) => page.getByRole('link', { name: /^登记一次核查/ }).click());
  await institution.page.getByLabel('核查内容').selectOption({ label: '健康检查' });
  await institution.page.getByLabel('已完成的人数').fill('７');
  await institution.page.getByLabel('没有完成的人数').fill('两个');
  await institution.page.getByLabel('由谁核查').selectOption({ index: 1 });
  expect(await errorsOn(await press(institution, '保存'))).toEqual(['没有完成的人数写 0 到 2000 的整数。']);
  await institution.page.getByLabel('没有完成的人数').fill('2');
  expect(await (await press(institution, '保存')).main.locator('#staff').innerText()).toMatch(/健康检查[\s\S]*7 人[\s\S]*2 人[\s\S]*机构自己核对（机构填报）/);

  await seat(clerk, 'clerk', `/office/supervision/${id}/`);
  await follow(clerk, (page) => page.getByRole('link', { name: '修改：年底向卫生健康部门报告，2026 年' }).click());
  await clerk.page.getByLabel('情况').selectOption({ label: '检查时没有完成' });
  await clerk.page.getByLabel('完成日期').fill('');
  await clerk.page.getByLabel('原因').fill('没有收到报告');
  expect(await (await press(clerk, '保存')).main.locator('#duties').innerText()).toContain('检查时没有完成（主管部门录入）');
  for (const each of [institution, clerk]) await each.context.close();
});

test('overdue by street and as a table; a street sees its own; by a later clock a decision has ended by itself and this year’s duties are overdue', { timeout: 180_000 }, async () => {
  const id = await own();
  const [clerk, street] = [await window(false, 1280), await window(false)];
  await seat(clerk, 'clerk', '/office/supervision/');
  expect(await clerk.page.locator('main').innerText()).toMatch(/已逾期[\s\S]*过了 \d+ 天[\s\S]*按街道[\s\S]*A 级 \d+ 家[\s\S]*公示中的正式决定[\s\S]*警告，示例警〔2026〕71 号（已撤销）[\s\S]*2026年12月31日/);
  const cookie = (await clerk.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ');
  const table = await (await fetch(`${ready().site.origin}/office/supervision/table/`, { headers: { cookie } })).text();
  expect(table.split('\r\n')[0]).toBe('机构,街道（乡镇）,事项,年度,到期日,逾期天数,情况');
  expect(table.split('\r\n').slice(1, -1).every((row) => /^示例[^,]*,[^,]+,[^,]+,\d*,2026-\d\d-\d\d,\d+,/.test(row))).toBe(true);
  await seat(street, 'street', '/office/supervision/');
  expect(await street.page.locator('main').innerText()).not.toContain('宁园街道');
  expect((await street.page.goto(`/office/supervision/${id}/decision/`))?.status()).toBe(403);
  for (const each of [clerk, street]) await each.context.close();

  await ready().site.stop();
  site = await startSite(dataDir, { NOW: '2027-01-01T10:00:00+08:00' });
  const parent = await window(false, 390, site);
  expect(await trust(parent, id)).not.toContain('示例警〔2026〕7');
  expect((await ask(site, `/hebei/institutions/${id}`)).text).not.toContain('示例警〔2026〕7');
  await parent.context.close();
  const later = await window(false, 1280, site);
  await seat(later, 'clerk', '/office/supervision/');
  expect(await later.page.locator('main').innerText()).toMatch(/年底向卫生健康部门报告（2026 年）[\s\S]*2026年12月31日（过了 1 天）/);
  expect(await (await open(later, `/office/supervision/${id}/`)).main.innerText()).toContain('公示期满，公开页已不显示');
  await later.context.close();
});
