// From an anonymous complaint to a rating: the parent's window and the clerk's, side by side, every move of either made in a browser.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { complaintWords, fillComplaint, findCase, press } from '#tests/e2e/complaints.ts';
import { follow, open, readNumbers } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); }, 90_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function at(window: Window, where = site): Promise<Visitor> {
  if (!browser || !where) throw new Error('Nothing was started.');
  return openWindow(browser, where, window);
}
const seat = demoDesks(dataDir);
async function clerkAt(window: Window = { width: 1280 }): Promise<Visitor> {
  const visitor = await at(window);
  await seat(visitor, 'clerk', '/office/');
  return visitor;
}

type Numbers = Awaited<ReturnType<typeof readNumbers>>;

/** Writes and sends an anonymous complaint; its two numbers. */
async function complain(parent: Visitor): Promise<Numbers> {
  await fillComplaint(parent);
  expect((await press(parent, '提交')).heading).toBe('已收到');
  return readNumbers(parent.page);
}

/** Opens a case by its number, as a clerk does who holds a paper. */
async function openCase(clerk: Visitor, { reference }: Numbers): Promise<string> {
  await open(clerk, '/office/cases/');
  await clerk.page.locator('#field-reference').fill(reference);
  const opened = await press(clerk, '打开');
  expect(opened.heading).toContain(reference);
  return clerk.page.url();
}

/** Does one move of the case that is open: a button, or a form folded behind its name that is filled in. */
async function does(clerk: Visitor, act: string, fill?: (page: Page) => Promise<void>): Promise<string> {
  const { page } = clerk;
  const form = page.locator(`form:has(button[value="${act}"])`).first();
  const more = page.locator('.case-moves__more:not([open]) > summary');
  if (!(await form.isVisible()) && await page.locator(`#act-${act}`).isHidden() && await more.count() > 0) await more.click();
  if (fill) {
    if (await page.locator(`#act-${act}[open]`).count() === 0) await page.locator(`#act-${act} > summary`).click();
    await fill(page);
  }
  return (await follow(clerk, () => form.locator(`button[value="${act}"]`).click())).main.innerText();
}

/** Answers and closes the case that is open at the desk. */
async function answerAndClose(clerk: Visitor, words: string): Promise<void> {
  await does(clerk, 'answer', (page) => page.locator('#field-answer-words').fill(words));
  await does(clerk, 'close');
}

async function rate(parent: Visitor, mark: string): Promise<string> {
  await parent.page.getByLabel(mark, { exact: true }).check();
  return (await press(parent, '提交评价')).main.innerText();
}

describe.each([['with JavaScript', true, 390, 1280], ['without JavaScript', false, 320, 390]] as const)('%s', (_how, scripts, width, deskWidth) => {
  test('a complaint nobody signed is accepted, handed over on paper, replied to, answered and closed at a desk; the parent sees each step, is not satisfied and has it done once more', async () => {
    const [parent, clerk] = [await at({ scripts, width }), await clerkAt({ scripts, width: deskWidth })];
    const numbers = await complain(parent);
    const address = await openCase(clerk, numbers);
    expect(await clerk.page.locator('main').innerText()).toContain(complaintWords);
    expect(await does(clerk, 'accept')).toContain('已受理，投诉人查进度时能看到');
    expect(await (await findCase(parent, numbers)).main.innerText()).toContain('现在到哪一步：已受理');

    const handed = await does(clerk, 'handOver', async (page) => {
      await page.locator('#field-handOver-department').selectOption({ index: 1 });
      await page.locator('#field-handOver-documentNumber').fill('示转〔2026〕7号');
    });
    expect(handed).toContain('已转办，等待签收');
    await follow(clerk, (page) => page.locator('.case-tasks a[href*="what=handover"]').first().click());
    await clerk.page.locator('#field-words').fill('家长反映午睡时段老师动作粗暴，请核查监控。');
    const slip = await press(clerk, '生成文书');
    const paper = await slip.main.locator('.paper').innerText();
    for (const said of ['诉求转办单', '示转〔2026〕7号', numbers.reference, '请核查监控', '签收日期']) expect(paper).toContain(said);
    for (const hidden of [complaintWords, numbers.queryCode]) expect(paper).not.toContain(hidden);
    expect((await clerk.page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(5_000);
    expect(await (await findCase(parent, numbers)).main.innerText()).toMatch(/现在到哪一步：已转办[\s\S]*已转、等待签收/);

    await open(clerk, new URL(address).pathname);
    await does(clerk, 'recordReceipt', (page) => page.locator('#field-recordReceipt-receivedOn').fill('2026-11-23'));
    expect(await (await findCase(parent, numbers)).main.innerText()).toContain('2026年11月23日签收');
    await does(clerk, 'recordReply', (page) => page.locator('#field-recordReply-words').fill('调看了监控，老师确有拉拽，已停课培训。'));
    await answerAndClose(clerk, '经查监控，您反映的情况属实，已要求机构停课培训并向您道歉。');

    const closed = await findCase(parent, numbers);
    const said = await closed.main.innerText();
    expect(said).toMatch(/已办结[\s\S]*情况属实/);
    expect(said, 'what the department wrote to the office is not the parent’s to read').not.toContain('确有拉拽');
    expect(said, 'what a bad rating is good for is said before it is given').toContain('选“很不满意”或“不满意”的，可以在办结后 14 天内要求重新办一次。');
    expect(await parent.page.getByRole('textbox', { name: '要求重新办' }).count(), 'not before a bad rating').toBe(0);
    await rate(parent, '一般');
    expect(await parent.page.getByRole('textbox', { name: '要求重新办' }).count(), 'three of five is no bad rating').toBe(0);
    expect(await rate(parent, '不满意')).toMatch(/可以在 14 天内要求重新办一次[\s\S]*可以在2026年12月7日前要求重新办一次/);
    await parent.page.getByRole('textbox', { name: '要求重新办' }).fill('没有让我看监控。');
    expect(await (await press(parent, '要求重新办')).main.innerText()).toMatch(/已经重新开始办[\s\S]*办理中/);

    await open(clerk, new URL(address).pathname);
    expect(await clerk.page.locator('main').innerText()).toContain('没有让我看监控。');
    await answerAndClose(clerk, '已约您本周五到机构查看当天监控。');
    await findCase(parent, numbers);
    const again = await rate(parent, '很不满意');
    expect(again).toMatch(/已经重新办过一次[\s\S]*12345，或者重新提交一份/);
    expect(await parent.page.getByRole('textbox', { name: '要求重新办' }).count()).toBe(0);
    expect([...parent.addresses, ...clerk.addresses].filter((one) => one.includes(numbers.queryCode) || (one.includes(numbers.reference) && !one.includes('/office/')))).toEqual([]);
    for (const hidden of [complaintWords, numbers.queryCode, '没有让我看监控', '情况属实']) expect(site?.output(), 'nothing of it in the log').not.toContain(hidden);
  }, 180_000);
});

test('a parent who is satisfied is offered no second round; who thinks otherwise after fourteen days is told that it is too late, and where to go', async () => {
  const [parent, clerk] = [await at({ width: 390 }), await clerkAt()];
  const numbers = await complain(parent);
  await openCase(clerk, numbers);
  await does(clerk, 'accept');
  await answerAndClose(clerk, '已要求机构改正，您可以随时回园查看。');
  await findCase(parent, numbers);
  expect(await rate(parent, '很满意')).toMatch(/评价已经收到\s*谢谢您。/);
  expect(await parent.page.getByRole('textbox', { name: '要求重新办' }).count()).toBe(0);
  const later = await startSite(dataDir, { NOW: '2026-12-08T10:00:00+08:00' });
  const returning = await at({ width: 390 }, later);
  try {
    await findCase(returning, numbers);
    expect(await rate(returning, '很不满意')).toMatch(/要求重新办的期限到2026年12月7日为止，已经过了。还没有解决的，可以打 12345，或者重新提交一份/);
    expect(await returning.page.getByRole('textbox', { name: '要求重新办' }).count()).toBe(0);
  } finally {
    await returning.context.close();
    await later.stop();
  }
}, 120_000);
