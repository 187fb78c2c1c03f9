import { mayHold, type Account, type AccountProfile, type Role } from '#domain/accounts/model.ts';
import { checkPassword, normalPassword, type PasswordPolicy, type PasswordRefusal } from '#domain/accounts/password.ts';
import type { AccountSeals, AccountStore, NewAccount } from '#domain/accounts/ports.ts';
import { activationEnds } from '#domain/accounts/rules.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** What account commands need from outside. `now` stamps the record, `realNow` counts sessions, codes and links. */
export type AccountDeps = {
  readonly store: AccountStore; readonly seals: AccountSeals;
  readonly now: () => Instant; readonly realNow: () => Instant;
  readonly profileOf: (jurisdiction: JurisdictionCode) => AccountProfile;
  /** Words nobody's password should be made of: place, institution, login. */
  readonly wordsOf: (account: Account) => Promise<readonly string[]>;
  readonly passwordPolicy: PasswordPolicy;
};

/** Who did it: an account's id, or 'operator' at the command line, or 'system'. */
export type Actor = string;

/** The event of something done with an account; never a login, a code or a password. */
export const accountEvent = ({ seals, now }: Pick<AccountDeps, 'seals' | 'now'>, kind: string, actor: Actor, account: Pick<Account, 'id' | 'jurisdiction'>, detail: AuditDraft['detail'] = {}): AuditDraft =>
  ({ id: seals.newId(), jurisdiction: account.jurisdiction, at: now(), kind, actor, objectKind: 'account', objectId: account.id, detail });

export type AccountRequest = {
  readonly jurisdiction: JurisdictionCode; readonly login: string; readonly title: string | null; readonly roles: readonly Role[];
  readonly institution: string | null; readonly department: string | null; readonly subdistrict: SubdistrictCode | null; readonly sample?: boolean;
};
export type CreateRefusal = 'login-taken' | 'roles-not-together' | 'institution-needed' | 'department-needed' | 'subdistrict-needed' | 'institution-not-allowed';
/** 激活码, shown once: only its hash is kept. */
export type Invitation = { readonly account: string; readonly login: string; readonly code: string; readonly expiresAt: Instant };

const problemOf = (request: AccountRequest, profile: AccountProfile): CreateRefusal | undefined => {
  if (!mayHold(request.roles, profile)) return 'roles-not-together';
  if (request.roles.includes('institution') && request.institution === null) return 'institution-needed';
  if (!request.roles.includes('institution') && request.institution !== null) return 'institution-not-allowed';
  if (request.roles.includes('department') && request.department === null) return 'department-needed';
  return request.roles.includes('street') && request.subdistrict === null ? 'subdistrict-needed' : undefined;
};

/** 建账号: without a password; the person named sets it with the code. `replaces` is the account that ends when this one is activated. */
export async function createAccount(deps: AccountDeps, request: AccountRequest, actor: Actor, replaces: string | null = null): Promise<Outcome<Invitation, CreateRefusal>> {
  const problem = problemOf(request, deps.profileOf(request.jurisdiction));
  if (problem) return refused(problem);
  const { seals, realNow } = deps;
  const account: NewAccount = { ...request, id: seals.newId(), sample: request.sample ?? false, createdAt: realNow() };
  const [code, expiresAt] = [seals.newActivationCode(), activationEnds(realNow())];
  const event = accountEvent(deps, 'account-created', actor, account, { roles: account.roles.join(' '), handOver: replaces !== null });
  const saved = await deps.store.create(account, { codeHash: seals.hashActivationCode(code), account: account.id, replaces, expiresAt }, event);
  return saved === 'saved' ? done({ account: account.id, login: account.login, code, expiresAt }) : refused('login-taken');
}

/** 重发激活: a fresh code for an account not disabled; an earlier one ends, a password stays until it is used. */
export async function inviteAgain(deps: AccountDeps, login: string, actor: Actor): Promise<Outcome<Invitation, 'no-account'>> {
  const found = await deps.store.findByLogin(login);
  if (!found || found.account.state === 'disabled') return refused('no-account');
  const [code, expiresAt] = [deps.seals.newActivationCode(), activationEnds(deps.realNow())];
  await deps.store.invite({ codeHash: deps.seals.hashActivationCode(code), account: found.account.id, replaces: null, expiresAt }, accountEvent(deps, 'account-invited', actor, found.account));
  return done({ account: found.account.id, login, code, expiresAt });
}

/** 负责人变更: a new account with the same roles and the same house; the old one ends when the new one is activated, not before. */
export async function handOver(deps: AccountDeps, from: string, to: { readonly login: string; readonly title: string | null }, actor: Actor): Promise<Outcome<Invitation, CreateRefusal | 'no-account'>> {
  const found = await deps.store.findByLogin(from);
  if (!found || found.account.state === 'disabled') return refused('no-account');
  const { jurisdiction, roles, institution, department, subdistrict, id } = found.account;
  return createAccount(deps, { jurisdiction, roles, institution, department, subdistrict, login: to.login, title: to.title }, actor, id);
}

/** 激活: the code once, a password that keeps the rules; sessions of the account and of the one it replaces end. */
export async function activate(deps: AccountDeps, typedCode: string, password: string): Promise<Outcome<Account, 'gone' | 'busy' | PasswordRefusal>> {
  const codeHash = deps.seals.hashActivationCode(typedCode);
  const found = await deps.store.findActivation(codeHash, deps.realNow());
  if (!found) return refused('gone');
  const refusal = checkPassword(password, found.account, await deps.wordsOf(found.account), deps.passwordPolicy);
  if (refusal) return refused(refusal);
  const hash = await deps.seals.hashPassword(password);
  if (hash === 'busy') return refused('busy');
  const events = [accountEvent(deps, 'account-activated', found.account.id, found.account)];
  if (found.replaces !== null) events.push(accountEvent(deps, 'account-handed-over', found.account.id, { id: found.replaces, jurisdiction: found.account.jurisdiction }, { to: found.account.id }));
  return await deps.store.activate(codeHash, hash, deps.realNow(), events) === 'saved' ? done(found.account) : refused('gone');
}

/** 停用: for good; sessions end in the same transaction, the record of what the account did stays. */
export async function disableAccount(deps: AccountDeps, login: string, actor: Actor): Promise<Outcome<Account, 'no-account' | 'changed-meanwhile'>> {
  const found = await deps.store.findByLogin(login);
  if (!found || found.account.state === 'disabled') return refused('no-account');
  const saved = await deps.store.disable(found.account, accountEvent(deps, 'account-disabled', actor, found.account));
  return saved === 'saved' ? done(found.account) : refused(saved);
}

/** 重设动态码: the second step is taken away and set up anew at the next sign-in; sessions end. */
export async function resetTotp(deps: AccountDeps, login: string, actor: Actor): Promise<Outcome<Account, 'no-account' | 'changed-meanwhile'>> {
  const found = await deps.store.findByLogin(login);
  if (!found || found.account.state === 'disabled') return refused('no-account');
  const saved = await deps.store.resetTotp(found.account, accountEvent(deps, 'totp-reset', actor, found.account));
  return saved === 'saved' ? done(found.account) : refused(saved);
}

/** 改密码: the present one is asked for again; every other session ends. */
export async function changePassword(deps: AccountDeps, account: string, session: string, present: string, next: string): Promise<Outcome<null, 'wrong' | 'busy' | 'changed-meanwhile' | PasswordRefusal>> {
  const found = await deps.store.findById(account);
  const right = await deps.seals.verifyPassword(present, found?.passwordHash ?? null);
  if (right === 'busy') return refused('busy');
  if (!right || found?.account.state !== 'active') return refused('wrong');
  if (normalPassword(next) === normalPassword(present)) return refused('unchanged');
  const refusal = checkPassword(next, found.account, await deps.wordsOf(found.account), deps.passwordPolicy);
  if (refusal) return refused(refusal);
  const hash = await deps.seals.hashPassword(next);
  if (hash === 'busy') return refused('busy');
  const saved = await deps.store.setPassword(found.account, hash, deps.realNow(), session, accountEvent(deps, 'password-changed', account, found.account));
  return saved === 'saved' ? done(null) : refused(saved);
}
