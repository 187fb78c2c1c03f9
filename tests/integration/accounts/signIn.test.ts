import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { activate, createAccount, disableAccount, handOver, inviteAgain, resetTotp } from '#domain/accounts/commands.ts';
import { renewRecoveryCodes } from '#domain/accounts/signIn.ts';
import { makePasswords } from '#server/passwords.ts';
import { aCaller, anAccount, firstSignIn, goodPassword, otherPassword, sessionOf, thePlace, tryAccounts, type Trial } from '#tests/builders/accounts.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';

const minute = 60_000;

/** RFC 6238 written anew from its text, so that the codes are not checked by the library that makes them. */
function codeAt(secret: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(secret, (sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe.each(engines)('accounts on $engine', ({ open }) => {
  let opened: Opened;
  let trial: Trial;
  beforeEach(async () => {
    opened = await open();
    trial = tryAccounts(opened.storage);
  });
  afterEach(async () => {
    await trial.accounts.stop();
    expect(trial.faults).toEqual([]);
    await opened.leave();
  });
  const kinds = async () => (await opened.storage.read.selectFrom('audit_event').select('kind').orderBy('seq').execute()).map(({ kind }) => kind);
  /** First step of somebody whose second step is set up. */
  const firstStep = async (login: string, password = goodPassword): Promise<string> => {
    const first = await trial.accounts.signIn(login, password, aCaller());
    if (!first.ok || first.value.kind !== 'code') throw new Error('expected to be asked for a code');
    return first.value.pending;
  };
  const institution = async (): Promise<string> => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id, jurisdiction: thePlace.code }), rowKey: id }));
    return id;
  };

  test('an activation works once, within 72 hours, and only the newest; the password is kept as Argon2id with the promised terms', async () => {
    const { deps } = trial.accounts;
    const request = { jurisdiction: thePlace.code, login: 'shenhe', title: null, roles: ['reviewer' as const], institution: null, department: null, subdistrict: null };
    const made = await createAccount(deps, request, 'operator');
    const again = await inviteAgain(deps, 'shenhe', 'operator');
    if (!made.ok || !again.ok) throw new Error('expected two invitations');
    expect(await createAccount(deps, request, 'operator')).toEqual({ ok: false, reason: 'login-taken' });
    expect(await activate(deps, made.value.code, goodPassword)).toEqual({ ok: false, reason: 'gone' });
    expect(await activate(deps, again.value.code, 'kurz')).toEqual({ ok: false, reason: 'too-short' });
    // As copied from paper: small letters, blanks for dashes, O for 0.
    const typed = again.value.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    const both = await Promise.all([activate(deps, typed, goodPassword), activate(deps, again.value.code, otherPassword)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await activate(deps, again.value.code, goodPassword)).toEqual({ ok: false, reason: 'gone' });
    const row = await opened.storage.read.selectFrom('account').select(['password_hash', 'state']).executeTakeFirstOrThrow();
    expect(row.state).toBe('active');
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const late = await inviteAgain(deps, 'shenhe', 'operator');
    if (!late.ok) throw new Error(late.reason);
    trial.clock.at += 72 * 60 * minute;
    expect(await activate(deps, late.value.code, otherPassword)).toEqual({ ok: false, reason: 'gone' });
    expect(await kinds()).toEqual(['account-created', 'account-invited', 'account-activated', 'account-invited']);
    // Nothing that opens a door stands in the database.
    const everything = JSON.stringify(await Promise.all([opened.storage.read.selectFrom('account_activation').selectAll().execute(), opened.storage.read.selectFrom('audit_event').selectAll().execute()]));
    for (const secret of [made.value.code, again.value.code, late.value.code, goodPassword]) expect(everything).not.toContain(secret);
  });

  test('the authority cannot come in without a second step; a code works once, an older one no more, and a recovery code once', async () => {
    const { login } = await anAccount(trial);
    const { token, secret, recoveryCodes } = await firstSignIn(trial, login, codeAt);
    expect((await sessionOf(trial, token)).account.login).toBe(login);
    expect(recoveryCodes).toHaveLength(10);
    const used = codeAt(secret, trial.clock.at);
    expect(await trial.accounts.enterCode(await firstStep(login), used, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    trial.clock.at += 30_000;
    const [fresh, step] = [codeAt(secret, trial.clock.at), await firstStep(login)];
    const twice = await Promise.all([trial.accounts.enterCode(step, fresh, aCaller()), trial.accounts.enterCode(step, fresh, aCaller())]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    // The one before is within the window, and refused all the same.
    expect(await trial.accounts.enterCode(await firstStep(login), codeAt(secret, trial.clock.at - 30_000), aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    trial.clock.at += 5 * minute;
    expect(await trial.accounts.enterCode(await firstStep(login), codeAt(secret, trial.clock.at - 2 * minute), aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    const recovery = (recoveryCodes[3] ?? '').toLowerCase();
    const step2 = await firstStep(login);
    const recovered = await Promise.all([trial.accounts.enterCode(step2, recovery, aCaller()), trial.accounts.enterCode(step2, recovery, aCaller())]);
    expect(recovered.filter(({ ok }) => ok)).toHaveLength(1);
    const { account } = await sessionOf(trial, token);
    expect(await trial.accounts.deps.store.countRecoveryCodes(account.id)).toBe(9);
    expect((await renewRecoveryCodes(trial.accounts.deps, account)).ok).toBe(true);
    expect(await trial.accounts.enterCode(await firstStep(login), recoveryCodes[4] ?? '', aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    const kept = JSON.stringify([await opened.storage.read.selectFrom('account').selectAll().execute(), await opened.storage.read.selectFrom('session').selectAll().execute(), await opened.storage.read.selectFrom('recovery_code').selectAll().execute()]);
    for (const hidden of [secret, token, ...recoveryCodes]) expect(kept).not.toContain(hidden);
  });

  test('a first step runs out after ten minutes and with every change of the account, and is nobody else\'s', async () => {
    const { login } = await anAccount(trial);
    const { secret } = await firstSignIn(trial, login, codeAt);
    const old = await firstStep(login);
    trial.clock.at += 10 * minute + 1;
    expect(await trial.accounts.enterCode(old, codeAt(secret, trial.clock.at), aCaller())).toMatchObject({ ok: false, reason: 'gone' });
    const before = await firstStep(login);
    expect((await resetTotp(trial.accounts.deps, login, 'operator')).ok).toBe(true);
    expect(await trial.accounts.enterCode(before, codeAt(secret, trial.clock.at), aCaller())).toMatchObject({ ok: false, reason: 'gone' });
    for (const invented of ['', 'v1.x', `${before}x`, 'v1.AAAA']) expect(await trial.accounts.enterCode(invented, '123456', aCaller())).toMatchObject({ ok: false, reason: 'gone' });
  });

  test('a session ends after 30 minutes idle and 12 hours at most, whatever NOW says', async () => {
    const { login } = await anAccount(trial, { login: 'yuan-1', roles: ['institution'], institution: await institution() });
    const first = await trial.accounts.signIn(login, goodPassword, aCaller());
    if (!first.ok || first.value.kind !== 'in') throw new Error('an institution may do without a second step');
    const { token } = first.value;
    trial.clock.at += 29 * minute;
    expect(await trial.accounts.findSession(token)).toBeDefined();
    trial.clock.at += 30 * minute;
    expect(await trial.accounts.findSession(token)).toBeUndefined();
    const second = await trial.accounts.signIn(login, goodPassword, aCaller());
    if (!second.ok || second.value.kind !== 'in') throw new Error('expected to be in');
    for (let minutes = 0; minutes < 720 - 20; minutes += 20) {
      trial.clock.at += 20 * minute;
      expect(await trial.accounts.findSession(second.value.token), `${String(minutes + 20)} minutes`).toBeDefined();
    }
    trial.clock.at += 20 * minute;
    expect(await trial.accounts.findSession(second.value.token)).toBeUndefined();
    await trial.accounts.forgetEnded();
    expect(await opened.storage.read.selectFrom('session').selectAll().execute()).toEqual([]);
  });

  test('a session that was there before signing in ends: nobody can plant one', async () => {
    const { login } = await anAccount(trial, { login: 'yuan-2', roles: ['institution'], institution: await institution() });
    const planted = await trial.accounts.signIn(login, goodPassword, aCaller());
    if (!planted.ok || planted.value.kind !== 'in') throw new Error('expected to be in');
    const own = await trial.accounts.signIn(login, goodPassword, aCaller({ session: await sessionOf(trial, planted.value.token) }));
    if (!own.ok || own.value.kind !== 'in') throw new Error('expected to be in');
    expect(own.value.token).not.toBe(planted.value.token);
    expect(await trial.accounts.findSession(planted.value.token)).toBeUndefined();
    expect(await trial.accounts.findSession(own.value.token)).toBeDefined();
  });

  test('a token somebody else thought up is no session, before a sign-in with it or after, and the one given is new each time', async () => {
    const { login } = await anAccount(trial, { login: 'yuan-5', roles: ['institution'], institution: await institution() });
    const invented = 'A'.repeat(43);
    expect(await trial.accounts.findSession(invented)).toBeUndefined();
    const given = new Set<string>([invented]);
    for (let round = 0; round < 3; round += 1) {
      const step = await trial.accounts.signIn(login, goodPassword, aCaller({ session: await trial.accounts.findSession(invented) }));
      if (!step.ok || step.value.kind !== 'in') throw new Error('expected to be in');
      given.add(step.value.token);
    }
    expect(given.size).toBe(4);
    expect(await trial.accounts.findSession(invented)).toBeUndefined();
    const hashes = (await opened.storage.read.selectFrom('session').select('token_hash').execute()).map(({ token_hash: hash }) => hash);
    for (const token of given) expect(hashes).not.toContain(token);
  });

  test('removed while at work: no session, no first step, no code, no activation and no second account of that name brings it back', async () => {
    const { login, id } = await anAccount(trial, { login: 'yichu' });
    const { token, secret, recoveryCodes } = await firstSignIn(trial, login, codeAt);
    trial.clock.at += 30_000;
    const waiting = await firstStep(login);
    const invited = await inviteAgain(trial.accounts.deps, login, 'operator');
    if (!invited.ok) throw new Error(invited.reason);
    const open = await sessionOf(trial, token);
    expect((await disableAccount(trial.accounts.deps, login, 'operator')).ok).toBe(true);
    expect(await trial.accounts.findSession(token)).toBeUndefined();
    expect(await trial.accounts.enterCode(waiting, codeAt(secret, trial.clock.at), aCaller())).toMatchObject({ ok: false, reason: 'gone' });
    expect(await trial.accounts.enterCode(waiting, recoveryCodes[0] ?? '', aCaller())).toMatchObject({ ok: false, reason: 'gone' });
    expect(await activate(trial.accounts.deps, invited.value.code, otherPassword)).toEqual({ ok: false, reason: 'gone' });
    expect(await trial.accounts.proveAgain(open, goodPassword, codeAt(secret, trial.clock.at), aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect(await trial.accounts.changePassword(open, goodPassword, otherPassword, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect(await inviteAgain(trial.accounts.deps, login, 'operator')).toEqual({ ok: false, reason: 'no-account' });
    expect(await createAccount(trial.accounts.deps, { jurisdiction: thePlace.code, login, title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null }, 'operator')).toEqual({ ok: false, reason: 'login-taken' });
    expect(await opened.storage.read.selectFrom('session').selectAll().where('account_id', '=', id).execute()).toEqual([]);
  });

  test('proving again gives a new token for the same session, and only with password and code', async () => {
    const { login } = await anAccount(trial);
    const { token, secret } = await firstSignIn(trial, login, codeAt);
    trial.clock.at += 11 * minute;
    const open = await sessionOf(trial, token);
    expect(await trial.accounts.proveAgain(open, goodPassword, '000000', aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect(await trial.accounts.proveAgain(open, otherPassword, codeAt(secret, trial.clock.at), aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    const proved = await trial.accounts.proveAgain(open, goodPassword, codeAt(secret, trial.clock.at), aCaller());
    if (!proved.ok) throw new Error(proved.reason);
    expect(await trial.accounts.findSession(token)).toBeUndefined();
    const renewed = await sessionOf(trial, proved.value.token);
    expect(renewed.session).toMatchObject({ id: open.session.id, openedAt: open.session.openedAt, provedAt: trial.clock.at });
  });

  test('a changed password, a disabled account and a reset second step end sessions at once', async () => {
    const { login, id } = await anAccount(trial);
    const { token, secret } = await firstSignIn(trial, login, codeAt);
    trial.clock.at += 30_000;
    const other = await trial.accounts.enterCode(await firstStep(login), codeAt(secret, trial.clock.at), aCaller());
    if (!other.ok) throw new Error(other.reason);
    const mine = await sessionOf(trial, token);
    expect(await trial.accounts.changePassword(mine, otherPassword, otherPassword, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect(await trial.accounts.changePassword(mine, goodPassword, 'password 1234567', aCaller())).toMatchObject({ ok: false, reason: 'common' });
    expect((await trial.accounts.changePassword(mine, goodPassword, otherPassword, aCaller())).ok).toBe(true);
    expect(await trial.accounts.findSession(token)).toBeDefined();
    expect(await trial.accounts.findSession(other.value.token)).toBeUndefined();
    expect(await trial.accounts.signIn(login, goodPassword, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect((await disableAccount(trial.accounts.deps, login, id)).ok).toBe(true);
    expect(await trial.accounts.findSession(token)).toBeUndefined();
    expect(await trial.accounts.signIn(login, otherPassword, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    expect(await opened.storage.read.selectFrom('account').select(['password_hash', 'sealed_totp']).execute()).toEqual([{ password_hash: null, sealed_totp: null }]);
  });

  test('负责人变更: the old account works until the new one is activated, then ends with its sessions, in one step', async () => {
    const { login } = await anAccount(trial, { login: 'yuan-3', roles: ['institution'], institution: await institution() });
    const old = await trial.accounts.signIn(login, goodPassword, aCaller());
    if (!old.ok || old.value.kind !== 'in') throw new Error('expected to be in');
    const handed = await handOver(trial.accounts.deps, login, { login: 'yuan-3b', title: null }, 'operator');
    if (!handed.ok) throw new Error(handed.reason);
    expect(await trial.accounts.findSession(old.value.token)).toBeDefined();
    expect((await activate(trial.accounts.deps, handed.value.code, otherPassword)).ok).toBe(true);
    expect(await trial.accounts.findSession(old.value.token)).toBeUndefined();
    expect(await trial.accounts.signIn(login, goodPassword, aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    const fresh = await trial.accounts.signIn('yuan-3b', otherPassword, aCaller());
    if (!fresh.ok || fresh.value.kind !== 'in') throw new Error('expected to be in');
    const { account } = await sessionOf(trial, fresh.value.token);
    expect(account).toMatchObject({ roles: ['institution'], institution: (await trial.accounts.deps.store.findByLogin(login))?.account.institution });
    expect(await kinds()).toContain('account-handed-over');
  });

  test('an account needs its house, and under 三员分立 a keeper nothing else', async () => {
    const separated = tryAccounts(opened.storage, { profile: 'separated' }).accounts.deps;
    const base = { jurisdiction: thePlace.code, login: 'abc', title: null, institution: null, department: null, subdistrict: null };
    expect(await createAccount(separated, { ...base, roles: ['clerk', 'systemAdmin'] }, 'operator')).toEqual({ ok: false, reason: 'roles-not-together' });
    expect(await createAccount(trial.accounts.deps, { ...base, roles: ['institution'] }, 'operator')).toEqual({ ok: false, reason: 'institution-needed' });
    expect(await createAccount(trial.accounts.deps, { ...base, roles: ['department'] }, 'operator')).toEqual({ ok: false, reason: 'department-needed' });
    expect(await createAccount(trial.accounts.deps, { ...base, roles: ['street'] }, 'operator')).toEqual({ ok: false, reason: 'subdistrict-needed' });
    expect((await createAccount(trial.accounts.deps, { ...base, roles: ['clerk', 'systemAdmin'] }, 'operator')).ok).toBe(true);
  });

  test('failures are noted after the answer, without login or password, and slow down one address without locking anybody out', async () => {
    const limited = tryAccounts(opened.storage, { limited: true });
    const { login } = await anAccount(limited, { login: 'yuan-4', roles: ['institution'], institution: await institution() });
    for (let tries = 0; tries < 5; tries += 1) expect(await limited.accounts.signIn(login, 'wrong password!', aCaller())).toMatchObject({ ok: false, reason: 'wrong' });
    const refused = await limited.accounts.signIn(login, goodPassword, aCaller());
    expect(refused).toMatchObject({ ok: false, reason: 'wait' });
    expect(refused.ok ? 0 : refused.seconds).toBeGreaterThan(0);
    expect(await limited.accounts.signIn(login, goodPassword, aCaller({ address: '198.51.100.7' }))).toMatchObject({ ok: true });
    await limited.accounts.stop();
    const events = await opened.storage.read.selectFrom('audit_event').select(['kind', 'detail']).where('kind', '=', 'sign-in-failed').execute();
    expect(events).toEqual(Array.from({ length: 5 }, () => ({ kind: 'sign-in-failed', detail: '{"step":"password"}' })));
    expect(limited.faults).toEqual([]);
  }, 60_000);
});

test('forty-two at once are served in turn, two at a time; more are asked to come back', async () => {
  const passwords = makePasswords();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => passwords.verify('x', null)));
  expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(8);
  expect(outcomes.filter((outcome) => outcome === false)).toHaveLength(42);
}, 60_000);

test('an unknown login takes as long as a known one, and is answered alike', async () => {
  const sqlite = engines.find(({ engine }) => engine === 'sqlite');
  if (!sqlite) throw new Error('no SQLite');
  const opened = await sqlite.open();
  const trial = tryAccounts(opened.storage);
  const { login } = await anAccount(trial);
  await createAccount(trial.accounts.deps, { jurisdiction: thePlace.code, login: 'invited', title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null }, 'operator');
  const names = [login, 'nobody-here', 'invited', '?'];
  const answers = new Set<string>();
  // A leak is there every time; what a busy machine adds is not. Each round asks every name in another order, the quickest of each counts, and one batch of three has to be even.
  const quickest = async (): Promise<readonly number[]> => {
    const best = names.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < 12; round += 1) {
      for (let turn = 0; turn < names.length; turn += 1) {
        const at = (round + turn) % names.length;
        const began = performance.now();
        answers.add(JSON.stringify(await trial.accounts.signIn(names[at] ?? '', 'not the password', aCaller())));
        best[at] = Math.min(best[at] ?? 0, performance.now() - began);
      }
    }
    return best;
  };
  const seen: string[] = [];
  const isEven = async (): Promise<boolean> => {
    const [known = Number.NaN, ...others] = await quickest();
    seen.push([known, ...others].map((ms) => ms.toFixed(1)).join(' '));
    return others.every((ms) => ms / known > 0.6 && ms / known < 1.7);
  };
  expect(await isEven() || await isEven() || await isEven(), `milliseconds of ${names.join(', ')}: ${seen.join(' | ')}`).toBe(true);
  expect([...answers]).toHaveLength(1);
  await trial.accounts.stop();
  await opened.leave();
}, 120_000);
