import type { Account, NoticeAnswer, Role, Session, SignInNotice } from '#domain/accounts/model.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** An account with what proves who signs in; leaves storage only for that. */
export type AccountProof = {
  readonly account: Account; readonly passwordHash: string | null; readonly sealedTotp: string | null;
  /** The last step of thirty seconds whose code was used. */
  readonly lastStep: number;
};

export type NewAccount = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly login: string; readonly title: string | null; readonly roles: readonly Role[];
  readonly institution: string | null; readonly department: string | null; readonly subdistrict: SubdistrictCode | null; readonly sample: boolean; readonly createdAt: Instant;
};
/** 激活: sets the first password, or a new one; `replaces` is the account that ends with it (负责人变更). */
export type Activation = { readonly codeHash: string; readonly account: string; readonly replaces: string | null; readonly expiresAt: Instant };
export type FoundActivation = { readonly account: Account; readonly replaces: string | null };

/** `deviceHash`: the browser, as this account knows it. */
export type NewSession = Omit<Session, 'isWarned'> & { readonly tokenHash: string; readonly deviceHash: string };
export type OpenSession = { readonly session: Session; readonly account: Account };
export type Saved = 'saved' | 'changed-meanwhile';

/** What accounts need of storage. Every write carries its audit event in one transaction; all instants are real time. */
export interface AccountStore {
  create(account: NewAccount, activation: Activation | null, event: AuditDraft): Promise<'saved' | 'login-taken'>;
  /** Makes all of them or none; 'login-taken' when one of the names was taken meanwhile. */
  createAll(made: readonly { readonly account: NewAccount; readonly activation: Activation; readonly event: AuditDraft }[]): Promise<'saved' | 'login-taken'>;
  /** Gives an account a fresh activation; earlier ones of it end. */
  invite(activation: Activation, event: AuditDraft): Promise<void>;
  findByLogin(login: string): Promise<AccountProof | undefined>;
  findById(id: string): Promise<AccountProof | undefined>;
  /** Accounts of a place by login, or of all. */
  list(jurisdiction: JurisdictionCode | null): Promise<readonly Account[]>;
  /** An activation not yet used nor run out, of an account not disabled. */
  findActivation(codeHash: string, realNow: Instant): Promise<FoundActivation | undefined>;
  /** Uses it once: password set, account active, its sessions ended; the account it replaces is disabled and its sessions ended. */
  activate(codeHash: string, passwordHash: string, realNow: Instant, events: readonly AuditDraft[]): Promise<'saved' | 'gone'>;
  /** Sets a password and ends every session but one. */
  setPassword(account: Pick<Account, 'id' | 'version'>, passwordHash: string, realNow: Instant, exceptSession: string | null, event: AuditDraft): Promise<Saved>;
  /** Sets the second step with its recovery codes, and remembers the step that proved it. */
  setTotp(account: Pick<Account, 'id' | 'version'>, sealedTotp: string, step: number, recoveryHashes: readonly string[], event: AuditDraft): Promise<Saved>;
  setRecoveryCodes(account: Pick<Account, 'id' | 'version'>, recoveryHashes: readonly string[], event: AuditDraft): Promise<Saved>;
  /** Takes the second step and its recovery codes away and ends every session. */
  resetTotp(account: Pick<Account, 'id' | 'version'>, event: AuditDraft): Promise<Saved>;
  disable(account: Pick<Account, 'id' | 'version'>, event: AuditDraft): Promise<Saved>;
  /** The account an administrator linked to a person of the identity provider. */
  findByIdentity(subjectKey: string): Promise<AccountProof | undefined>;
  /** Links the two; false when either is linked already. */
  linkIdentity(account: string, subjectKey: string, actor: string, realNow: Instant, event: AuditDraft): Promise<boolean>;
  /** Takes the link away and ends the account's sessions; false when there was none. */
  unlinkIdentity(account: string, event: AuditDraft): Promise<boolean>;
  /** Uses an answer of the provider; false when it was used before. It is remembered until it would be too old anyway. */
  useIdentityAnswer(key: string, ends: number, realNow: Instant): Promise<boolean>;
  /** Uses a step; false when it or a later one was used before. */
  useStep(account: string, step: number): Promise<boolean>;
  /** Uses a recovery code; false when there is none such left. */
  useRecoveryCode(account: string, codeHash: string, realNow: Instant, event: AuditDraft): Promise<boolean>;
  countRecoveryCodes(account: string): Promise<number>;
  /** Opens a session if the account is still active and as it was when its password was checked. */
  openSession(session: NewSession, account: Pick<Account, 'id' | 'version'>, event: AuditDraft): Promise<boolean>;
  /** A session and its active account, whatever its age. */
  findSession(tokenHash: string): Promise<OpenSession | undefined>;
  touchSession(session: string, realNow: Instant): Promise<void>;
  /** A fresh token for a session that was proved again. */
  renewSession(session: string, tokenHash: string, realNow: Instant, event: AuditDraft): Promise<boolean>;
  sessionsOf(account: string): Promise<readonly Session[]>;
  /** Ends one session of an account; false when it has none such. */
  endSession(account: string, session: string, event: AuditDraft): Promise<boolean>;
  /** Ends all sessions of an account but one. */
  endSessions(account: string, exceptSession: string | null, event: AuditDraft): Promise<number>;
  /** Forgets sessions opened or last seen before an instant, activations that ran out, and browsers and notices as old as `noticeBounds.keptDays`. */
  forgetEnded(seenBefore: Instant, openedBefore: Instant, realNow: Instant): Promise<void>;
  /** Counts a wrong try, with its event. */
  recordFailure(account: string, realNow: Instant, event: AuditDraft): Promise<void>;
  /** 登录提醒 of an account, or of a place, since an instant; newest first. */
  noticesOf(account: string, since: Instant): Promise<readonly SignInNotice[]>;
  noticesIn(jurisdiction: JurisdictionCode, since: Instant): Promise<readonly SignInNotice[]>;
  /** From which instant on notices may be answered from a browser; null where it is none of the account's. */
  mayAnswerNotices(account: string, deviceHash: string): Promise<Instant | null>;
  /** Answers every open notice that may be answered from a browser; how many. */
  answerNotices(account: string, deviceHash: string, answer: NoticeAnswer, realNow: Instant, event: AuditDraft): Promise<number>;
  /** An event without a change: a refusal. */
  record(event: AuditDraft): Promise<void>;
}

/** Keys, chance and slow hashes, made outside the domain. */
export interface AccountSeals {
  newId(): string;
  /** 256 bits, for a cookie. */
  newToken(): string;
  hashToken(token: string): string;
  /** 120 bits in six groups, for a letter. */
  newActivationCode(): string;
  /** As typed: case, blanks, dashes, O and I forgiven. */
  hashActivationCode(typed: string): string;
  /** A keyed one-way value of what the identity provider calls a person. */
  subjectKey(subject: string): string;
  newRecoveryCodes(account: string): readonly { readonly code: string; readonly hash: string }[];
  hashRecoveryCode(account: string, typed: string): string;
  /** Argon2id; 'busy' when too many wait already. */
  hashPassword(password: string): Promise<string | 'busy'>;
  /** Takes as long without a hash as with one. */
  verifyPassword(password: string, hash: string | null): Promise<boolean | 'busy'>;
  newTotpSecret(): string;
  /** `otpauth://…`, for a QR picture. */
  totpAddress(secret: string, login: string, issuer: string): string;
  /** The step a code belongs to, now or one before or after; undefined when it is none's. */
  totpStep(secret: string, code: string, realNow: Instant): number | undefined;
  sealTotp(account: string, secret: string): string;
  openTotp(account: string, sealed: string): string;
  /** A first step passed, carried in the form to the second; `state` changes with password and second step. */
  sealPending(pending: Pending): string;
  openPending(sealed: string): Pending | undefined;
}

/** 第一步已过: whose password was right, until when, and the secret being set up. */
export type Pending = { readonly account: string; readonly version: number; readonly until: number; readonly secret: string | null };
