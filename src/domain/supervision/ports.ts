import type { AuditDraft } from '#domain/audit/model.ts';
import type { Assessment, Decision } from '#domain/listing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Amendment, DutyRecord, Entry, StaffCheck, Supervised, SupervisionRecord } from '#domain/supervision/model.ts';

type Place = { readonly jurisdiction: JurisdictionCode; readonly institution: string };
/** An entry as it will stand: a new one (`version` null), or in place of the one of `version`. What the public sees raises the revision. Where it forgets, earlier amendments of the entry keep no words either, because they named a person. */
export type EntryWrite = Place & { readonly entry: Entry; readonly version: number | null; readonly account: string; readonly amendment: Amendment | null; readonly forgets: boolean; readonly changeId: string | null; readonly event: AuditDraft };
/** 撤下误录: an entry that goes away, with what it said kept among the amendments. */
export type EntryRemoval = Place & { readonly version: number; readonly amendment: Amendment; readonly forgets: boolean; readonly changeId: string | null; readonly event: AuditDraft };

/** What a place's desk looks through: institutions that stand or stood in the list (`isWatched`: in force there now), what they reported of duties, their staff checks, their grades and the decisions about them. */
export type WatchedPlace = {
  readonly institutions: readonly Supervised[]; readonly duties: readonly (DutyRecord & { readonly institution: string })[]; readonly staffChecks: readonly (StaffCheck & { readonly institution: string })[];
  readonly assessments: readonly (Assessment & { readonly institution: string })[]; readonly decisions: readonly (Decision & { readonly institution: string })[];
};

/** What supervision needs of storage. Every write carries its event, and the raised revision where the public sees it, in one transaction. */
export interface SupervisionStore {
  watched(jurisdiction: JurisdictionCode): Promise<WatchedPlace>;
  /** The whole record of an institution; undefined where the place has none of that id. */
  find(jurisdiction: JurisdictionCode, institution: string): Promise<SupervisionRecord | undefined>;
  /** 'known': the same number, year and standard, duty of the year or day of a check stands already. A new entry of an id that was written before is 'saved' once. */
  write(write: EntryWrite): Promise<'saved' | 'changed-meanwhile' | 'known'>;
  takeOut(removal: EntryRemoval): Promise<'saved' | 'changed-meanwhile'>;
}
