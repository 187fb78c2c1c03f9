import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';
import type { AuditEvent, OpeningKind } from '#domain/audit/model.ts';

/** What of a place's record is asked for; absent means all. Instants are half-open: `[from, to)`. */
export type AuditFilter = { readonly from: Instant; readonly to: Instant; readonly actor: string | null; readonly openingsOnly: boolean };

/** 访问统计: how often one account opened what, and why as far as reasons were given. */
export type Openings = { readonly actor: string; readonly kind: OpeningKind; readonly reason: string | null; readonly count: number };

/** Reads the record of what was done; nothing here writes. */
export type AuditReader = {
  /** Newest first, from before a place in the chain. */
  readonly events: (jurisdiction: JurisdictionCode, filter: AuditFilter, before: number | null, limit: number) => Promise<readonly AuditEvent[]>;
  readonly openings: (jurisdiction: JurisdictionCode, from: Instant, to: Instant) => Promise<readonly Openings[]>;
};

/** 合规审计包: what of families and children is there now, counted; no row of anybody. */
export type HeldNumbers = { readonly bookings: number; readonly bookingChildren: number; readonly demands: number; readonly caseIdentities: number; readonly reportPhones: number };
/** Consents given in a period, by the rules that were agreed to and as what. */
export type ConsentNumbers = { readonly what: 'booking' | 'demand'; readonly rulesVersion: string; readonly actingAs: string | null; readonly count: number };
/** What was forgotten in a period: bookings and demands by their purges, demands by their families, cases by part. */
export type DeletionNumbers = { readonly purges: number; readonly bookings: number; readonly demands: number; readonly withdrawn: number; readonly caseIdentities: number; readonly caseTexts: number };
/** What left the office as a whole in a period. */
export type ExportNumbers = { readonly what: string; readonly downloads: number; readonly rows: number };

/** Counts for 合规审计包; `[from, to)`. */
export type PackReader = {
  readonly held: (jurisdiction: JurisdictionCode) => Promise<HeldNumbers>;
  readonly consents: (jurisdiction: JurisdictionCode, from: Instant, to: Instant) => Promise<readonly ConsentNumbers[]>;
  readonly deletions: (jurisdiction: JurisdictionCode, from: Instant, to: Instant) => Promise<DeletionNumbers>;
  readonly exports: (jurisdiction: JurisdictionCode, from: Instant, to: Instant) => Promise<readonly ExportNumbers[]>;
};
