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

/** 查看敏感信息: events by which somebody saw what is sealed otherwise (a contact, an identity, a case's words, a file, a search by the end of a number). */
export const openingKinds = ['contact-opened', 'bookings-searched', 'call-opened', 'correction-phone-opened', 'case-opened', 'case-identity-opened', 'case-file-opened'] as const;
export type OpeningKind = (typeof openingKinds)[number];
export const isOpening = (kind: string): kind is OpeningKind => openingKinds.some((one) => one === kind);
