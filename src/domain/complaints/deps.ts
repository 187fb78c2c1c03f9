import type { AccountProfile, Permission } from '#domain/accounts/model.ts';
import type { AuditDraft } from '#domain/audit/model.ts';
import type { Calendar } from '#domain/shared/calendar.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { CaseMove, ComplaintState } from '#domain/complaints/model.ts';
import type { CaseBlobs, CaseKeyPart, CaseKeyStore, CaseNotice, CaseSeals, ComplaintStore } from '#domain/complaints/ports.ts';

/** What complaint commands need. `now` is the domain's day and time (may be fixed by `NOW`), `realNow` the machine's clock. */
export type ComplaintDeps = {
  readonly store: ComplaintStore; readonly keys: CaseKeyStore; readonly blobs: CaseBlobs; readonly seals: CaseSeals;
  readonly now: () => Instant; readonly realNow: () => Instant;
  readonly placeOf: (jurisdiction: JurisdictionCode) => Jurisdiction; readonly calendar: Calendar;
  /** Whose keys these are: the records database they belong to. */
  readonly owner: string;
};

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
