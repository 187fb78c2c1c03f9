import type { AuditDraft } from '#domain/audit/model.ts';
import type { CountedInstitution, MonthlyCount } from '#domain/counts/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { YearMonth } from '#domain/shared/dates.ts';

/** A count ready to be written in place of that of `version`; 0: the first of its month. */
export type WrittenCount = { readonly id: string; readonly jurisdiction: JurisdictionCode; readonly count: MonthlyCount; readonly account: string; readonly event: AuditDraft };

/** What monthly counts need of storage. */
export interface CountStore {
  /** Institutions that are in force and in the list: those of whom a count is asked; by name. */
  institutions(jurisdiction: JurisdictionCode): Promise<readonly CountedInstitution[]>;
  /** Counts of a place in a month. */
  ofMonth(jurisdiction: JurisdictionCode, month: YearMonth): Promise<readonly MonthlyCount[]>;
  /** Counts of an institution, the newest month first. */
  ofInstitution(jurisdiction: JurisdictionCode, institution: string): Promise<readonly MonthlyCount[]>;
  /** Writes a count with its event; 'changed-meanwhile' when the version has moved. */
  write(written: WrittenCount): Promise<'saved' | 'changed-meanwhile'>;
}
