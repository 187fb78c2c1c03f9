import type { AuditDraft } from '#domain/audit/model.ts';
import type { Institution, Recognition } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** Recognitions of an institution as they will stand, for a page that knew what `isAsSeen` says. */
export type RecognitionChange = {
  readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly on: IsoDate; readonly isAsSeen: (of: Institution) => boolean; readonly after: readonly Recognition[]; readonly changeId: string; readonly event: AuditDraft;
};

/** What recognitions need of storage. */
export interface RecognitionStore {
  find(jurisdiction: JurisdictionCode, institution: string): Promise<Institution | undefined>;
  /** Writes recognitions, history, event and the raised revision in one transaction. */
  write(change: RecognitionChange): Promise<'saved' | 'changed-meanwhile'>;
}
