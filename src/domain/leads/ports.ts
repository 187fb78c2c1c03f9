import type { AuditDraft } from '#domain/audit/model.ts';
import type { Lead, LeadMove } from '#domain/leads/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';

/** What leads need of storage. Every write carries its audit event in one transaction. */
export interface LeadStore {
  /** Leads of a place, oldest first; at most 2,000. */
  list(jurisdiction: JurisdictionCode): Promise<readonly Lead[]>;
  find(jurisdiction: JurisdictionCode, id: string): Promise<Lead | undefined>;
  moves(lead: string): Promise<readonly LeadMove[]>;
  /** Puts a new lead down; 'known' when an open one of the same name and street stands already. */
  add(lead: Lead, key: string, move: LeadMove, event: AuditDraft): Promise<'saved' | 'known'>;
  /** Moves a lead that is still as `version` says; 'known' when one taken up again would stand beside an open one of the same name and street. */
  move(lead: Lead, version: number, move: LeadMove, event: AuditDraft): Promise<'saved' | 'changed-meanwhile' | 'known'>;
  hasInstitution(jurisdiction: JurisdictionCode, institution: string): Promise<boolean>;
}
