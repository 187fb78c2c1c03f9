import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApi } from '#server/api/api.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { instant } from '#domain/shared/dates.ts';
import { newId } from '#storage/ids.ts';
import { publishRecords, recordOf } from '#storage/published.ts';
import { openSqlite } from '#storage/sqlite.ts';
import { anInstitution } from '#tests/builders/institution.ts';
import { dutiesView } from '#server/pages/duties.ts';
import { dutiesBesides, statedDuties } from '#tests/unit/complaints/statedDuties.ts';

const folder = mkdtempSync(join(tmpdir(), 'tuoyu-test-'));
let app: App;
beforeAll(async () => { app = await createApp(readConfig({ DATA_DIR: folder, RATE_LIMITS: 'off', DEMO: '1', NOW: '2026-11-23T10:00:00+08:00' })); });
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const answer = z.looseObject({ code: z.string().optional(), reference: z.string().optional(), queryCode: z.string().optional(), errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional() });
const send = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = { 'idempotency-key': newId() }, place = 'hebei', clientAddress = '127.0.0.1') => {
  const request = new Request(`http://localhost/api/v1/${place}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const response = await createApi(app).fetch(request, { requestId: 'test', clientAddress });
  return { status: response.status, ...answer.parse(await response.json()) };
};
const complaint = { kind: 'complaint', subject: 'fee', happened: '退园以后两个月了，预付的托费还没有退。', identity: 'anonymous' };

test('received: number and code once, who has it by its full name, days to confirm and answer; the same key answers alike, another body not', async () => {
  const key = { 'idempotency-key': newId() };
  const made = await send('complaints', complaint, key);
  expect(made).toMatchObject({ status: 201, reference: expect.stringMatching(/^T-[0-9A-HJKMNP-TV-Z]{8}$/), queryCode: expect.stringMatching(/^\d{16}$/), confirmBy: '2026-11-24', deadlineBasis: 'site' });
  expect(made).toHaveProperty('leadDepartment');
  expect(await send('complaints', complaint, key)).toEqual(made);
  expect(await send('complaints', { ...complaint, subject: 'fire' }, key)).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  expect(await send('complaints', complaint, {})).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
});

const routed = z.object({ leadDepartment: z.object({ name: z.string() }).nullable(), jointDepartments: z.array(z.object({ name: z.string() })), basis: z.string() });

test.each(statedDuties)('an express duty answers as written, by its full name: %s, %s %s to %s', async (slug, subject, topic, lead, joint) => {
  const place = app.findJurisdiction(slug);
  const names = (full: string): readonly string[] => place?.departments.filter(({ name }) => name === full).flatMap(({ name, aliases }) => [name, ...aliases]) ?? [];
  const said = routed.parse(await send('complaints', { ...complaint, subject, ...(topic === null ? {} : { topic }) }, undefined, slug));
  expect(['stated-lead', 'derived']).toContain(said.basis); // 'derived' where a list of duties names the body without the word 负责
  expect(names(said.leadDepartment?.name ?? '')).toContain(lead);
  for (const one of joint) expect(said.jointDepartments.flatMap(({ name }) => names(name))).toContain(one);
});

describe('the 55 express duties, all told', () => {
  test('46 go to their lead, one is listed without one, eight are of none of the sixteen subjects', () => {
    expect([statedDuties.length, 1, dutiesBesides.length]).toEqual([46, 1, 8]);
    expect(new Set([...statedDuties, ...dutiesBesides].map((row) => row.slice(0, 3).join(' '))).size).toBe(54);
  });

  test('leave in 河北区: the body its line names is asked, and no lead is made of 责任部门', async () => {
    const said = routed.parse(await send('complaints', { ...complaint, subject: 'leave' }));
    expect(said).toEqual({ leadDepartment: null, jointDepartments: [expect.objectContaining({ name: '天津市河北区人力资源和社会保障局' })], basis: 'listed-jointly' });
  });

  test.each(dutiesBesides)('%s: %s stands on the duties page beside the subjects, with %s, its line and its words', (slug, matter, body) => {
    const place = app.findJurisdiction(slug);
    const card = place && dutiesView(place, new URLSearchParams()).besides.find(({ title }) => title === matter);
    const names = place?.departments.filter(({ name }) => name === card?.lead).flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(names).toContain(body);
    expect([card?.line, card?.quote]).toEqual([expect.stringMatching(/^文件原文第 \d+ 行$/), expect.stringMatching(/\S{6}/)]);
  });
});

test('an institution that was withdrawn, or left the list, meanwhile can be complained about all the same', async () => {
  const code = jurisdictionCode.parse('120105');
  const [withdrawn, missing] = [newId(), newId()];
  const ended = [
    anInstitution({ id: withdrawn, name: '示例·已注销托育园', credential: { kind: 'filing', state: 'withdrawn', number: null, receiptedOn: '2024-09-28', authority: '示例机关', since: '2026-11-20', decisionNumber: null } }),
    anInstitution({ id: missing, name: '示例·名录里没有了的托育园', missingSince: '2026-11-20' }),
  ];
  const storage = await openSqlite(join(folder, 'demo.sqlite'), Date.now());
  await publishRecords(storage, code, ended.map((of) => recordOf(of, 'sample', '{}')), (changed) => ({ id: newId(), jurisdiction: code, at: instant.parse(Date.now()), kind: 'samples-loaded', actor: 'system', objectKind: 'directory', objectId: code, detail: { changed } }));
  await storage.close();
  const { entries } = await app.directory.snapshot(code);
  expect(entries.filter(({ group }) => group === 'ended').map(({ institution }) => institution.id).toSorted()).toEqual([withdrawn, missing].toSorted());
  for (const institutionId of [withdrawn, missing]) expect(await send('complaints', { ...complaint, institutionId })).toMatchObject({ status: 201 });
});

test('where it is known in which street a matter lies, that street is named, not all of them', async () => {
  const said = routed.parse(await send('complaints', { ...complaint, subject: 'safety', subdistrict: '120105002' }));
  expect(said.leadDepartment?.name).toBe('望海楼街道办事处');
});

test('found by number and code however they are typed; unknown, wrong and malformed answer alike; words added, withdrawn, again the same', async () => {
  const { reference = '', queryCode = '' } = await send('complaints', complaint);
  const claim = { reference: reference.toLowerCase(), queryCode: queryCode.replace(/(\d{4})/g, '$1 ') };
  expect(await send('complaints/find', claim)).toMatchObject({ status: 200, reference, state: 'received', may: ['reply', 'withdraw'], steps: [{ event: 'received' }], messages: [] });
  const wrong = await Promise.all([send('complaints/find', { reference: 'T-00000000', queryCode }), send('complaints/find', { reference, queryCode: '1234567890123456' }), send('complaints/find', { reference: 'x', queryCode: 'y' })]);
  expect(new Set(wrong.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(wrong[0]).toMatchObject({ status: 404, code: 'not-found' });
  expect(await send('complaints/find', claim, undefined, 'zezhou')).toMatchObject({ status: 404 });
  expect(await send('complaints/reply', { ...claim, words: '补充：有付款记录。' })).toMatchObject({ status: 200, messages: [{ from: 'you', kind: 'addition', text: '补充：有付款记录。' }] });
  expect(await send('complaints/reply', { ...claim, words: '补充：有付款记录。' })).toMatchObject({ status: 200, messages: [{ from: 'you' }] });
  expect(await send('complaints/rate', { ...claim, satisfaction: 5 })).toMatchObject({ status: 409, code: 'not-answered-yet' });
  expect(await send('complaints/reopen', { ...claim, words: '还没有解决' })).toMatchObject({ status: 409, code: 'wrong-state' });
  expect(await send('complaints/withdraw', claim)).toMatchObject({ status: 200, state: 'withdrawn' });
  expect(await send('complaints/withdraw', claim)).toMatchObject({ status: 200, state: 'withdrawn' });
  expect(await send('complaints/reply', { ...claim, words: '再补充' })).toMatchObject({ status: 409, code: 'wrong-state' });
});

test('five wrong codes for one number from one address, then a wait there, with the right code too', async () => {
  const { reference = '', queryCode = '' } = await send('complaints', complaint);
  for (let tries = 0; tries < 5; tries += 1) expect(await send('complaints/find', { reference, queryCode: '1234567890123456' })).toMatchObject({ status: 404 });
  expect(await send('complaints/find', { reference, queryCode })).toMatchObject({ status: 429 });
  expect(await send('complaints/find', { reference, queryCode }, undefined, 'hebei', '198.51.100.9'), 'whoever holds the code is not kept out by guesses from elsewhere').toMatchObject({ status: 200, reference });
});

test('what is wrong is said field by field, in Chinese', async () => {
  const given = await send('complaints', { kind: 'x', happened: '太短', identity: 'named', phone: '123', childName: '某' });
  expect(given).toMatchObject({ status: 422, code: 'invalid' });
  expect(given.errors?.map(({ field, code }) => `${field} ${code}`).toSorted()).toEqual(['childName unknown-field', 'happened too-short', 'kind unknown-value', 'phone format', 'subject required']);
  for (const { message } of given.errors ?? []) expect(message).toMatch(/[\u4E00-\u9FFF]/);
  expect((await send('complaints', { ...complaint, identity: 'named' })).errors).toMatchObject([{ field: 'contactName', code: 'required' }]);
  expect((await send('complaints', { ...complaint, institutionId: newId() })).errors).toMatchObject([{ field: 'institutionId', code: 'unknown-value' }]);
  expect((await send('complaints', { ...complaint, happenedOn: '2026-11-24' })).errors).toMatchObject([{ field: 'happenedOn', code: 'range' }]);
  expect((await send('complaints', { ...complaint, happened: `${'\u202E\u0007 '.repeat(40)}短` })).errors).toMatchObject([{ field: 'happened', code: 'too-short' }]);
});

test('an answer is taken only to what the subject asks, and only as it is offered: nobody is told who a child is', async () => {
  const asked = { ...complaint, subject: 'abuse', happenedOn: '2026-11-20' };
  expect(await send('complaints', { ...asked, answers: { stillThere: '还在', injury: '手臂有淤青' } })).toMatchObject({ status: 201 });
  expect(await send('complaints', { ...asked, answers: { childName: '某某' } })).toMatchObject({ status: 422, errors: [{ field: 'answers.childName', code: 'unknown-field' }] });
  expect(await send('complaints', { ...asked, answers: { stillThere: '身份证在这里' } })).toMatchObject({ status: 422, errors: [{ field: 'answers.stillThere', code: 'unknown-value' }] });
  expect(await send('complaints', { ...asked, kind: 'suggestion', answers: { stillThere: '还在' } })).toMatchObject({ status: 422 });
});

test('for abuse: numbers to call, and the last day of recordings', async () => {
  expect(await send('complaints', { ...complaint, subject: 'abuse', happenedOn: '2026-11-20' })).toMatchObject({ status: 201, keepUntil: '2027-02-18', emergency: expect.arrayContaining(['110']) });
});

test('every call is in OpenAPI', async () => {
  const response = await createApi(app).fetch(new Request('http://localhost/api/v1/openapi.json'), { requestId: 'test', clientAddress: '127.0.0.1' });
  const { paths } = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(await response.json());
  for (const step of ['', '/find', '/reply', '/rate', '/reopen', '/withdraw']) expect(paths).toHaveProperty([`/api/v1/{place}/complaints${step}`]);
});

test('what was written, who wrote it, from where and by which program: nowhere in the data folder', async () => {
  const canaries = ['CANARY-words-81F', 'CANARY-more-52G', 'CANARY-name-33H', '13900007412', 'CANARY-agent-64J', '203.0.113.77'];
  const headers = { 'idempotency-key': newId(), 'user-agent': canaries[4] ?? '' };
  const { reference = '', queryCode = '', status } = await send('complaints', { ...complaint, happened: `${canaries[0] ?? ''}，这里写着发生的事。`, identity: 'confidential', contactName: canaries[2], phone: canaries[3] }, headers, 'hebei', canaries[5]);
  expect(status).toBe(201);
  expect(await send('complaints/reply', { reference, queryCode, words: canaries[1] }, headers, 'hebei', canaries[5])).toMatchObject({ status: 200 });
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(names.map((name) => name.slice(folder.length + 1))).toEqual(expect.arrayContaining(['demo.sqlite', 'demo.sqlite-wal', 'demo-keys.sqlite', 'demo-keys.sqlite-wal', 'limits.sqlite']));
  for (const name of names) {
    const bytes = readFileSync(name).toString('latin1');
    expect({ name, found: [...canaries, queryCode].filter((text) => bytes.includes(text)) }).toEqual({ name, found: [] });
  }
});
