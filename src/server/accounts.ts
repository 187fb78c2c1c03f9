import { signInByIdentity, type IdentityRefusal, type VerifiedIdentity } from '#domain/accounts/identity.ts';
import { noPolicy, type PasswordPolicy } from '#domain/accounts/password.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountEvent, changePassword, type AccountDeps } from '#domain/accounts/commands.ts';
import { login as loginForm, type Account, type Device } from '#domain/accounts/model.ts';
import type { OpenSession } from '#domain/accounts/ports.ts';
import { sessionTerms } from '#domain/accounts/rules.ts';
import { enterCode, findOpenSession, proveAgain, setUpAtSignIn, signIn, type FirstStep } from '#domain/accounts/signIn.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import { accountSeals } from '#server/accountSeals.ts';
import type { Keyring } from '#server/crypto.ts';
import type { Limits } from '#server/limits.ts';
import { makePasswords } from '#server/passwords.ts';
import { accountStore } from '#storage/accounts.ts';
import { findInstitutionName, listInstitutionNames } from '#storage/institutionNames.ts';
import type { Storage } from '#storage/schema.ts';

/** Where a request comes from: address for the limits, device for the list of sessions and 登录提醒, the session it brought. */
export type Caller = { readonly address: string; readonly device: Device; readonly session: OpenSession | undefined };
/** `seconds` to wait before the next try; nothing is ever locked for good. */
export type Tried<Value, Reason extends string = 'wrong' | 'gone' | 'busy'> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Reason | 'wait'; readonly seconds: number };

type RefusalOf<Command extends (...given: never[]) => Promise<Outcome<unknown, string>>> = Extract<Awaited<ReturnType<Command>>, { readonly ok: false }>['reason'];

export type Accounts = {
  /** For commands of `#domain/accounts/commands.ts` and `signIn.ts`. */
  readonly deps: AccountDeps;
  readonly signIn: (login: string, password: string, caller: Caller) => Promise<Tried<FirstStep>>;
  /** With who came back from the identity provider. */
  readonly signInByIdentity: (finish: () => Promise<VerifiedIdentity | 'refused'>, caller: Caller) => Promise<Tried<FirstStep, IdentityRefusal | 'refused'>>;
  readonly enterCode: (pending: string, code: string, caller: Caller) => Promise<Tried<{ readonly token: string }>>;
  readonly setUpAtSignIn: (pending: string, code: string, caller: Caller) => Promise<Tried<{ readonly token: string; readonly recoveryCodes: readonly string[] }>>;
  readonly proveAgain: (open: OpenSession, password: string, code: string, caller: Caller) => Promise<Tried<{ readonly token: string }>>;
  readonly changePassword: (open: OpenSession, present: string, next: string, caller: Caller) => Promise<Tried<null, RefusalOf<typeof changePassword>>>;
  readonly findSession: (token: string) => Promise<OpenSession | undefined>;
  /** Seconds until an address may try an activation code again; counts one. */
  readonly takeActivation: (address: string) => Promise<number>;
  readonly institutionName: (account: Account) => Promise<string | undefined>;
  readonly institutionNames: (jurisdiction: string) => ReturnType<typeof listInstitutionNames>;
  /** Notes an event after the answer has gone out, so that its time tells nothing. */
  readonly noteLater: (kind: string, account: Account, detail: Readonly<Record<string, string>>) => void;
  readonly forgetEnded: () => Promise<void>;
  /** Makes 演示账号 beside the start of the site; whoever signs in meanwhile waits for them. */
  readonly prepare: (work: Promise<void>) => void;
  readonly stop: () => Promise<void>;
};

export type AccountsNeeds = {
  readonly storage: Storage; readonly jurisdictions: readonly Jurisdiction[]; readonly limits: Limits; readonly keys: Keyring;
  readonly now: () => Instant; readonly realNow: () => Instant; readonly report: (fault: unknown) => void;
  /** Off when left out. */
  readonly passwordPolicy?: PasswordPolicy;
};

const slowMs = 2_000;
const noteAfterMs = 300;
const hourMs = 3_600_000;

/** The dependencies of account commands, as the server and the command line share them. */
export function accountDeps({ storage, jurisdictions, keys, now, realNow, passwordPolicy = noPolicy }: Pick<AccountsNeeds, 'storage' | 'jurisdictions' | 'keys' | 'now' | 'realNow' | 'passwordPolicy'>): AccountDeps {
  const placeOf = (code: string): Jurisdiction | undefined => jurisdictions.find((place) => place.code === code);
  return {
    store: accountStore(storage), seals: accountSeals(keys, makePasswords()), now, realNow, passwordPolicy,
    profileOf: (code) => placeOf(code)?.accountProfile ?? 'small',
    wordsOf: async (account) => {
      const place = placeOf(account.jurisdiction);
      const institution = account.institution === null ? undefined : await findInstitutionName(storage.read, account.jurisdiction, account.institution);
      return [account.login, ...account.login.split(/[._-]/), place?.slug, place?.name, place?.shortName, institution, institution?.replace(/^示例·?/, '')].flatMap((word) => word ?? []);
    },
  };
}

/** 账号与登录: commands with their limits. Wrong tries slow a login down; they never lock it. */
export function makeAccounts(needs: AccountsNeeds): Accounts {
  const deps = accountDeps(needs);
  const { limits, keys, storage, report } = needs;
  let prepared: Promise<void> = Promise.resolve();
  const notes = new Set<Promise<void>>();
  const later = (write: () => Promise<void>): void => {
    const note = sleep(noteAfterMs).then(write).catch(report);
    notes.add(note);
    void note.then(() => notes.delete(note));
  };
  const noteLater: Accounts['noteLater'] = (kind, account, detail) => { later(() => deps.store.record(accountEvent(deps, kind, account.id, account, detail))); };
  const failed = (account: Account, step: string): void => { later(() => deps.store.recordFailure(account.id, deps.realNow(), accountEvent(deps, 'sign-in-failed', account.id, account, { step }))); };
  /**
   * Tries something under the limits of one login (or one first step) and one address. Wrong passwords from anywhere only slow the next attempt, so that nobody can lock another out;
   * wrong codes make the next one wait, since whoever gets so far knows the password and six digits are few.
   */
  const tryIt = async <Value, Reason extends string>(who: string, caller: Caller, work: () => Promise<Outcome<Value, Reason>>, isCode = false): Promise<Tried<Value, Reason>> => {
    const [anywhere, here] = [keys.mac('sign-in-login', who), keys.mac('sign-in-login', `${who}|${caller.address}`)];
    const pace = await limits.wait('signInPace', anywhere);
    const seconds = Math.max(await limits.take('signIn', caller.address), await limits.wait('signInWrong', here), isCode ? pace : 0);
    if (seconds > 0) return { ok: false, reason: 'wait', seconds };
    if (pace > 0) await sleep(slowMs);
    const tried = await work();
    if (tried.ok) return tried;
    if (tried.reason === 'wrong') await Promise.all([limits.take('signInWrong', here), limits.take('signInPace', anywhere)]);
    return { ...tried, seconds: 0 };
  };
  const accountOf = (pending: string): string => deps.seals.openPending(pending)?.account ?? 'nobody';
  const forgetEnded = (): Promise<void> => {
    const at = deps.realNow();
    return deps.store.forgetEnded(instant.parse(at - sessionTerms.idleMs), instant.parse(at - sessionTerms.absoluteMs), at);
  };
  const sweeping = setInterval(() => { forgetEnded().catch(report); }, hourMs).unref();
  return {
    deps, noteLater, forgetEnded,
    signIn: async (typed, password, caller) => {
      await prepared;
      const login = loginForm.safeParse(typed).data;
      // What cannot be a login, or no password, is answered like any other wrong one, after the same work.
      const tried = password.slice(0, 1_000);
      return tryIt(login ?? 'nobody', caller, () => signIn(deps, login, tried, caller.device, caller.session, failed));
    },
    // Under the limits of an address alone: the provider, not whoever asks, says whose account it is.
    signInByIdentity: async (finish, caller) => {
      await prepared;
      const seconds = await limits.take('signIn', caller.address);
      if (seconds > 0) return { ok: false, reason: 'wait', seconds };
      const identity = await finish();
      if (identity === 'refused') return { ok: false, reason: 'refused', seconds: 0 };
      const tried = await signInByIdentity(deps, identity, caller.device, caller.session);
      return tried.ok ? tried : { ...tried, seconds: 0 };
    },
    enterCode: (pending, code, caller) => tryIt(accountOf(pending), caller, () => enterCode(deps, pending, code, caller.device, caller.session, failed), true),
    setUpAtSignIn: (pending, code, caller) => tryIt(accountOf(pending), caller, () => setUpAtSignIn(deps, pending, code, caller.device, caller.session), true),
    proveAgain: (open, password, code, caller) => tryIt(open.account.login, caller, () => proveAgain(deps, open, password.slice(0, 1_000), code, failed)),
    changePassword: (open, present, next, caller) =>
      tryIt(open.account.login, caller, () => changePassword(deps, open.account.id, open.session.id, present.slice(0, 1_000), next.slice(0, 1_000))),
    findSession: (token) => (/^[\w-]{43}$/.test(token) ? findOpenSession(deps, token) : Promise.resolve(undefined)),
    takeActivation: (address) => limits.take('activation', address),
    institutionName: async ({ jurisdiction, institution }) => (institution === null ? undefined : findInstitutionName(storage.read, jurisdiction, institution)),
    institutionNames: (jurisdiction) => listInstitutionNames(storage.read, jurisdiction),
    prepare: (work) => { prepared = work.catch(report); },
    stop: async () => {
      clearInterval(sweeping);
      await Promise.all([prepared, ...notes]);
    },
  };
}
