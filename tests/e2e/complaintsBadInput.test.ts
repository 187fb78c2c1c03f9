import SQLite from 'better-sqlite3';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { launchBrowser } from '#tests/browser.ts';
import { htmlFaults } from '#tests/builtPages.ts';
import { complaintWords, fillComplaint, findCase } from '#tests/e2e/complaints.ts';
import { open, readNumbers } from '#tests/e2e/pages.ts';
import { newDataDir, removeDataDir, startSite, type Site } from '#tests/e2e/site.ts';
import { demoDesks } from '#tests/e2e/staff.ts';
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

const started = (): Site => {
  if (!site) throw new Error('Nothing was started.');
  return site;
};
const casesKept = (): number => {
  const db = new SQLite(join(dataDir, 'demo.sqlite'), { readonly: true });
  const count = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM complaint').get()?.count ?? Number.NaN;
  db.close();
  return count;
};
/** Every file of the data folder but the databases and their journals, with its size. */
const filesKept = (): readonly string[] => readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dataDir, name)).isFile() && !/\.sqlite(-wal|-shm)?$/.test(name)).map((name) => `${name} ${String(statSync(join(dataDir, name)).size)}`).toSorted();
const residentMb = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(started().pid)}/status`, 'utf8'))?.[1]) / 1024;

/** Streams so many megabytes as one photo, without saying how long it is, as fast as they are taken; answers the status, or how the connection ended. */
function stream(megabytes: number): Promise<{ readonly status: number | string; readonly sentMb: number; readonly peakMb: number }> {
  return new Promise((resolve) => {
    const piece = Buffer.alloc(1024 * 1024, 7);
    let [sentMb, peakMb] = [0, 0];
    const end = (status: number | string): void => { resolve({ status, sentMb, peakMb }); };
    const outgoing = httpRequest({ host: '127.0.0.1', port: started().port, path: '/hebei/complaints/new/', method: 'POST', headers: { host: `localhost:${String(started().port)}`, origin: started().origin, 'content-type': 'multipart/form-data; boundary=cut', 'transfer-encoding': 'chunked' } }, (response) => { response.resume(); end(response.statusCode ?? 0); outgoing.destroy(); });
    outgoing.on('error', (fault) => { end(fault.message); });
    outgoing.write('--cut\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n');
    const more = (): void => {
      if (outgoing.destroyed || sentMb >= megabytes) return;
      sentMb += 1;
      peakMb = Math.max(peakMb, residentMb());
      outgoing.write(piece, () => { setImmediate(more); });
    };
    more();
  });
}

test('two hundred megabytes are refused long before they are all here, memory stays bounded, no file and no case is left', async () => {
  const [cases, files, before] = [casesKept(), filesKept(), residentMb()];
  const { status, sentMb, peakMb } = await stream(200);
  expect([413, 'write EPIPE', 'read ECONNRESET', 'socket hang up']).toContain(status);
  expect(status, 'the answer arrives').toBe(413);
  expect(sentMb).toBeLessThan(200);
  expect(peakMb - before, `${String(Math.round(before))} MB, at most ${String(Math.round(peakMb))} MB`).toBeLessThan(160);
  expect(filesKept()).toEqual(files);
  expect(casesKept()).toBe(cases);
  expect((await fetch(`${started().origin}/hebei/`)).status).toBe(200);
});

test('a connection that is lost once the form is on its way: the same key brings the same receipt, and one case stands', async () => {
  const cases = casesKept();
  const { origin, port } = started();
  const body = JSON.stringify({ kind: 'complaint', subject: 'fee', happened: '九月付的钱，十月说不退，一直拖到现在。', identity: 'anonymous' });
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = `POST /api/v1/hebei/complaints HTTP/1.1\r\nHost: localhost:${String(port)}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nIdempotency-Key: lost-on-the-way\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n`;
      socket.write(head + body, () => { socket.destroy(); resolve(); });
    });
  });
  const again = async (): Promise<string> => (await fetch(`${origin}/api/v1/hebei/complaints`, { method: 'POST', body, headers: { origin, 'content-type': 'application/json', 'idempotency-key': 'lost-on-the-way' } })).text();
  const [first, second] = [await again(), await again()];
  expect(second).toBe(first);
  expect(first).toMatch(/"reference":"T-/);
  expect(casesKept() - cases).toBe(1);
});

test('nothing of what was written, by whom and with which program stands in the log of the running site', async () => {
  const { origin, output } = started();
  const canaries = ['CANARY-words-17A', 'CANARY-name-28B', '13900003141', 'CANARY-agent-39C', 'CANARY-query-40D'];
  const answer = await fetch(`${origin}/api/v1/hebei/complaints`, {
    method: 'POST', body: JSON.stringify({ kind: 'complaint', subject: 'health', happened: `${canaries[0] ?? ''}，这里写着发生的事情。`, identity: 'named', contactName: canaries[1], phone: canaries[2] }),
    headers: { origin, 'content-type': 'application/json', 'idempotency-key': 'a-case-with-canaries', 'user-agent': canaries[3] ?? '' },
  });
  expect(answer.status).toBe(201);
  const { reference, queryCode } = z.object({ reference: z.string(), queryCode: z.string() }).parse(await answer.json());
  await fetch(`${origin}/hebei/complaints/find/?${canaries[4] ?? ''}`, { method: 'POST', body: new URLSearchParams({ reference, queryCode, step: 'find' }), headers: { origin, 'user-agent': canaries[3] ?? '' } });
  await fetch(`${origin}/api/v1/hebei/complaints`, { method: 'POST', body: `{"happened":"${canaries[0] ?? ''}`, headers: { origin, 'content-type': 'application/json', 'idempotency-key': 'broken-off-json' } });
  expect(output()).toMatch(/complaints/);
  for (const canary of [...canaries, reference, queryCode, queryCode.replace(/(\d{4})(?=\d)/g, '$1 ')]) expect(output(), canary).not.toContain(canary);
});

test('many complaints about one institution stand marked on the desk, in one line of its start page; another parent is heard like any other', async () => {
  const { origin } = started();
  const list = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(await (await fetch(`${origin}/api/v1/hebei/institutions?size=100`)).json());
  const about = list.items.at(-1); // nobody else in this file speaks of it
  const complain = (key: string, institutionId: string | undefined) => fetch(`${origin}/api/v1/hebei/complaints`, {
    method: 'POST', body: JSON.stringify({ kind: 'complaint', subject: 'food', happened: '午饭里有东西，孩子说不好吃。', identity: 'anonymous', ...(institutionId === undefined ? {} : { institutionId }) }), headers: { origin, 'content-type': 'application/json', 'idempotency-key': key },
  });
  for (let sent = 0; sent < 12; sent += 1) expect((await complain(`flood-number-${String(sent)}`, about?.id)).status).toBe(201);
  expect((await complain('another-parent', undefined)).status).toBe(201);
  const clerk = await parent({ scripts: false });
  const queue = await demoDesks(dataDir)(clerk, 'clerk', '/office/cases/');
  expect(await queue.main.innerText()).toMatch(new RegExp(`同一机构短时间收到很多投诉[\\s\\S]*${about?.name ?? '?'}：从.*起收到 12 件`));
  expect(await clerk.page.locator('.case-row', { hasText: '集中' }).count()).toBe(12);
  expect(await (await open(clerk, '/office/')).main.innerText()).toMatch(/集中投诉\s*1 件/);
  await clerk.context.close();
});
