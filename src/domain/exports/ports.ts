import type { AuditDraft } from '#domain/audit/model.ts';
import type { ExportRequest } from '#domain/exports/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** What 批量导出 needs of storage. Every write carries its audit event in one transaction. */
export interface ExportStore {
  /** Requests of a place since an instant, newest first; at most 500. */
  list(jurisdiction: JurisdictionCode, since: Instant): Promise<readonly ExportRequest[]>;
  find(jurisdiction: JurisdictionCode, id: string): Promise<ExportRequest | undefined>;
  /** Writes a request; 'known' when that id was written before. */
  add(request: ExportRequest, event: AuditDraft): Promise<'saved' | 'known'>;
  /** Writes an answer to a request that is still asked and as `version` says; of two at once one is written. */
  settle(request: ExportRequest, version: number, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
  /** Counts one download of a request that was downloaded `downloads` times; of two at once one counts. */
  use(request: ExportRequest, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
}
