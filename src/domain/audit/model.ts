import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant } from '#domain/shared/dates.ts';

/** 操作留痕 before it is written: who did what to which, when, why. Never names, phones or texts of parents. */
export type AuditDraft = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly at: Instant;
  readonly kind: string;
  /** 'parent', 'operator', 'system' or an account id. */
  readonly actor: string;
  readonly objectKind: string;
  readonly objectId: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** 操作留痕 as written: the chain of one jurisdiction, each event hashed over the one before. */
export type AuditEvent = AuditDraft & { readonly seq: number; readonly previousHash: string; readonly hash: string };

/** The text an event's hash is taken over; the order of its fields is part of the format. */
export const auditText = (draft: AuditDraft, seq: number, previousHash: string): string =>
  JSON.stringify([previousHash, seq, draft.id, draft.jurisdiction, draft.at, draft.kind, draft.actor, draft.objectKind, draft.objectId,
    Object.entries(draft.detail).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
