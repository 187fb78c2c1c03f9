import type { AccountProfile, Permission } from '#domain/accounts/model.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { Jurisdiction, Subject } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import type { Outcome } from '#domain/shared/outcome.ts';
import type { Assignment, CaseClock, CaseMove, Channel, ComplaintKind, ComplaintState } from '#domain/complaints/model.ts';
import type { CaseBlobs, CaseKeyPart, CaseKeyStore, CaseNotice, CaseSeals, ComplaintStore } from '#domain/complaints/ports.ts';

/** What binds a clock: how a case came, what it is, and the day somebody else has set. */
type ClockAsked = { readonly channel: Channel; readonly kind: ComplaintKind; readonly externalDeadline: IsoDate | null };

/** What decides who answers, by which clock. Days are civil days in Asia/Shanghai; null: 暂不可计算. */
export type ComplaintRules = {
  readonly route: (place: Jurisdiction, asked: { readonly subject: Subject; readonly topic: string | null; readonly institutionKind: string | null; readonly subdistrict: SubdistrictCode | null; readonly county: string | null; readonly severalLaws: boolean }) => Assignment;
  /** The clock of a case received on a day; the earlier of it and an outside deadline holds. */
  readonly received: (on: IsoDate, about: ClockAsked) => CaseClock;
  /** The clock of a department that has signed for a case on a day; never later than the case's own outside deadline. */
  readonly signedFor: (on: IsoDate, about: ClockAsked & { readonly department: string }) => CaseClock;
  /** The day an answer is due after so many workdays of 延期; `department` is the one that has signed, null before any has. */
  readonly extended: (due: IsoDate, workdays: number, about: ClockAsked & { readonly department: string | null }) => Outcome<IsoDate, 'calendar-ends' | 'extension-too-long'>;
  /** The day so many workdays after another. */
  readonly later: (day: IsoDate, workdays: number) => IsoDate | null;
  /** The day an answer is due after the clock stood still from one day to another. */
  readonly resumed: (due: IsoDate, pausedOn: IsoDate, resumedOn: IsoDate) => IsoDate | null;
  /** Last day on which recordings are likely to be there; null where they do not matter or no day is known. */
  readonly keepUntil: (subject: Subject, lastDay: IsoDate | null) => IsoDate | null;
  /** What a subject asks besides: each key, with the only answers there are; null where any words will do. A suggestion is asked nothing. */
  readonly questions: (subject: Subject, kind: ComplaintKind) => ReadonlyMap<string, readonly string[] | null>;
  readonly emergency: (subject: Subject) => readonly ('110' | '120' | '119')[];
};

/** What complaint commands need. `now` is the domain's day and time (may be fixed by `NOW`), `realNow` the machine's clock. */
export type ComplaintDeps = {
  readonly store: ComplaintStore; readonly keys: CaseKeyStore; readonly blobs: CaseBlobs; readonly seals: CaseSeals;
  readonly now: () => Instant; readonly realNow: () => Instant;
  readonly placeOf: (jurisdiction: JurisdictionCode) => Jurisdiction; readonly rules: ComplaintRules;
  /** Whose keys these are: the records database they belong to. */
  readonly owner: string;
};

/** The office's commands also ask whether an account may be given a case. */
export type CaseDeps = ComplaintDeps & { readonly mayHandle: (jurisdiction: JurisdictionCode, account: string) => Promise<boolean> };

/** Who acts for the office, a department, a street or an institution; made from the signed-in account. */
export type CaseDesk = {
  readonly actor: string; readonly jurisdiction: JurisdictionCode; readonly may: (permission: Permission) => boolean; readonly profile: AccountProfile;
  readonly department: string | null; readonly subdistrict: SubdistrictCode | null; readonly institution: string | null;
};

/** A case as a desk saw it. */
export type Chosen = { readonly id: string; readonly version: number };

/** 操作留痕 about a case. `actor`: 'parent', 'system' or an account's id. Never content. */
export const caseEvent = (deps: ComplaintDeps, jurisdiction: JurisdictionCode, kind: string, complaint: string, detail: AuditDraft['detail'], actor = 'parent'): AuditDraft =>
  ({ id: deps.seals.newId(), jurisdiction, at: deps.now(), kind: `case-${kind}`, actor, objectKind: 'complaint', objectId: complaint, detail });

/** A notice to the office that there is something to read; it says nothing of it. */
export const caseNotice = (deps: ComplaintDeps, kind: 'complaint-received' | 'complaint-words', complaint: string): CaseNotice => {
  const id = deps.seals.newId();
  return { id, kind, sealed: deps.seals.sealNotice(id, { complaint }) };
};

/** A step of a case as its history keeps it. */
export const caseMove = (deps: ComplaintDeps, move: string, state: ComplaintState, actor: string, more: { readonly reason?: string | null; readonly department?: string | null } = {}): CaseMove =>
  ({ at: deps.now(), move, state, actor, reason: more.reason ?? null, department: more.department ?? null });

/** The key of one part of a case; undefined once it has been destroyed. */
export async function caseKey(deps: ComplaintDeps, complaint: string, part: CaseKeyPart): Promise<string | undefined> {
  const wrapped = await deps.keys.get(complaint, part);
  return wrapped === undefined ? undefined : deps.seals.unwrap(complaint, part, wrapped);
}
