import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { activate, changePassword, inviteAgain } from '#domain/accounts/commands.ts';
import { isPasswordOld } from '#domain/accounts/password.ts';
import { putInstitution } from '#storage/directory.ts';
import { newId } from '#storage/ids.ts';
import { aCaller, anAccount, goodPassword, otherPassword, sessionOf, thePlace, tryAccounts, type Trial } from '#tests/builders/accounts.ts';
import { aRecord } from '#tests/builders/institution.ts';
import { engines, type Opened } from '#tests/integration/storage/engines.ts';

const day = 86_400_000;

describe.each(engines)('a password that grows old on $engine', ({ open }) => {
  let opened: Opened;
  let trial: Trial;
  beforeEach(async () => {
    opened = await open();
    trial = tryAccounts(opened.storage, { passwordPolicy: { maxAgeDays: 90, classes: 0 } });
  });
  afterEach(async () => {
    await trial.accounts.stop();
    await opened.leave();
  });
  const ofInstitution = async () => {
    const id = newId();
    await opened.storage.write((tx) => putInstitution(tx, { ...aRecord({ id, jurisdiction: thePlace.code }), rowKey: id }));
    return anAccount(trial, { login: 'tuoyu-1', roles: ['institution'], institution: id });
  };
  const signedIn = async (password: string) => {
    const first = await trial.accounts.signIn('tuoyu-1', password, aCaller());
    if (!first.ok || first.value.kind !== 'in') throw new Error('expected to be in');
    return sessionOf(trial, first.value.token);
  };
  const isOld = async (password: string): Promise<boolean> => isPasswordOld((await signedIn(password)).account, trial.accounts.deps.passwordPolicy, trial.clock.at);

  test('is counted from when it was set, and begins anew with a change or a new activation', async () => {
    const { deps } = trial.accounts;
    const { login } = await ofInstitution();
    trial.clock.at += 90 * day - 1;
    expect(await isOld(goodPassword)).toBe(false);
    trial.clock.at += 1;
    expect(await isOld(goodPassword)).toBe(true);
    const { account, session } = await signedIn(goodPassword);
    expect(await changePassword(deps, account.id, session.id, goodPassword, goodPassword)).toEqual({ ok: false, reason: 'unchanged' });
    expect(await changePassword(deps, account.id, session.id, goodPassword, otherPassword)).toEqual({ ok: true, value: null });
    expect(await isOld(otherPassword)).toBe(false);
    trial.clock.at += 90 * day;
    expect(await isOld(otherPassword)).toBe(true);
    const again = await inviteAgain(deps, login, 'operator');
    expect(again.ok && (await activate(deps, again.value.code, goodPassword)).ok).toBe(true);
    expect(await isOld(goodPassword)).toBe(false);
  });

  test('of an account from before the column was there counts from the account\'s beginning', async () => {
    await ofInstitution();
    await opened.storage.write((tx) => tx.updateTable('account').set({ password_set_at: null }).execute());
    expect(await isOld(goodPassword)).toBe(false);
    trial.clock.at += 90 * day;
    expect(await isOld(goodPassword)).toBe(true);
  });
});
