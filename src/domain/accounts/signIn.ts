import { accountEvent, type AccountDeps } from '#domain/accounts/commands.ts';
import { needsTotp, type Account, type Device } from '#domain/accounts/model.ts';
import { deviceHashOf } from '#domain/accounts/notices.ts';
import type { AccountProof, Pending } from '#domain/accounts/ports.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import { isDueForTouch, isOpen } from '#domain/accounts/rules.ts';
import type { OpenSession } from '#domain/accounts/ports.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { instant } from '#domain/shared/dates.ts';

const pendingMs = 10 * 60_000;

/** Where the first step leads: in, to the code, or to setting the code up first. */
export type FirstStep =
  | { readonly kind: 'in'; readonly token: string }
  | { readonly kind: 'code'; readonly pending: string }
  | { readonly kind: 'set-up'; readonly pending: string; readonly secret: string; readonly login: string };

export type Failure = (account: Account, step: 'password' | 'code') => void;

/** Ends the session a browser brought along, so that nobody can plant one before. */
export const openFresh = async (deps: AccountDeps, account: Account, device: Device, earlier: OpenSession | undefined, detail: AuditDraft['detail'] = {}): Promise<string | undefined> => {
  const [token, at] = [deps.seals.newToken(), deps.realNow()];
  const id = deps.seals.newId();
  const opened = await deps.store.openSession(
    { id, account: account.id, openedAt: at, seenAt: at, provedAt: at, device: device.name, tokenHash: deps.seals.hashToken(token), deviceHash: deviceHashOf(deps, account, device) }, account,
    accountEvent(deps, 'signed-in', account.id, account, { totp: account.hasTotp, ...detail }));
  if (!opened) return undefined;
  if (earlier) await deps.store.endSession(earlier.account.id, earlier.session.id, accountEvent(deps, 'session-replaced', account.id, earlier.account));
  return token;
};

const pendingOf = (deps: AccountDeps, account: Account, secret: string | null): string =>
  deps.seals.sealPending({ account: account.id, version: account.version, until: deps.realNow() + pendingMs, secret });

/** Where an account of an office goes once its first factor is proved: to its code, or to setting one up. */
export function firstStepOf(deps: AccountDeps, { account, sealedTotp }: AccountProof): FirstStep {
  if (sealedTotp !== null) return { kind: 'code', pending: pendingOf(deps, account, null) };
  const secret = deps.seals.newTotpSecret();
  return { kind: 'set-up', pending: pendingOf(deps, account, secret), secret, login: account.login };
}

/** 登录第一步: the same work and the same answer for a login that does not exist, is not activated, is disabled, or has another password. */
export async function signIn(deps: AccountDeps, login: string | undefined, password: string, device: Device, earlier: OpenSession | undefined, failed: Failure): Promise<Outcome<FirstStep, 'wrong' | 'busy'>> {
  const found = await deps.store.findByLogin(login ?? '');
  const right = await deps.seals.verifyPassword(password, found?.account.state === 'active' ? found.passwordHash : null);
  if (right === 'busy') return refused('busy');
  if (!right || found === undefined) {
    if (found) failed(found.account, 'password');
    return refused('wrong');
  }
  const { account } = found;
  if (found.sealedTotp !== null || needsTotp(account)) return done(firstStepOf(deps, found));
  const token = await openFresh(deps, account, device, earlier);
  return token === undefined ? refused('wrong') : done({ kind: 'in', token });
}

/** The account whose first step a form carries, if that is not too long ago and nothing changed since. */
export async function findPending(deps: AccountDeps, sealed: string): Promise<{ readonly pending: Pending; readonly proof: AccountProof } | undefined> {
  const pending = deps.seals.openPending(sealed);
  if (!pending || pending.until < deps.realNow()) return undefined;
  const proof = await deps.store.findById(pending.account);
  return proof?.account.state === 'active' && proof.account.version === pending.version ? { pending, proof } : undefined;
}

/** Whether a one-time code or a recovery code is right; either works once, also when two arrive at the same moment. */
async function useCode(deps: AccountDeps, { account, sealedTotp }: AccountProof, typed: string): Promise<boolean> {
  if (sealedTotp === null) return false;
  const plain = typed.normalize('NFKC').replace(/[\s-]/g, '');
  if (/^\d{6}$/.test(plain)) {
    const step = deps.seals.totpStep(deps.seals.openTotp(account.id, sealedTotp), plain, deps.realNow());
    return step !== undefined && await deps.store.useStep(account.id, step);
  }
  return deps.store.useRecoveryCode(account.id, deps.seals.hashRecoveryCode(account.id, plain), deps.realNow(), accountEvent(deps, 'recovery-code-used', account.id, account));
}

/** 登录第二步. */
export async function enterCode(deps: AccountDeps, sealed: string, typed: string, device: Device, earlier: OpenSession | undefined, failed: Failure): Promise<Outcome<{ readonly token: string }, 'wrong' | 'gone'>> {
  const found = await findPending(deps, sealed);
  if (found?.pending.secret !== null) return refused('gone');
  if (!await useCode(deps, found.proof, typed)) {
    failed(found.proof.account, 'code');
    return refused('wrong');
  }
  const token = await openFresh(deps, found.proof.account, device, earlier);
  return token === undefined ? refused('gone') : done({ token });
}

/** 设置动态码, at the first sign-in: proved by a code of the new secret; ten recovery codes, shown once. */
export async function setUpAtSignIn(deps: AccountDeps, sealed: string, typed: string, device: Device, earlier: OpenSession | undefined): Promise<Outcome<{ readonly token: string; readonly recoveryCodes: readonly string[] }, 'wrong' | 'gone'>> {
  const found = await findPending(deps, sealed);
  if (!found?.pending.secret) return refused('gone');
  const { account } = found.proof;
  const set = await setTotp(deps, account, found.pending.secret, typed);
  if (!set.ok) return refused(set.reason === 'wrong' ? 'wrong' : 'gone');
  const token = await openFresh(deps, { ...account, version: account.version + 1, hasTotp: true }, device, earlier);
  return token === undefined ? refused('gone') : done({ token, recoveryCodes: set.value });
}

/** Sets the second step, proved by a code of it; answers the recovery codes. */
export async function setTotp(deps: AccountDeps, account: Account, secret: string, typed: string): Promise<Outcome<readonly string[], 'wrong' | 'changed-meanwhile'>> {
  const step = deps.seals.totpStep(secret, typed.normalize('NFKC').replace(/\s/g, ''), deps.realNow());
  if (step === undefined) return refused('wrong');
  const codes = deps.seals.newRecoveryCodes(account.id);
  const saved = await deps.store.setTotp(account, deps.seals.sealTotp(account.id, secret), step, codes.map(({ hash }) => hash), accountEvent(deps, 'totp-set', account.id, account));
  return saved === 'saved' ? done(codes.map(({ code }) => code)) : refused(saved);
}

/** 换一组备用码: the old ones end. */
export async function renewRecoveryCodes(deps: AccountDeps, account: Account): Promise<Outcome<readonly string[], 'changed-meanwhile'>> {
  const codes = deps.seals.newRecoveryCodes(account.id);
  const saved = await deps.store.setRecoveryCodes(account, codes.map(({ hash }) => hash), accountEvent(deps, 'recovery-codes-made', account.id, account));
  return saved === 'saved' ? done(codes.map(({ code }) => code)) : refused(saved);
}

/** 再次确认身份: password, and code where there is one; the session gets a new token. */
export async function proveAgain(deps: AccountDeps, { account, session }: OpenSession, password: string, code: string, failed: Failure): Promise<Outcome<{ readonly token: string }, 'wrong' | 'busy'>> {
  const found = await deps.store.findById(account.id);
  const right = await deps.seals.verifyPassword(password, found?.account.state === 'active' ? found.passwordHash : null);
  if (right === 'busy') return refused('busy');
  if (!right || !found || (found.sealedTotp !== null && !await useCode(deps, found, code))) {
    if (found) failed(found.account, right ? 'code' : 'password');
    return refused('wrong');
  }
  const token = deps.seals.newToken();
  const renewed = await deps.store.renewSession(session.id, deps.seals.hashToken(token), deps.realNow(), accountEvent(deps, 'identity-proved', account.id, account));
  return renewed ? done({ token }) : refused('wrong');
}

/** The session of a token, if it stands; its last use is written down at most once a minute. */
export async function findOpenSession(deps: Pick<AccountDeps, 'store' | 'seals' | 'realNow'>, token: string): Promise<OpenSession | undefined> {
  const found = await deps.store.findSession(deps.seals.hashToken(token));
  const at = deps.realNow();
  if (!found || !isOpen(found.session, at)) return undefined;
  if (!isDueForTouch(found.session, at)) return found;
  await deps.store.touchSession(found.session.id, at);
  return { ...found, session: { ...found.session, seenAt: instant.parse(at) } };
}
