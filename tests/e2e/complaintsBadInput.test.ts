import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/browser.ts';
import { htmlFaults } from '#tests/builtPages.ts';
import { complaintWords, fillComplaint, findCase } from '#tests/e2e/complaints.ts';
import { open, readNumbers } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { openWindow, type Visitor, type Window } from '#tests/e2e/visitor.ts';

const dataDir = newDataDir();
let [browser, site]: [Browser | undefined, Site | undefined] = [undefined, undefined];
beforeAll(async () => { [browser, site] = await Promise.all([launchBrowser(), startSite(dataDir)]); });
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  removeDataDir(dataDir);
});

async function parent(window?: Window): Promise<Visitor> {
  if (!browser || !site) throw new Error('Nothing was started.');
  return openWindow(browser, site, window);
}

/** What html-validate says of a page; Astro lays one style of its own in the body. */
const validated = (html: string, name: string): readonly string[] => htmlFaults(html, name).filter((line) => !line.includes('<style> element is not permitted'));

test('the same form sent twice gives the same receipt; changed, it is another and the parent is told', async () => {
  const visitor = await parent({ scripts: false });
  const { page } = visitor;
  await fillComplaint(visitor);
  const form = await page.locator('form[data-complaint-send]').evaluate((element) => (element instanceof HTMLFormElement ? [...new FormData(element)].filter(([name]) => name !== 'files').map(([name, value]) => [name, String(value)] as const) : []));
  const send = async (changed: Readonly<Record<string, string>> = {}) => {
    const answer = await page.request.post('/hebei/complaints/new/', { form: { ...Object.fromEntries(form), step: 'send', ...changed }, headers: { origin: visitor.site.origin }, maxRedirects: 0 });
    return { status: answer.status(), text: await answer.text() };
  };
  const readOn = async (path: string, form: Readonly<Record<string, string>>) => (await page.request.post(path, { form, headers: { origin: visitor.site.origin } })).text();
  const numbers = async () => { await open(visitor, '/hebei/complaints/received/'); return readNumbers(page); };
  const reference = async () => { await open(visitor, '/hebei/complaints/received/'); return (await readNumbers(page)).reference; };
  for (const step of ['edit-subject', 'subject', 'story', 'identity']) expect(validated((await send({ step })).text, step)).toEqual([]);
  expect((await send()).status).toBe(303);
  const first = await reference();
  expect((await send()).status).toBe(303);
  expect(await reference()).toBe(first);
  const changed = await send({ happened: `${complaintWords}后来又发生了一次。` });
  expect(changed.status).toBe(409);
  expect(changed.text).toContain('刚才那一份已经收到');
  expect(validated(changed.text, 'changed')).toEqual([]);
  const claim = await numbers();
  for (const step of ['find', 'reply', 'rate', 'ask-withdraw']) expect(validated(await readOn('/hebei/complaints/find/', { ...claim, step }), step)).toEqual([]);
});

test('what was typed stays after bad input, and nothing breaks', async () => {
  const visitor = await parent({ scripts: false });
  const post = async (form: Readonly<Record<string, string>>) => {
    const answer = await visitor.page.request.post('/hebei/complaints/new/', { multipart: { ...form }, headers: { origin: visitor.site.origin }, maxRedirects: 0 });
    return { status: answer.status(), text: await answer.text() };
  };
  const typed = { kind: 'complaint', subject: 'safety', about: 'none', identity: 'anonymous', key: 'key-of-bad-input-0001' };
  const long = await post({ ...typed, happened: '长'.repeat(3_000_000), step: 'send' });
  expect(long.status).toBe(422);
  expect(long.text).toContain('最多 5000 个字');
  expect(long.text.length).toBeLessThan(200_000);
  const odd = await post({ ...typed, happened: '看到\u0000老师\u202E推\u202C了孩子，孩子\u200B摔倒了。', happenedOn: '2027-01-01', step: 'send' });
  expect(odd.status).toBe(422);
  expect(odd.text).toContain('日期不能晚于今天');
  expect((await post({ ...typed, about: '00000000-0000-5000-8000-000000000000', aboutName: '示例已撤下的机构', happened: '在门口看到孩子自己走了出来，没有人管。', step: 'send' })).text).toContain('示例已撤下的机构');
  expect((await post({ step: 'send' })).status).toBe(422);
  expect((await post({ step: '<script>', kind: '__proto__', subject: 'constructor', about: '../..' })).status).toBe(422);
  expect((await post({ ...typed, happened: '看到\u0000老师\u202E推\u202C了孩子，孩子\u200B摔倒了。', step: 'send' })).status).toBe(303);
});

test('unknown, wrong and malformed codes answer alike', async () => {
  const visitor = await parent({ scripts: false });
  const said = [];
  for (const claim of [{ reference: 'T-00000001', queryCode: '1234567890123456' }, { reference: 'T-ZZZZZZZZ', queryCode: 'x' }, { reference: '不是编号', queryCode: '9999999999999999' }]) {
    const page = await findCase(visitor, claim, 404);
    said.push((await page.main.innerText()).replace(claim.reference, ''));
    expect(await page.main.innerHTML()).not.toContain(claim.queryCode === 'x' ? 'value="x"' : claim.queryCode);
  }
  expect(new Set(said).size).toBe(1);
});
