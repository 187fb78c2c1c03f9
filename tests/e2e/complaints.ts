// 提诉求 as a parent does it: through the form, and following it by number and code.
import { expect } from 'vitest';
import { follow, open, type SoundPage } from '#tests/e2e/pages.ts';
import type { Visitor } from '#tests/e2e/visitor.ts';

/** Presses a button and looks at the page it leads to. */
export const press = (visitor: Visitor, name: string): Promise<SoundPage> => follow(visitor, (page) => page.getByRole('button', { name, exact: true }).click());

/** What the parent writes. */
export const complaintWords = '周三午睡时我来接孩子，看到老师用力拉孩子的胳膊，孩子哭了。希望查看监控。';

/** From the doors to the page that checks the answers. */
export async function fillComplaint(visitor: Visitor): Promise<SoundPage> {
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
  await page.getByLabel('发生了什么？').fill(complaintWords);
  await page.locator('#field-happenedOn').fill('2026-11-18');
  await press(visitor, '继续');
  await press(visitor, '上一步');
  expect(await page.getByLabel('发生了什么？').inputValue()).toBe(complaintWords);
  await press(visitor, '继续');
  await page.getByLabel('匿名').check();
  const check = await press(visitor, '继续');
  expect(check.heading).toBe('核对并提交');
  expect(await check.main.innerText()).toContain(complaintWords);
  return check;
}

/** 查进度: types the two numbers and looks at what comes. */
export async function findCase(visitor: Visitor, { reference, queryCode }: { readonly reference: string; readonly queryCode: string }, status = 200): Promise<SoundPage> {
  await open(visitor, '/hebei/complaints/find/');
  await visitor.page.getByLabel('编号').fill(reference);
  await visitor.page.getByLabel('查询码').fill(queryCode);
  const answered = visitor.page.waitForResponse((response) => response.request().method() === 'POST');
  const found = await press(visitor, '查看进度');
  expect((await answered).status()).toBe(status);
  return found;
}
