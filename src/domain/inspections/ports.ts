import type { AuditDraft } from '#domain/audit/model.ts';
import type { Inspected, Inspection, Remedy } from '#domain/inspections/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';

/** What inspections need of storage. Every write carries its event in one transaction. */
export interface InspectionStore {
  /** Institutions of a place that can be inspected, by name: those in the list, those suspended too. */
  institutions(jurisdiction: JurisdictionCode): Promise<readonly Inspected[]>;
  find(jurisdiction: JurisdictionCode, id: string): Promise<Inspection | undefined>;
  /** The newest first, of one street where it is named. */
  recent(jurisdiction: JurisdictionCode, subdistrict: string | null, most: number): Promise<readonly Inspection[]>;
  /** 整改 of an inspection, of an institution, or all of the place that are not closed. */
  remedies(jurisdiction: JurisdictionCode, of: { readonly inspection?: string; readonly institution?: string }): Promise<readonly Remedy[]>;
  /** Writes an inspection with its 整改 once; 'known' when its id was written before. */
  add(inspection: Inspection, remedies: readonly Remedy[], event: AuditDraft): Promise<'saved' | 'known'>;
  /** Writes a remedy in place of the one of `version`. */
  change(remedy: Remedy, version: number, event: AuditDraft): Promise<'saved' | 'changed-meanwhile'>;
}
