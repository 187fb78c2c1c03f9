// One's own account: what must be proved again first, and what a password is compared with.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activate, createAccount } from '#domain/accounts/commands.ts';
import { accountSeals } from '#server/accountSeals.ts';
import { accountStep } from '#server/accountPage.ts';
import { accountsStep } from '#server/accountsPage.ts';
import { createApp, type App } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import type { Guarded, SignedIn } from '#server/guard.ts';
import { makePasswords } from '#server/passwords.ts';
import { aCaller, goodPassword } from '#tests/builders/accounts.ts';
import { testKeys } from '#tests/builders/demand.ts';
import { TOTP, Secret } from 'otpauth';

const dataDir = mkdtempSync(join(tmpdir(), 'tuoyu-account-'));
let app: App;
beforeAll(async () => { app = await createApp(readConfig({ DATA_DIR: dataDir, DEMO: '0' })); }, 60_000);
afterAll(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Somebody of the office with two sessions, as the page sees them. */
async function signedIn(login: string): Promise<SignedIn> {
  const [place] = app.jurisdictions;
  if (!place) throw new Error('no place');
  const { deps } = app.accounts;
  const made = await createAccount(deps, { jurisdiction: place.code, login, title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null }, 'operator');
  if (!made.ok || !(await activate(deps, made.value.code, goodPassword)).ok) throw new Error('no account');
  const first = await app.accounts.signIn(login, goodPassword, aCaller());
  if (!first.ok || first.value.kind !== 'set-up') throw new Error('expected to set the second step up');
  const set = await app.accounts.setUpAtSignIn(first.value.pending, new TOTP({ secret: Secret.fromBase32(first.value.secret) }).generate(), aCaller());
  if (!set.ok) throw new Error(set.reason);
  const again = await app.accounts.signIn(login, goodPassword, aCaller());
  if (!again.ok || again.value.kind !== 'code') throw new Error('expected to be asked for a code');
  if (!(await app.accounts.enterCode(again.value.pending, set.value.recoveryCodes[0] ?? '', aCaller())).ok) throw new Error('expected a second session');
  const open = await app.accounts.findSession(set.value.token);
  if (!open) throw new Error('no session');
  return { ...open, place, institutionName: null, may: () => true, isProved: true, isPasswordOld: false };
}

const asking = (fields: Readonly<Record<string, string>>): Guarded => {
  const url = new URL('http://localhost:4321/account/');
  const locals: App.Locals = { app, clientAddress: '192.0.2.1', requestId: 'one', mode: 'default' };
  return { locals, url, request: new Request(url, { method: 'POST', body: new URLSearchParams(fields) }), rewrite: () => Promise.reject(new Error('not asked for')) };
};

test('a new second step, new recovery codes and the end of sessions wait for password and code given within ten minutes; afterwards each is done', async () => {
  const who = await signedIn('asvs-prove');
  const { store } = app.accounts.deps;
  const other = (await store.sessionsOf(who.account.id)).find(({ id }) => id !== who.session.id);
  if (!other) throw new Error('expected two sessions');
  const before = await store.findById(who.account.id);
  for (const fields of [{ act: 'totp' }, { act: 'codes' }, { act: 'end', session: other.id }, { act: 'end-others' }]) {
    const answer = await accountStep(asking(fields), { ...who, isProved: false });
    expect(answer instanceof Response ? [answer.status, answer.headers.get('location')] : answer, fields.act).toEqual([303, '/sign-in/?again=1&to=%2Faccount%2F']);
  }
  expect(await store.sessionsOf(who.account.id)).toHaveLength(2);
  expect(await store.countRecoveryCodes(who.account.id)).toBe(9);
  expect(await store.findById(who.account.id)).toEqual(before);
  expect(await accountStep(asking({ act: 'codes' }), who)).toMatchObject({ status: 200 });
  expect(await store.countRecoveryCodes(who.account.id)).toBe(10);
  expect(await accountStep(asking({ act: 'end-others' }), who)).toMatchObject({ status: 200 });
  expect((await store.sessionsOf(who.account.id)).map(({ id }) => id)).toEqual([who.session.id]);
});

test('a lost second step is taken away by who keeps the rights alone, proved anew, for another account of the place; sessions end and the next sign-in sets it anew', async () => {
  const [keeper, lost] = [await signedIn('asvs-keeper'), await signedIn('asvs-lost')];
  const { store } = app.accounts.deps;
  const reset = { act: 'reset-totp', account: lost.account.login };
  const answerOf = async (who: SignedIn, fields: Readonly<Record<string, string>> = reset): Promise<number> => (await accountsStep(asking(fields), who)).status;
  expect(await answerOf({ ...keeper, isProved: false })).toBe(303);
  expect(await answerOf({ ...keeper, may: (permission) => permission !== 'account.secure' })).toBe(403);
  expect(await answerOf(keeper, { act: 'reset-totp', account: keeper.account.login })).toBe(409);
  const elsewhere = app.jurisdictions.find(({ code }) => code !== keeper.place.code);
  if (!elsewhere) throw new Error('one place only');
  expect(await answerOf({ ...keeper, place: elsewhere })).toBe(404);
  expect((await store.findById(lost.account.id))?.account.hasTotp).toBe(true);
  expect(await answerOf(keeper)).toBe(200);
  expect(await store.sessionsOf(lost.account.id)).toEqual([]);
  const anew = await app.accounts.signIn(lost.account.login, goodPassword, aCaller());
  expect(anew.ok ? anew.value.kind : anew.reason).toBe('set-up');
  expect(await app.accounts.signIn(lost.account.login, 'another password', aCaller())).toMatchObject({ ok: false });
});

test('a password is what was typed, to the last of 128 signs: case, blanks and order count, only two ways to write one sign are the same', async () => {
  const seals = accountSeals(testKeys, makePasswords());
  const long = ` ${'窗外下雨时 Wir malen einen Wal '.repeat(5)}`.slice(0, 127) + 'é';
  const kept = await seals.hashPassword(long);
  if (kept === 'busy') throw new Error('busy');
  expect(await seals.verifyPassword(long, kept)).toBe(true);
  expect(await seals.verifyPassword(long.normalize('NFD'), kept)).toBe(true);
  for (const other of [long.slice(0, -1), `${long} `, long.trimStart(), long.toLowerCase(), `${long.slice(0, -1)}è`, long.slice(0, 72)]) expect(await seals.verifyPassword(other, kept)).toBe(false);
  const again = await seals.hashPassword(long);
  expect(again, 'a salt of its own each time').not.toBe(kept);
});

test('activation and recovery codes, secrets and tokens: no two alike, as long as documented, every sign of the alphabet used', () => {
  const seals = accountSeals(testKeys, makePasswords());
  const made = { activation: new Set<string>(), recovery: new Set<string>(), token: new Set<string>(), secret: new Set<string>() };
  for (let round = 0; round < 200; round += 1) {
    made.activation.add(seals.newActivationCode().replaceAll('-', ''));
    for (const { code } of seals.newRecoveryCodes('one')) made.recovery.add(code.replaceAll('-', ''));
    made.token.add(seals.newToken());
    made.secret.add(seals.newTotpSecret());
  }
  expect([made.activation.size, made.recovery.size, made.token.size, made.secret.size]).toEqual([200, 2_000, 200, 200]);
  for (const code of made.activation) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{24}$/);
  for (const code of made.recovery) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
  for (const token of made.token) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  for (const secret of made.secret) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(new Set([...made.recovery].join('')).size).toBe(32);
});
