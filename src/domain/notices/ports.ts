import type { AuditDraft } from '#domain/audit/model.ts';
import type { CallActor, CallResult, CallRow, LeasedRow, Notice, NoticeContact, NoticeKind, NoticeSubject, Reached } from '#domain/notices/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** A notice to be written into the outbox once, whoever asks how often. */
export type PlannedNotice = { readonly id: string; readonly jurisdiction: JurisdictionCode; readonly kind: string; readonly sealed: string; readonly dedupKey: string; readonly at: Instant; readonly dueAt: Instant };

/** What became of a delivery. `call`: a row for the call list, written with it; `fault` is a short code, never a text from outside. */
export type Settlement =
  | { readonly kind: 'sent' | 'void' | 'desk' }
  | { readonly kind: 'listed'; readonly call: CallRow }
  /** Not now: `attempt` false when nothing was tried (night). */
  | { readonly kind: 'later'; readonly dueAt: Instant; readonly attempt: boolean; readonly fault: string | null }
  | { readonly kind: 'dead'; readonly fault: string; readonly call: CallRow | null };

/** 未送达: a row nobody tries any more; no contact is in it. */
export type DeadLetter = { readonly id: string; readonly kind: string; readonly fault: string; readonly attempts: number; readonly createdAt: Instant; readonly deadAt: Instant };

/** The outbox as its worker sees it. `real` is the machine's clock (leases), `now` the domain's (due times). */
export interface OutboxStore {
  /** Leases rows that are due, oldest first; a row leased by another and not run out is left alone. */
  claim(now: Instant, real: Instant, leaseMs: number, most: number): Promise<readonly LeasedRow[]>;
  /** Writes what became of rows, in one transaction; a row that another has taken over is left alone. Answers how many were written. */
  settle(settlements: readonly { readonly row: LeasedRow; readonly settlement: Settlement }[], now: Instant): Promise<number>;
  /** Writes notices that are not there yet, by their key; answers how many were new. */
  plan(notices: readonly PlannedNotice[]): Promise<number>;
  /** Confirmed bookings that begin in `(from, to]` and have no reminder for that time; at most 500, earliest first. */
  unreminded(from: Instant, to: Instant): Promise<readonly { readonly booking: string; readonly jurisdiction: JurisdictionCode; readonly startsAt: Instant; readonly bookedAt: Instant }[]>;
  deadLetters(jurisdiction: JurisdictionCode): Promise<readonly DeadLetter[]>;
  /** Puts a dead letter back, to be tried anew. */
  revive(jurisdiction: JurisdictionCode, id: string, now: Instant, event: AuditDraft): Promise<boolean>;
}

/** The call list in storage. */
export interface CallStore {
  find(jurisdiction: JurisdictionCode, id: string): Promise<CallRow | undefined>;
  /** Rows still to be called that this account may work on at `now`: needed ones first, then by due time; at most 200. */
  openRows(actor: CallActor, now: Instant): Promise<readonly CallRow[]>;
  /** Records the opening of a number before it is shown. */
  record(event: AuditDraft): Promise<void>;
  /** 'changed-meanwhile' when the version has moved. */
  mark(row: CallRow, to: CallResult | 'void', by: string, at: Instant, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  reached(jurisdiction: JurisdictionCode, since: Instant): Promise<Reached>;
  /** 已通知比例 by what the calls were about; causes without any call are not there. */
  reachedByCause(jurisdiction: JurisdictionCode, since: Instant): Promise<ReadonlyMap<NoticeKind, Reached>>;
}

/** What notices are about, read when they are told. Undefined: no longer there, or nobody to tell. */
export interface NoticeSource {
  find(jurisdiction: JurisdictionCode, notice: Notice): Promise<{ readonly subject: NoticeSubject; readonly openContact: () => NoticeContact | undefined } | undefined>;
}

/** What a channel says of one message: `later` may go through another time, `never` will not. */
export type Delivery = { readonly kind: 'sent' } | { readonly kind: 'later' | 'never'; readonly fault: string };
/** Short messages to a family's phone; `key` is the same whenever the same notice is sent again. */
export interface SmsSender { send(message: { readonly phone: string; readonly text: string; readonly key: string }): Promise<Delivery> }
/** Mail to an institution or an office. */
export interface MailSender {
  send(mail: { readonly to: string; readonly subject: string; readonly text: string; readonly key: string; readonly calendar: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string } | null }): Promise<Delivery>;
  close(): void;
}
