import { accountEvent, type AccountDeps, type Actor } from '#domain/accounts/commands.ts';
import { needsTotp, type Account, type Device } from '#domain/accounts/model.ts';
import type { OpenSession } from '#domain/accounts/ports.ts';
import { firstStepOf, openFresh, type FirstStep } from '#domain/accounts/signIn.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';

/** 认证强度: what the provider asked for: one factor, or two. */
export const assurances = ['oneFactor', 'twoFactor'] as const;
export type Assurance = (typeof assurances)[number];

/** Who a provider says is there. `subject`: what it calls that person for ever, and never a document's number or a telephone. `once`: a value no other answer bears. */
export type VerifiedIdentity = { readonly subject: string; readonly assurance: Assurance; readonly verifiedAt: Instant; readonly once: string };

/** 统一身份认证, the port: an adapter sends a browser away and reads what it brings back. It knows nothing of accounts and keeps nothing. */
export interface IdentityProvider {
  /** As it is called on the sign-in page. */
  readonly name: string;
  /** The address a browser is sent to; it is to come back to `returnTo`, with `state` unchanged. */
  begin(state: string, returnTo: string): string;
  /** Who came back, from the parameters of the address alone; 'refused' unless all of it is proved to come from the provider and to answer this `state`. */
  finish(answer: URLSearchParams, state: string, realNow: Instant): Promise<VerifiedIdentity | 'refused'>;
}

/** How long an answer of the provider is good for, and by how much its clock may be ahead. */
export const identityTerms = { goodMs: 120_000, aheadMs: 60_000 } as const;

/** What may stand for a person: no number of an identity document (18 digits or 17 and X), no telephone. */
export const isSubject = (subject: string): boolean => /^[\x21-\x7e]{6,200}$/.test(subject) && !/^\d{17}[\dXx]$/.test(subject) && !/^(?:\+?86-?)?1\d{10}$/.test(subject);

export type IdentityRefusal = 'not-linked' | 'stale';

/**
 * 用统一身份认证登录: into the account an administrator linked, never into another, and never into a new one. One factor at the provider leaves our own second step to be asked;
 * two stand for both. An answer is good once and for two minutes.
 */
export async function signInByIdentity(deps: AccountDeps, identity: VerifiedIdentity, device: Device, earlier: OpenSession | undefined): Promise<Outcome<FirstStep, IdentityRefusal>> {
  const age = deps.realNow() - identity.verifiedAt;
  if (age > identityTerms.goodMs || age < -identityTerms.aheadMs) return refused('stale');
  if (!isSubject(identity.subject)) return refused('not-linked');
  const ends = identity.verifiedAt + identityTerms.goodMs + identityTerms.aheadMs;
  if (!await deps.store.useIdentityAnswer(deps.seals.subjectKey(`once|${identity.once}`), ends, deps.realNow())) return refused('stale');
  const found = await deps.store.findByIdentity(deps.seals.subjectKey(identity.subject));
  if (found?.account.state !== 'active' || !needsTotp(found.account)) return refused('not-linked');
  if (identity.assurance === 'oneFactor') return done(firstStepOf(deps, found));
  const token = await openFresh(deps, found.account, device, earlier, { by: 'identity' });
  return token === undefined ? refused('not-linked') : done({ kind: 'in', token });
}

/** 对应统一身份认证, by an administrator: one person to one account of an office; institutions sign in by password. Only a keyed one-way value of the subject is kept. */
export async function linkIdentity(deps: AccountDeps, login: string, subject: string, actor: Actor): Promise<Outcome<Account, 'no-account' | 'not-office' | 'not-a-subject' | 'linked-already'>> {
  if (!isSubject(subject)) return refused('not-a-subject');
  const found = await deps.store.findByLogin(login);
  if (!found || found.account.state === 'disabled') return refused('no-account');
  if (!needsTotp(found.account)) return refused('not-office');
  const saved = await deps.store.linkIdentity(found.account.id, deps.seals.subjectKey(subject), actor, deps.realNow(), accountEvent(deps, 'identity-linked', actor, found.account));
  return saved ? done(found.account) : refused('linked-already');
}

/** 解除对应: the account signs in by password again; its sessions end. */
export async function unlinkIdentity(deps: AccountDeps, login: string, actor: Actor): Promise<Outcome<Account, 'no-account' | 'not-linked'>> {
  const found = await deps.store.findByLogin(login);
  if (!found) return refused('no-account');
  return await deps.store.unlinkIdentity(found.account.id, accountEvent(deps, 'identity-unlinked', actor, found.account)) ? done(found.account) : refused('not-linked');
}
