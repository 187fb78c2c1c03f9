// 登录提醒 on both engines: a browser not seen before and many wrong tries are told to the holder and the place; who may say "it was me", and what is kept of a browser.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noticeBounds, type Device } from '#domain/accounts/model.ts';
import { answerNotices, noticesSince } from '#domain/accounts/notices.ts';
import { newId } from '#storage/ids.ts';
import { putInstitution } from '#storage/directory.ts';
import { aCaller, anAccount, goodPassword, sessionOf, thePlace, tryAccounts, type Trial } from '#tests/builders/accounts.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { instant } from '#domain/shared/dates.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const [home, stranger, phone]: readonly Device[] = ['home', 'stranger', 'phone'].map((token) => ({ name: `测试 · ${token}`, token }));

describe.each(engines)('notices of signing in on $engine', ({ open }) => {
  let [opened, trial]: [Opened | undefined, Trial | undefined] = [undefined, undefined];
  const world = () => { if (!opened || !trial || !home || !stranger || !phone) throw new Error('Not opened.'); return { storage: opened.storage, trial, deps: trial.accounts.deps, home, stranger, phone }; };
  beforeEach(async () => {
    opened = await open();
    trial = tryAccounts(opened.storage);
  });
  afterEach(async () => {
    await trial?.accounts.stop();
    expect(trial?.faults).toEqual([]);
    await opened?.leave();
  });
  /** An institution's account, whose sign-in is one step. */
  const holder = async (login = 'yuanzhang') => {
    const institution = newId();
    await world().storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution, jurisdiction: thePlace.code }), rowKey: institution }));
    return anAccount(world().trial, { login, roles: ['institution'], institution });
  };
  const enter = async (login: string, device: Device) => {
    const { trial: { accounts, clock } } = world();
    clock.at += 60_000;
    const step = await accounts.signIn(login, goodPassword, aCaller({ device }));
    if (!step.ok || step.value.kind !== 'in') throw new Error('expected to be in');
    return { token: step.value.token, ...await sessionOf(world().trial, step.value.token) };
  };
  const notices = async (account: string) => (await world().deps.store.noticesOf(account, noticesSince(instant.parse(world().trial.clock.at)))).map(({ kind, device, times, answer }) => ({ kind, device, times, answer }));
  const miss = async (login: string, times: number) => {
    for (let tried = 0; tried < times; tried += 1) await world().trial.accounts.signIn(login, 'not the password at all', aCaller());
    await new Promise((resolve) => { setTimeout(resolve, 400); }); // noted after the answer has gone out
    await world().trial.accounts.stop();
  };

  test('the first browser is nobody\'s surprise; the next is told to the sessions before it, not to itself; a known one is not told of', async () => {
    const { id, login } = await holder();
    const first = await enter(login, world().home);
    expect(await notices(id)).toEqual([]);
    const second = await enter(login, world().stranger);
    expect(await notices(id)).toEqual([{ kind: 'newDevice', device: '测试 · stranger', times: 0, answer: null }]);
    expect(second.session.isWarned, 'who signs in anew reads nothing of itself').toBe(false);
    expect((await sessionOf(world().trial, first.token)).session.isWarned).toBe(true);
    expect((await enter(login, world().home)).session.isWarned, 'at the next sign-in').toBe(true);
    expect(await notices(id)).toHaveLength(1);
  });

  test('a newer browser cannot answer for itself; an older one can, and 不是我 ends every other session', async () => {
    const { deps } = world();
    const { id, login } = await holder();
    const own = await enter(login, world().home);
    const theirs = await enter(login, world().stranger);
    expect(await answerNotices(deps, theirs.account, theirs.session, world().stranger, 'mine')).toBe(0);
    expect(await answerNotices(deps, theirs.account, theirs.session, world().phone, 'mine'), 'a browser that never signed in').toBe(0);
    expect(await answerNotices(deps, own.account, own.session, world().home, 'notMine')).toBe(1);
    expect(await notices(id)).toMatchObject([{ answer: 'notMine' }]);
    expect(await world().trial.accounts.findSession(theirs.token)).toBeUndefined();
    expect((await sessionOf(world().trial, own.token)).session.isWarned).toBe(false);
    expect(await answerNotices(deps, own.account, own.session, world().home, 'mine'), 'answered once').toBe(0);
  });

  test('many wrong tries before a sign-in are told with their number; fewer are not, and a sign-in begins the count anew', async () => {
    const { id, login } = await holder();
    await enter(login, world().home);
    await miss(login, noticeBounds.failures - 1);
    await enter(login, world().home);
    expect(await notices(id)).toEqual([]);
    await miss(login, noticeBounds.failures + 1);
    expect((await enter(login, world().home)).session.isWarned).toBe(true);
    expect(await notices(id)).toEqual([{ kind: 'failures', device: '测试 · home', times: noticeBounds.failures + 1, answer: null }]);
    await enter(login, world().home);
    expect(await notices(id)).toHaveLength(1);
  });

  test('of a browser a hash is kept, other for every account; another account\'s notices are not seen; after thirty days none is', async () => {
    const [one, other] = [await holder('yuan.one'), await holder('yuan.two')];
    for (const { login } of [one, other]) for (const device of [world().home, world().stranger]) await enter(login, device);
    const kept = await world().storage.read.selectFrom('known_device').selectAll().execute();
    expect(new Set(kept.map(({ token_hash: hash }) => hash)).size).toBe(4);
    expect(JSON.stringify(kept)).not.toMatch(/home|stranger|测试|192\.0\.2/);
    expect(await notices(one.id)).toHaveLength(1);
    expect((await world().deps.store.noticesIn(thePlace.code, instant.parse(0))).map(({ account }) => account).toSorted()).toEqual([one.id, other.id].toSorted());
    world().trial.clock.at += (noticeBounds.days + 1) * 86_400_000;
    expect(await notices(one.id)).toEqual([]);
    expect((await enter(one.login, world().home)).session.isWarned).toBe(false);
    world().trial.clock.at += (noticeBounds.keptDays - noticeBounds.days) * 86_400_000;
    await world().trial.accounts.forgetEnded();
    expect((await world().storage.read.selectFrom('known_device').selectAll().execute()).map(({ account_id: account }) => account), 'only what was seen since').toEqual([one.id]);
    expect(await world().storage.read.selectFrom('sign_in_notice').selectAll().execute()).toEqual([]);
  });

  test('two who sign in at once from one new browser make it known once', async () => {
    const { id, login } = await holder();
    await enter(login, world().home);
    const both = await Promise.all([world().trial.accounts.signIn(login, goodPassword, aCaller({ device: world().phone })), world().trial.accounts.signIn(login, goodPassword, aCaller({ device: world().phone }))]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    expect((await world().storage.read.selectFrom('known_device').selectAll().where('account_id', '=', id).execute())).toHaveLength(2);
  });
});
