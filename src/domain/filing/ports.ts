import type { AuditDraft } from '#domain/audit/model.ts';
import type { Credential, Institution } from '#domain/directory/model.ts';
import type { FilingMove, Handling, Registration, RegistrationDraft, RegistrationPush, SettledHow } from '#domain/filing/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate } from '#domain/shared/dates.ts';

/** What is written with a booking that is cancelled or told, or a registration of demand that named the institution: its event and its sealed message. */
export type BookingWord = { readonly event: AuditDraft; readonly message: { readonly id: string; readonly kind: string; readonly sealed: string } };

/** A change of state ready to be written with everything that must stand or fall with it. `credential` null: it waits for the second person. */
export type WrittenMove = {
  readonly move: FilingMove; readonly credential: Credential | null; readonly seen: string | null; readonly changeId: string; readonly event: AuditDraft;
  readonly wordFor: (booking: string, effect: 'cancelled' | 'told') => BookingWord;
  /** 关停: what families hear that named the institution as one they would like; null for every other change. */
  readonly wishWordFor: ((demand: string) => BookingWord) | null;
};

/** The second person's word, ready to be written; `credential` is what then holds, null where nothing changes. */
export type WrittenSettlement = {
  readonly move: FilingMove; readonly how: Exclude<SettledHow, 'superseded'>; readonly by: string; readonly at: Instant; readonly credential: Credential | null; readonly changeId: string; readonly on: IsoDate; readonly event: AuditDraft;
};

/** A push that was taken: the registration it led to; `older` when a later word was known already. */
export type TakenPush = { readonly registration: Registration; readonly effect: 'created' | 'updated' | 'older' | 'unchanged' };

/** A push ready to be written, once: by its signature for five minutes, by its event for good. */
export type PushIntake = {
  readonly jurisdiction: JurisdictionCode; readonly push: RegistrationPush; readonly bodyHash: string; readonly signatureHash: string; readonly signatureEnds: Instant;
  readonly id: string; readonly at: Instant; readonly event: (effect: TakenPush['effect'], registration: string) => AuditDraft;
};

/** What filing needs of storage. */
export interface FilingStore {
  /** Every institution of a place, those that are not public too. */
  institutions(jurisdiction: JurisdictionCode): Promise<readonly Institution[]>;
  /** 状态变动 of an institution, newest first. */
  moves(jurisdiction: JurisdictionCode, institution: string): Promise<readonly FilingMove[]>;
  /** Moves of a place a second person still has to decide on, the earliest due first. */
  pending(jurisdiction: JurisdictionCode): Promise<readonly FilingMove[]>;
  /** Writes a change; 'written-before' for the same id again, with how many bookings it reached. */
  write(written: WrittenMove): Promise<{ readonly kind: 'saved'; readonly bookings: number } | { readonly kind: 'written-before' | 'changed-meanwhile' }>;
  settle(written: WrittenSettlement): Promise<'saved' | 'changed-meanwhile'>;
  registrations(jurisdiction: JurisdictionCode): Promise<readonly Registration[]>;
  findRegistration(jurisdiction: JurisdictionCode, id: string): Promise<Registration | undefined>;
  takePush(intake: PushIntake): Promise<{ readonly kind: 'taken' | 'taken-before'; readonly taken: TakenPush } | { readonly kind: 'replayed' | 'event-reused' }>;
  /** Takes a registration down by hand; 'known' when its credit code stands there already. */
  enter(draft: RegistrationDraft, jurisdiction: JurisdictionCode, at: Instant, event: AuditDraft): Promise<'saved' | 'known'>;
  /** Notes what became of a registration; with `institution`, the filing that begins with it. */
  handle(handled: { readonly registration: Registration; readonly how: Handling; readonly on: IsoDate; readonly note: string | null; readonly event: AuditDraft; readonly institution: Institution | null }): Promise<'saved' | 'changed-meanwhile'>;
}

/** Keys and chance, made outside the domain. */
export interface FilingSeals {
  newId(): string;
  sealMessage(messageId: string, message: unknown): string;
}
