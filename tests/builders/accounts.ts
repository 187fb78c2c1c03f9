import { activate, createAccount, type AccountRequest } from '#domain/accounts/commands.ts';
import { noPolicy, type PasswordPolicy } from '#domain/accounts/password.ts';
import type { OpenSession } from '#domain/accounts/ports.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant } from '#domain/shared/dates.ts';
import { makeAccounts, type Accounts, type Caller } from '#server/accounts.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { makeLimits } from '#server/limits.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import type { Storage } from '#storage/schema.ts';
import { testKeys } from '#tests/builders/demand.ts';

const place = loadJurisdictions(findDataFolder()).find(({ counties }) => counties.length === 0);
if (!place) throw new Error('no district in data/');

/** A place under 三员分立 or not. */
export const thePlace: Jurisdiction = place;

/** A password that keeps the rules. */
export const goodPassword = 'birke kessel wolke faden';
export const otherPassword = 'marmot ofen treppe linde';

/** Accounts over a storage, with a clock that the test moves. */
export type Trial = { readonly accounts: Accounts; readonly clock: { at: number }; readonly faults: unknown[] };

export function tryAccounts(storage: Storage, { limited = false, profile = 'small', passwordPolicy = noPolicy }: { readonly limited?: boolean; readonly profile?: 'small' | 'separated'; readonly passwordPolicy?: PasswordPolicy } = {}): Trial {
  const clock = { at: Date.parse('2026-11-22T02:00:00Z') };
  const faults: unknown[] = [];
  const now = () => instant.parse(clock.at);
  return {
    clock, faults,
    accounts: makeAccounts({ storage, jurisdictions: [{ ...thePlace, accountProfile: profile }], limits: makeLimits(!limited), keys: testKeys, now, realNow: now, report: (fault) => { faults.push(fault); }, passwordPolicy }),
  };
}

export const aCaller = (change: Partial<Caller> = {}): Caller => ({ address: '192.0.2.1', device: { name: '测试 · 浏览器', token: 'a-browser' }, session: undefined, ...change });

/** Creates an account and activates it; a test states only what matters. */
export async function anAccount({ accounts }: Trial, change: Partial<AccountRequest> = {}): Promise<{ readonly id: string; readonly login: string }> {
  const request: AccountRequest = { jurisdiction: thePlace.code, login: 'jingban-1', title: null, roles: ['clerk'], institution: null, department: null, subdistrict: null, ...change };
  const made = await createAccount(accounts.deps, request, 'operator');
  if (!made.ok) throw new Error(made.reason);
  const activated = await activate(accounts.deps, made.value.code, goodPassword);
  if (!activated.ok) throw new Error(activated.reason);
  return { id: made.value.account, login: made.value.login };
}

/** Signs in for the first time, sets the second step up, and answers token, secret and recovery codes. */
export async function firstSignIn({ accounts, clock }: Trial, login: string, codeOf: (secret: string, at: number) => string) {
  const first = await accounts.signIn(login, goodPassword, aCaller());
  if (!first.ok || first.value.kind !== 'set-up') throw new Error('expected to set the second step up');
  const { pending, secret } = first.value;
  const second = await accounts.setUpAtSignIn(pending, codeOf(secret, clock.at), aCaller());
  if (!second.ok) throw new Error(second.reason);
  return { ...second.value, secret };
}

/** The session of a token that must stand. */
export async function sessionOf({ accounts }: Trial, token: string): Promise<OpenSession> {
  const open = await accounts.findSession(token);
  if (!open) throw new Error('no such session');
  return open;
}
