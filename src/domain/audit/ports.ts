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
