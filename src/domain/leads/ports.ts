import type { AuditDraft } from '#domain/audit/model.ts';
import type { Lead, LeadMove } from '#domain/leads/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';

/** Which leads: of a place, of one street (null: all of them), open or settled, found within some days. */
export type LeadsAsked = { readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode | null; readonly isOpen?: boolean; readonly found?: { readonly first: IsoDate; readonly last: IsoDate } };

/** What leads need of storage. Every write carries its audit event in one transaction. */
export interface LeadStore {
  /** Leads asked for, oldest first; `from` are passed over, and no more than `most` answered (null: all). */
  list(asked: LeadsAsked, most: number | null, from: number): Promise<readonly Lead[]>;
  count(asked: LeadsAsked): Promise<number>;
  /** The last reason given for each of the leads asked for; one without a reason is not among them. */
  lastReasons(asked: LeadsAsked): Promise<ReadonlyMap<string, string>>;
  find(jurisdiction: JurisdictionCode, id: string): Promise<Lead | undefined>;
  moves(lead: string): Promise<readonly LeadMove[]>;
  /** Puts a new lead down; 'known' when an open one of the same name and street stands already. */
  add(lead: Lead, key: string, move: LeadMove, event: AuditDraft): Promise<'saved' | 'known'>;
  /** Moves a lead that is still as `version` says; 'known' when one taken up again would stand beside an open one of the same name and street. */
  move(lead: Lead, version: number, move: LeadMove, event: AuditDraft): Promise<'saved' | 'changed-meanwhile' | 'known'>;
  hasInstitution(jurisdiction: JurisdictionCode, institution: string): Promise<boolean>;
}
