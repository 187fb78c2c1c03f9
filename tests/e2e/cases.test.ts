import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '#server/app.ts';
import { launchBrowser } from '#tests/browser.ts';
import { htmlFaults } from '#tests/builtPages.ts';
import { anyDesk, takeDown } from '#tests/e2e/caseDesk.ts';
import { openDesk } from '#tests/e2e/desk.ts';
import { follow, look, open, type SoundPage } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoAccountOf, demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site, app]: [Browser | undefined, Site | undefined, App | undefined] = [undefined, undefined, undefined];
beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]);
  await demoAccountOf(dataDir, 'clerk');
  app = await openDesk(dataDir);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

const started = (): { readonly browser: Browser; readonly site: Site; readonly app: App } => {
  if (!browser || !site || !app) throw new Error('Nothing was started.');
  return { browser, site, app };
};
const seat = demoDesks(dataDir);
async function staff(role: string, { place = '120105', scripts = true, width = 1280 }: { readonly place?: string; readonly scripts?: boolean; readonly width?: number } = {}): Promise<Visitor> {
  const { browser: at, site: where } = started();
  const visitor = await openWindow(at, where, { scripts, width });
  await seat(visitor, role, role === 'institution' ? '/portal/' : '/office/', place);
  return visitor;
}
const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

/** A keyboard that counts. */
const counting = (page: Page) => {
  let presses = 0;
  return {
    key: async (key: string) => { presses += 1; await page.keyboard.press(key); },
    /** A key that leads to another page. */
    away: async (key: string) => { presses += 1; await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]); },
    take: () => { const made = presses; presses = 0; return made; },
  };
};

describe('by keyboard', () => {
  test('a clerk accepts and hands over twenty cases in at most six keystrokes each', async () => {
    const { app: at } = started();
    const numbers: string[] = [];
    for (let made = 0; made < 20; made += 1) numbers.push((await takeDown(at, `twenty-cases-${String(made)}`)).reference);
    const visitor = await staff('clerk');
    const { page } = visitor;
    await open(visitor, '/office/cases/?state=received&channel=telephone');
    const keys = counting(page);
    await keys.away('Enter');
    const [counts, done]: [number[], string[]] = [[], []];
    for (let at20 = 0; at20 < 20; at20 += 1) {
      done.push((await page.locator('h1').innerText()).trim().split(/\s/)[0] ?? '');
      await keys.away('a');
      await keys.key('h');
      await keys.away('Enter');
      expect(await page.locator('main').innerText()).toContain('已转办，等待签收');
      if (at20 < 19) await keys.away('n');
      counts.push(keys.take());
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
    expect(new Set(done)).toEqual(new Set(numbers));
    for (const reference of numbers) {
      const id = await at.cases.idOf(anyDesk(), reference);
      const seen = await at.cases.open(anyDesk(), id ?? '');
      expect(seen.ok && seen.value.complaint.state).toBe('transferred');
    }
    await look(visitor);
  }, 180_000);

  test('letters are letters in a field; ? shows the keys; j and k walk, x ticks', async () => {
    const { app: at } = started();
    const [first] = [await takeDown(at, 'keys-one', { channel: 'visit' }), await takeDown(at, 'keys-two', { channel: 'visit' })];
    const visitor = await staff('clerk');
    const { page } = visitor;
    await open(visitor, '/office/cases/?channel=visit');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first.reference);
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).not.toBe(first.reference);
    await page.keyboard.press('x');
    expect(await page.locator('input[name="case"]:checked').count()).toBe(1);
    await page.keyboard.press('k');
    await page.keyboard.press('?');
    expect(await page.locator('#key-card').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('taj');
    expect(await page.locator('#field-reference').inputValue()).toBe('taj');
    expect(new URL(page.url()).pathname).toBe('/office/cases/');
  });
});

describe.each([{ scripts: true, how: 'with JavaScript' }, { scripts: false, how: 'without JavaScript' }])('$how', ({ scripts }) => {
  test('a case of 12345 is entered, handed over on paper, signed for, answered, closed and copied back', async () => {
    const visitor = await staff('clerk', { scripts, width: scripts ? 1280 : 390 });
    const { page } = visitor;
    await open(visitor, '/office/cases/enter/');
    const missing = await press(visitor, '登记');
    expect(await missing.main.locator('.error-summary li').count()).toBeGreaterThan(1);
    await page.locator('#field-channel').selectOption('12345');
    await page.locator('#field-externalNumber').fill(scripts ? 'TJ-0087' : 'TJ-0088');
    await page.locator('#field-externalDeadline').fill('2026-11-27');
    await page.locator('#field-subject').selectOption('fee');
    await page.locator('#field-institution').fill('示例·名录里没有的托育园');
    await page.locator('#field-happened').fill('签了半年协议，机构说不办了，剩下的费用没有退，我的电话13900001111。');
    await page.locator('input[name="identity"][value="named"]').check();
    await page.locator('#field-contactName').fill('王女士');
    await page.locator('#field-phone').fill('13900001111');
    const entered = await press(visitor, '登记');
    expect(entered.heading).toBe('已登记');
    await follow(visitor, (at) => at.getByRole('link', { name: '打开这件' }).click());
    const address = page.url();
    expect(await page.locator('main').innerText()).toContain('2026年11月27日');
    expect(await page.locator('main').innerText(), 'who it was is not on the page').not.toContain('王女士');
    await press(visitor, '受理');
    await page.locator('#act-handOver > summary').click();
    await page.locator('#field-handOver-department').selectOption({ index: 1 });
    await page.locator('#field-handOver-documentNumber').fill('示转〔2026〕1号');
    const handed = await follow(visitor, (at) => at.locator('#act-handOver button[value="handOver"]').click());
    expect(await handed.main.innerText()).toContain('已转办，等待签收');
    await follow(visitor, (at) => at.locator('.case-tasks').last().getByRole('link', { name: '打印文书' }).first().click());
    expect(await page.locator('#field-words').inputValue(), 'the number is out of the draft').not.toContain('13900001111');
    await page.locator('#field-words').fill('家长反映机构停办后未退剩余费用。');
    const slip = await press(visitor, '生成文书');
    const paper = await slip.main.locator('.paper').innerText();
    for (const said of ['诉求转办单', '示转〔2026〕1号', '家长反映机构停办后未退剩余费用。', '回执', '签收日期']) expect(paper).toContain(said);
    for (const hidden of ['王女士', '13900001111', '剩下的费用没有退']) expect(paper).not.toContain(hidden);
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(5_000);
    await page.goto(address);
    await page.locator('#act-recordReceipt > summary').click();
    await page.locator('#field-recordReceipt-receivedOn').fill('2026-11-23');
    await follow(visitor, (at) => at.locator('#act-recordReceipt button[value="recordReceipt"]').click());
    await page.locator('#act-recordReply > summary').click();
    await page.locator('#field-recordReply-words').fill('经现场核查，机构同意十个工作日内退还。');
    await follow(visitor, (at) => at.locator('#act-recordReply button[value="recordReply"]').click());
    await page.locator('#act-answer > summary').click();
    const empty = await follow(visitor, (at) => at.locator('#act-answer button[value="answer"]').click());
    expect(await empty.main.locator('.error-summary li').count()).toBe(1);
    await page.locator('#field-answer-words').fill('机构已书面同意在十个工作日内退还剩余费用。');
    await follow(visitor, (at) => at.locator('#act-answer button[value="answer"]').click());
    await press(visitor, '办结');
    await page.locator('#act-recordCall > summary').click();
    await page.locator('#field-recordCall-result').selectOption('satisfied');
    await follow(visitor, (at) => at.locator('#act-recordCall button[value="recordCall"]').click());
    await follow(visitor, (at) => at.getByRole('link', { name: '12345 回复' }).click());
    const text = await page.locator('.hotline-text').innerText();
    for (const said of ['【调查情况】', '经现场核查', '【处理结果】', '书面同意', '【群众意见】', '满意', scripts ? 'TJ-0087' : 'TJ-0088']) expect(text).toContain(said);
    expect(text).not.toContain('王女士');
    await page.goto(address);
    for (const paperName of ['受理告知书', '答复书']) {
      await follow(visitor, (at) => at.getByRole('link', { name: paperName }).click());
      expect(await page.locator('.paper h1').innerText()).toBe(paperName);
      expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(5_000);
      await page.goto(address);
    }
    if (site) for (const canary of ['王女士', '13900001111', '剩下的费用没有退', '十个工作日内退还']) expect(site.output(), 'nothing of it in the log').not.toContain(canary);
  }, 120_000);

  test('an institution sees the words the office wrote for it, never the original, the number or who, and answers once', async () => {
    const { app: at } = started();
    const institution = (await demoAccountOf(dataDir, 'institution')).institution ?? '';
    const taken = await takeDown(at, `forwarded-${String(scripts)}`, { institutionId: institution, identity: 'confidential', phone: '13711112222', happened: '原话：我家孩子在小二班午睡时被大声训斥，电话13711112222。' });
    await at.cases.accept(anyDesk(), { id: taken.id, version: 1 });
    const clerk = await staff('clerk', { scripts });
    await open(clerk, `/office/cases/${taken.id}/forward/`);
    await clerk.page.locator('#field-words').fill(`近期有家长反映午睡时段说话声音过大，请说明管理办法。${scripts ? '甲' : '乙'}`);
    await press(clerk, '看机构会看到什么');
    const unchecked = await press(clerk, '转给机构');
    expect(await unchecked.main.locator('.error-summary li').count()).toBe(1);
    await clerk.page.getByLabel('已逐句看过，猜不出是谁').check();
    const preview = await clerk.page.locator('.institution-ask .case-story__text').innerText();
    await press(clerk, '转给机构');
    expect(new URL(clerk.page.url()).pathname).toBe(`/office/cases/${taken.id}/`);
    const theirs = await staff('institution', { scripts, width: 390 });
    await open(theirs, '/portal/cases/');
    const html = await theirs.page.content();
    expect(html).toContain(preview);
    for (const hidden of ['小二班', '13711112222', taken.reference, taken.id, '原话']) expect(html).not.toContain(hidden);
    await open(theirs, `/office/cases/${taken.id}/`, 403);
    await open(theirs, '/portal/cases/');
    const ask = theirs.page.locator('.institution-ask', { hasText: preview });
    await ask.locator('textarea').fill('已调整午睡值班安排，并培训老师轻声巡视。');
    const answered = await follow(theirs, () => ask.getByRole('button', { name: '提交说明' }).click());
    expect(await answered.main.innerText()).toContain('说明已提交');
    expect(await answered.main.locator('.institution-ask', { hasText: preview }).locator('textarea').count()).toBe(0);
    await open(clerk, `/office/cases/${taken.id}/`);
    expect(await clerk.page.locator('main').innerText()).toContain('已调整午睡值班安排');
  }, 90_000);
});

test.each([true, false])('a template goes behind what was typed, is filled in before anything is sent, and shows where to go; scripts %s', async (scripts) => {
  const taken = await takeDown(started().app, `template-${String(scripts)}`);
  const visitor = await staff('clerk', { scripts });
  const { page } = visitor;
  await open(visitor, `/office/cases/${taken.id}/`);
  const unfold = async (act: string): Promise<void> => { if (!(await page.locator(`#act-${act}[open]`).count())) await page.locator(`#act-${act} > summary`).click(); };
  const of = (act: string) => page.locator(`#act-${act} form`);
  await follow(visitor, () => page.getByRole('button', { name: /^受理/ }).first().click());
  await open(visitor, `/office/cases/${taken.id}/forward/`);
  await page.locator('#field-institution').selectOption({ index: 1 });
  await page.locator('#field-words').fill('您好。');
  expect(await page.locator('#field-template option').allInnerTexts()).toEqual(['不用模板', '请说明做法', '食谱、留样和送餐']);
  await page.locator('#field-template').selectOption('general');
  await press(visitor, '套用');
  expect(await page.locator('#field-words').inputValue()).toMatch(/^您好。\n请说明（请填：/);
  const unfilledLetter = await press(visitor, '看机构会看到什么');
  expect(await unfilledLetter.main.locator('.error-summary').innerText()).toContain('没有填，请填好或删掉');
  await page.locator('#field-words').fill('');
  await page.locator('#field-template').selectOption('food');
  await press(visitor, '套用');
  expect(await (await press(visitor, '看机构会看到什么')).main.locator('.institution-ask').innerText()).toContain('附留样记录');
  await open(visitor, `/office/cases/${taken.id}/`);
  await unfold('answer');
  await of('answer').locator('[name="answer-words"]').fill('您好。');
  await of('answer').locator('[name="answer-template"]').selectOption('found');
  await follow(visitor, () => of('answer').getByRole('button', { name: /^套用/ }).click());
  const words = await of('answer').locator('[name="answer-words"]').inputValue();
  expect(words).toMatch(/^您好。\n我们于（请填：日期）核查/);
  await follow(visitor, () => of('answer').locator('button[value="answer"]').click());
  expect(await page.locator('.error-summary').innerText()).toContain('没有填，请填好或删掉');
  expect(await of('answer').locator('[name="answer-words"]').inputValue(), 'nothing is lost').toBe(words);
  await of('answer').locator('[name="answer-words"]').fill(words.replace(/（请填：[^）]*）/g, '十一月二十日'));
  await follow(visitor, () => of('answer').locator('button[value="answer"]').click());
  expect(await page.locator('h1').innerText()).toContain('已答复');
  await visitor.context.close();
});

test('what a colleague changed meanwhile is said, with the case as it stands and what was typed kept', async () => {
  const { app: at } = started();
  const taken = await takeDown(at, 'two-at-once');
  const visitor = await staff('clerk');
  const { page } = visitor;
  await open(visitor, `/office/cases/${taken.id}/`);
  await page.locator('#act-ask > summary').click();
  await page.locator('#field-ask-words').fill('请补充是哪一天的午餐。');
  await at.cases.accept(anyDesk(), { id: taken.id, version: 1 });
  const refused = await follow(visitor, (where) => where.locator('#act-ask button[value="ask"]').click());
  expect(await refused.main.innerText()).toContain('已被他人更改');
  expect(await refused.main.innerText()).toContain('这件现在是“已受理”');
  expect(await page.locator('#field-ask-words').inputValue()).toBe('请补充是哪一天的午餐。');
  const sent = await follow(visitor, (where) => where.locator('#act-ask button[value="ask"]').click());
  expect(await sent.main.innerText()).toContain('期限暂停');
});

test('suspected abuse: the notice to keep recordings and the same day\'s police report stand first', async () => {
  const { app: at } = started();
  const taken = await takeDown(at, 'abuse-first', { subject: 'abuse', happenedOn: '2026-11-20', happenedAt: '下午一点到两点' });
  const visitor = await staff('clerk');
  const { page } = visitor;
  await open(visitor, `/office/cases/${taken.id}/`);
  expect(await page.locator('.panel--amber').innerText()).toMatch(/发证据保全通知[\s\S]*当日报警登记/);
  await page.locator('#act-policeReport > summary').click();
  await page.locator('#field-policeReport-time').fill('10:05');
  await page.locator('#field-policeReport-number').fill('JJ-示例-1');
  const reported = await follow(visitor, (where) => where.locator('#act-policeReport button[value="policeReport"]').click());
  expect(await reported.main.innerText()).toContain('JJ-示例-1');
  await follow(visitor, (where) => where.getByRole('link', { name: '证据保全通知', exact: true }).click());
  await page.locator('#field-words').fill('小班活动室、走廊');
  const paper = await (await press(visitor, '生成文书')).main.locator('.paper').innerText();
  for (const said of ['证据保全通知', '小班活动室、走廊', '2026年11月20日', '2027年2月18日']) expect(paper).toContain(said);
  expect(paper, 'nobody can tell there was a complaint, or its number').not.toMatch(/投诉|举报|T-/);
});

test('an identity is opened with a reason, once, and recorded', async () => {
  const { app: at } = started();
  const taken = await takeDown(at, 'identity', { identity: 'confidential', contactName: '李先生', phone: '13700002222' });
  const visitor = await staff('clerk');
  const { page } = visitor;
  await open(visitor, `/office/cases/${taken.id}/identity/`);
  expect(await (await press(visitor, '记录理由并查看')).main.locator('.error-summary li').count()).toBe(1);
  await page.locator('#field-reason').selectOption('callBack');
  const opened = await press(visitor, '记录理由并查看');
  expect(await opened.main.innerText()).toContain('13700002222');
  await open(visitor, `/office/cases/${taken.id}/identity/`);
  expect(await page.content(), 'only on the page that answered').not.toContain('13700002222');
  expect(await page.locator('main').innerText()).toContain('为什么要看');
});

test('a clerk of another place finds nothing, under any of a case\'s addresses', async () => {
  const { app: at } = started();
  const taken = await takeDown(at, 'elsewhere');
  const visitor = await staff('clerk', { place: '140525' });
  for (const path of ['', 'forward/', 'identity/', 'print/?what=handover', 'hotline/?for=reply', `files/${taken.id}/`]) expect((await visitor.page.request.get(`/office/cases/${taken.id}/${path}`)).status(), path).toBe(404);
  await open(visitor, '/office/cases/');
  await visitor.page.locator('#field-reference').fill(taken.reference);
  const found = await press(visitor, '打开');
  expect(await found.main.innerText()).toContain('没有找到这个编号');
});

test('several are done at once; what was refused is named', async () => {
  const { app: at } = started();
  const [one, two] = [await takeDown(at, 'bulk-one', { channel: 'petition' }), await takeDown(at, 'bulk-two', { channel: 'petition' })];
  const visitor = await staff('clerk');
  const { page } = visitor;
  await open(visitor, '/office/cases/?channel=petition');
  for (const box of await page.locator('input[name="case"]').all()) await box.check();
  await at.cases.accept(anyDesk(), { id: one.id, version: 1 });
  const some = await follow(visitor, (where) => where.locator('#bulk button[value="accept"]').click());
  expect(await some.main.innerText()).toContain(`${one.reference}：这件诉求已被他人更改。`);
  const second = await at.cases.open(anyDesk(), two.id);
  expect(second.ok && second.value.complaint.state).toBe('accepted');
});

test('every page of a case is valid HTML, for the office and for the institution', async () => {
  const { app: at } = started();
  const institution = (await demoAccountOf(dataDir, 'institution')).institution ?? '';
  const { id } = await takeDown(at, 'valid-html', { subject: 'abuse', institutionId: institution, identity: 'confidential', phone: '13711112222' });
  await at.cases.accept(anyDesk(), { id, version: 1 });
  await at.cases.forward(anyDesk(), { id, version: 2 }, { institution, words: '请说明午睡时段的值班安排。', replyBy: null });
  const [clerk, theirs] = [await staff('clerk'), await staff('institution')];
  for (const path of ['', '?state=all', 'enter/', `${id}/`, `${id}/forward/`, `${id}/identity/`, `${id}/print/?what=accepted`, `${id}/print/?what=secureEvidence`, `${id}/hotline/?for=reply`, `${id}/hotline/?for=pass`]) {
    expect(htmlFaults(await (await clerk.page.request.get(`/office/cases/${path}`)).text(), path), path).toEqual([]);
  }
  expect(htmlFaults(await (await theirs.page.request.get('/portal/cases/')).text(), 'portal')).toEqual([]);
});
