// 统一身份认证: the port is enough to sign an account of an office in, by a double of an adapter; and what is refused whatever the adapter says.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccount, disableAccount, handOver, activate } from '#domain/accounts/commands.ts';
import { linkIdentity, unlinkIdentity, type IdentityProvider, type VerifiedIdentity } from '#domain/accounts/identity.ts';
import { instant } from '#domain/shared/dates.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aCaller, anAccount, goodPassword, sessionOf, thePlace, tryAccounts, type Trial } from '#tests/builders/accounts.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

/** An adapter as somebody might write it, without a network: it remembers states and answers with whoever stands at its counter. */
function aProvider(at: () => number): IdentityProvider & { readonly stand: (who: Partial<VerifiedIdentity>) => URLSearchParams } {
  const answers = new Map<string, VerifiedIdentity>();
  let count = 0;
  return {
    name: '示例认证',
    begin: (state) => `https://identity.example.cn/?state=${state}`,
    stand: (who) => {
      count += 1;
      answers.set(String(count), { subject: 'person-0001', assurance: 'twoFactor', verifiedAt: instant.parse(at()), once: `answer-${String(count)}`, ...who });
      return new URLSearchParams({ identity: String(count) });
    },
    finish: (answer, state) => Promise.resolve(state === 'a state' ? answers.get(answer.get('identity') ?? '') ?? 'refused' : 'refused'),
  };
}

describe.each(engines)('统一身份认证 on $engine', ({ open }) => {
  let opened: Opened;
  let trial: Trial;
  let provider: ReturnType<typeof aProvider>;
  beforeEach(async () => {
    opened = await open();
    trial = tryAccounts(opened.storage);
    provider = aProvider(() => trial.clock.at);
  });
  afterEach(async () => {
    await trial.accounts.stop();
    expect(trial.faults).toEqual([]);
    await opened.leave();
  });
  const arrive = (answer: URLSearchParams, state = 'a state') => trial.accounts.signInByIdentity(() => provider.finish(answer, state, instant.parse(trial.clock.at)), aCaller());
  const link = (login: string, subject = 'person-0001') => linkIdentity(trial.accounts.deps, login, subject, 'operator');
  const sessions = async () => (await opened.storage.read.selectFrom('session').selectAll().execute()).length;

  test('two factors there let the linked account in, with a session of its own and a line in the record', async () => {
    const { id, login } = await anAccount(trial);
    expect((await link(login)).ok).toBe(true);
    const tried = await arrive(provider.stand({}));
    if (!tried.ok || tried.value.kind !== 'in') throw new Error('expected to be in');
    expect((await sessionOf(trial, tried.value.token)).account.id).toBe(id);
    const events = await opened.storage.read.selectFrom('audit_event').select(['kind', 'detail', 'actor']).orderBy('seq').execute();
    expect(events.map(({ kind }) => kind)).toContain('identity-linked');
    expect(events.at(-1)).toMatchObject({ kind: 'signed-in', actor: id });
    expect(events.at(-1)?.detail).toContain('identity');
  });

  test('one factor there leaves our own second step to be taken', async () => {
    const { login } = await anAccount(trial);
    await link(login);
    const tried = await arrive(provider.stand({ assurance: 'oneFactor' }));
    expect(tried.ok && tried.value.kind).toBe('set-up');
    expect(await sessions()).toBe(0);
  });

  test('nobody is mapped by chance: an unknown person, a like name, a fresh account or a successor stays outside until an administrator links', async () => {
    const { login } = await anAccount(trial);
    expect(await arrive(provider.stand({}))).toMatchObject({ ok: false, reason: 'not-linked' });
    expect(await arrive(provider.stand({ subject: login }))).toMatchObject({ ok: false, reason: 'not-linked' });
    await link(login);
    const next = await handOver(trial.accounts.deps, login, { login: 'jingban-2', title: null }, 'operator');
    expect(next.ok && (await activate(trial.accounts.deps, next.value.code, goodPassword)).ok).toBe(true);
    expect(await arrive(provider.stand({})), 'the link ended with the account it was of').toMatchObject({ ok: false, reason: 'not-linked' });
    expect(await opened.storage.read.selectFrom('identity_link').selectAll().execute()).toEqual([]);
    expect(await sessions()).toBe(0);
  });

  test('an answer is good once, for two minutes, and only for the browser that asked', async () => {
    await link((await anAccount(trial)).login);
    const answer = provider.stand({});
    expect(await arrive(answer, 'the state of another')).toMatchObject({ ok: false, reason: 'refused' });
    expect((await arrive(answer)).ok).toBe(true);
    expect(await arrive(answer)).toMatchObject({ ok: false, reason: 'stale' });
    const slow = provider.stand({});
    trial.clock.at += 120_001;
    expect(await arrive(slow)).toMatchObject({ ok: false, reason: 'stale' });
    expect(await arrive(provider.stand({ verifiedAt: instant.parse(trial.clock.at + 60_001) })), 'from a clock ahead of ours').toMatchObject({ ok: false, reason: 'stale' });
    expect(await arrive(new URLSearchParams({ identity: 'made up' }))).toMatchObject({ ok: false, reason: 'refused' });
  });

  test('an invited, a disabled and an institution\'s account are not signed in to, and neither is linked twice', async () => {
    const { deps } = trial.accounts;
    const institution = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id: institution, jurisdiction: thePlace.code }), rowKey: institution }));
    await anAccount(trial, { login: 'tuoyu-1', roles: ['institution'], institution });
    expect(await link('tuoyu-1')).toEqual({ ok: false, reason: 'not-office' });
    await createAccount(deps, { jurisdiction: thePlace.code, login: 'invited', title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null }, 'operator');
    expect((await link('invited', 'person-0002')).ok).toBe(true);
    expect(await arrive(provider.stand({ subject: 'person-0002' }))).toMatchObject({ ok: false, reason: 'not-linked' });
    const { login } = await anAccount(trial);
    expect((await link(login)).ok).toBe(true);
    expect(await link(login, 'person-0003'), 'a second person').toEqual({ ok: false, reason: 'linked-already' });
    expect(await link('invited'), 'a second account').toEqual({ ok: false, reason: 'linked-already' });
    await disableAccount(deps, login, 'operator');
    expect(await arrive(provider.stand({}))).toMatchObject({ ok: false, reason: 'not-linked' });
    expect(await link(login)).toEqual({ ok: false, reason: 'no-account' });
  });

  test('no number of a document and no telephone is taken for a person, and none is kept: the store holds a one-way value', async () => {
    const { login } = await anAccount(trial);
    for (const subject of ['11010519491231002X', '110105194912310021', '13800000000', '+8613800000000', '', 'short', 'with blank', '王家长的编号在这里'])
      expect(await link(login, subject), subject).toEqual({ ok: false, reason: 'not-a-subject' });
    await link(login);
    expect(JSON.stringify([await opened.storage.read.selectFrom('identity_link').selectAll().execute(), await opened.storage.read.selectFrom('audit_event').selectAll().execute()])).not.toContain('person-0001');
  });

  test('taking the link away ends the sessions; the password still works', async () => {
    const { login } = await anAccount(trial);
    await link(login);
    expect((await arrive(provider.stand({}))).ok).toBe(true);
    expect((await unlinkIdentity(trial.accounts.deps, login, 'operator')).ok).toBe(true);
    expect(await sessions()).toBe(0);
    expect(await arrive(provider.stand({}))).toMatchObject({ ok: false, reason: 'not-linked' });
    expect((await trial.accounts.signIn(login, goodPassword, aCaller())).ok).toBe(true);
    expect(await unlinkIdentity(trial.accounts.deps, login, 'operator')).toEqual({ ok: false, reason: 'not-linked' });
  });
});
