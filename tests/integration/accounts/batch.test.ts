// 批量激活信 on both engines: a list makes all of its accounts or none, and every fault names its line and column.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBatch, planBatch, type BatchPlan } from '#domain/accounts/batch.ts';
import { activate } from '#domain/accounts/commands.ts';
import { instant } from '#domain/shared/dates.ts';
import { mostAccountLines, readAccountTable } from '#storage/files/accountTable.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { anAccount, goodPassword, thePlace, tryAccounts, type Trial } from '#tests/builders/accounts.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const read = (text: string) => readAccountTable(Buffer.from(text));
const faults = async (text: string | Buffer) => (await readAccountTable(Buffer.from(text))).problems.map(({ line, column, code }) => [line, column, code].map(String).join(' '));

describe.each(engines)('accounts by a list on $engine', ({ open }) => {
  let [opened, trial]: [Opened | undefined, Trial | undefined] = [undefined, undefined];
  const world = () => { if (!opened || !trial) throw new Error('Not opened.'); return { storage: opened.storage, deps: trial.accounts.deps, trial }; };
  beforeEach(async () => {
    opened = await open();
    trial = tryAccounts(opened.storage);
  });
  afterEach(async () => {
    await trial?.accounts.stop();
    await opened?.leave();
  });
  const institution = async (): Promise<string> => {
    const id = newId();
    await world().storage.write((tx) => putInstitution(tx, { ...aRecord({ id, jurisdiction: thePlace.code }), rowKey: id }));
    return id;
  };
  const planFor = async (login: string): Promise<BatchPlan> => ({ line: 2, institution: await institution(), name: '示例机构', login, title: null });
  const logins = async () => (await world().deps.store.list(thePlace.code)).map(({ login }) => login);

  test('all are made, each code opens its account once; one event each, all in one go', async () => {
    const plans = [await planFor('list.one'), await planFor('list.two'), await planFor('list.three')];
    const made = await createBatch(world().deps, thePlace.code, plans, 'keeper');
    if (!made.ok) throw new Error(made.reason);
    expect(new Set(made.value.map(({ code }) => code)).size).toBe(3);
    for (const { code } of made.value) {
      expect(await activate(world().deps, code, goodPassword)).toMatchObject({ ok: true });
      expect(await activate(world().deps, code, goodPassword)).toEqual({ ok: false, reason: 'gone' });
    }
    const events = await world().storage.read.selectFrom('audit_event').select(['kind', 'actor']).where('kind', '=', 'account-created').execute();
    expect(events.map(({ actor }) => actor)).toEqual(['keeper', 'keeper', 'keeper']);
    const held = await world().storage.read.selectFrom('account_activation').selectAll().execute();
    expect(JSON.stringify([events, held])).not.toContain(made.value[0]?.code);
  });

  test('a login taken meanwhile: none of the list is made, no event, no code; of two lists at once one is made whole', async () => {
    await anAccount(world().trial, { login: 'list.taken' });
    const before = await logins();
    const count = async () => Number((await world().storage.read.selectFrom('audit_event').select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
    const events = await count();
    expect(await createBatch(world().deps, thePlace.code, [await planFor('list.first'), await planFor('list.taken'), await planFor('list.last')], 'keeper')).toEqual({ ok: false, reason: 'login-taken' });
    expect(await logins()).toEqual(before);
    expect(await count()).toBe(events);
    const [one, other] = [[await planFor('list.a'), await planFor('list.b')], [await planFor('list.b'), await planFor('list.c')]];
    const both = await Promise.all([createBatch(world().deps, thePlace.code, one, 'keeper'), createBatch(world().deps, thePlace.code, other, 'keeper')]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await logins()).filter((login) => /^list\.[abc]$/.test(login))).toHaveLength(2);
  });
});

test('a list is read whatever its encoding; names of columns in any order; blanks and full width are forgiven', async () => {
  expect((await read('\uFEFF登录名,机构\r\nyi.yuan, 示例甲（河北）园 \r\n,示例乙园\r\n')).rows).toEqual([{ line: 2, institution: '示例甲(河北)园', login: 'yi.yuan', title: null }, { line: 3, institution: '示例乙园', login: null, title: null }]);
  const gbk = Buffer.from([0xbb, 0xfa, 0xb9, 0xb9, 0x0a, 0xca, 0xbe, 0xc0, 0xfd, 0xd4, 0xb0, 0x0a]); // 机构 / 示例园 in GB18030
  expect((await readAccountTable(gbk)).rows).toMatchObject([{ institution: '示例园' }]);
});

test('every fault names its line and column, and a list with one is none', async () => {
  expect(await faults('机构,登录名,岗位\n示例园,,=1+1\n,ab,\n示例丙园,,＠SUM(A1)\n')).toEqual(['2 岗位 formula', '3 机构 required', '4 岗位 formula']);
  expect(await faults(`机构\n${'长'.repeat(121)}\n`)).toEqual(['2 机构 too-long']);
  expect(await faults('机构,电话\n示例园,139\n')).toEqual(['1 电话 unknown-column']);
  expect(await faults('登录名\nab.c\n')).toEqual(['1 机构 no-column']);
  expect(await faults('机构,机构\n示例,示例\n')).toEqual(['1 机构 column-twice']);
  expect(await faults('机构\n示例园,多的\n')).toEqual(['2 null cells']);
  expect(await faults('机构\n')).toEqual(['null null empty']);
  expect(await faults('机构\n"没有关上\n')).toEqual(['null null unreadable']);
  expect(await faults(Buffer.from([0xff, 0xfe, 0x00]))).toEqual(['null null unreadable']);
  expect((await faults(`机构\n${'示例园\n'.repeat(mostAccountLines + 1)}`)).at(-1)).toBe(`${String(mostAccountLines + 2)} null too-many`);
});

test('who is meant must be one of the place, without an account in force, with a login nobody has', () => {
  const known = [{ id: 'i-1', name: '示例甲（河北）园', creditCode: 'X1' }, { id: 'i-2', name: '示例同名园', creditCode: 'X2' }, { id: 'i-3', name: '示例同名园', creditCode: 'X3' }, { id: 'i-4', name: '示例有号园', creditCode: null }];
  const accounts = [{ id: 'a', jurisdiction: thePlace.code, login: 'has.one', title: null, roles: ['institution' as const], institution: 'i-4', department: null, subdistrict: null, state: 'active' as const, hasTotp: false, version: 1, createdAt: instant.parse(0), passwordSetAt: null }];
  const plan = (...lines: readonly (readonly [institution: string, login: string | null])[]) => planBatch(lines.map(([institution, login], at) => ({ line: at + 2, institution, login, title: null })), known, accounts, new Set(['else.where']), (id) => `own-${id}`);
  expect(plan(['示例甲(河北)园', null], ['X2', 'two'])).toEqual({ problems: [], plans: [{ line: 2, institution: 'i-1', name: '示例甲（河北）园', login: 'own-i-1', title: null }, { line: 3, institution: 'i-2', name: '示例同名园', login: 'two', title: null }] });
  expect(plan(['没有的', null], ['示例同名园', null], ['示例有号园', 'new.one'], ['X1', 'has.one'], ['X2', 'else.where'], ['X3', '坏'], ['X3', 'x.3'], ['X2', 'x.3']).problems.map(({ line, column, code }) => `${String(line)} ${column} ${code}`)).toEqual([
    '2 机构 unknown', '3 机构 ambiguous', '4 机构 has-account', '5 登录名 login-taken', '6 登录名 login-taken', '7 登录名 login-format', '8 机构 twice', '9 机构 twice', '9 登录名 login-twice',
  ]);
});
