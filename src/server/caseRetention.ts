import type { AuditDraft } from '#domain/audit/model.ts';
import type { CaseTerms } from '#domain/complaints/deadlines.ts';
import type { CaseBlobs, CaseKeyStore } from '#domain/complaints/ports.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import { dueCases, forgetCase, type CasePart, type DueCase } from '#storage/caseRetention.ts';
import { newId } from '#storage/ids.ts';
import type { Storage } from '#storage/schema.ts';

const dayMs = 86_400_000;
const parts = ['identity', 'text'] as const satisfies readonly CasePart[];

export type CaseRetention = { readonly storage: Storage; readonly keys: CaseKeyStore; readonly blobs: CaseBlobs; readonly keep: CaseTerms['keep']; readonly now: () => Instant };
/** What was or would be forgotten, and what a legal hold keeps. */
export type CasePurge = { readonly forgotten: readonly DueCase[]; readonly held: readonly DueCase[] };

const closedBefore = ({ keep, now }: CaseRetention, part: CasePart): number => now() - (part === 'identity' ? keep.identityDays : keep.textDays) * dayMs;

const eventOf = ({ now }: CaseRetention, { id, jurisdiction, part }: DueCase): AuditDraft =>
  ({ id: newId(), jurisdiction: jurisdictionCode.parse(jurisdiction), at: now(), kind: part === 'identity' ? 'case-identity-forgotten' : 'case-text-forgotten', actor: 'system', objectKind: 'complaint', objectId: id, detail: {} });

/** 到期诉求 as they stand, nothing changed: what a purge would forget and what a hold keeps. */
export async function plannedCasePurge(retention: CaseRetention): Promise<CasePurge> {
  const due = (await Promise.all(parts.map((part) => dueCases(retention.storage.read, part, closedBefore(retention, part))))).flat();
  return { forgotten: due.filter(({ heldBy }) => heldBy === null), held: due.filter(({ heldBy }) => heldBy !== null) };
}

/** 到期删除 of cases: identity first, then everything said, each case in a transaction of its own. */
export async function purgeCases(retention: CaseRetention): Promise<CasePurge> {
  const { storage, keys, blobs } = retention;
  const { forgotten: due, held } = await plannedCasePurge(retention);
  const forgotten: DueCase[] = [];
  for (const one of due) if (await forgetCase(storage, keys, blobs, one, closedBefore(retention, one.part), eventOf(retention, one))) forgotten.push(one);
  return { forgotten, held };
}
