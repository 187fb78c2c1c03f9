import type { Instant, IsoDate } from '#domain/shared/dates.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import type { Booking, BookingContact, BookingKind, BookingMove, BookingState, Slot } from '#domain/booking/model.ts';
import type { BookingReceipt } from '#domain/booking/commands.ts';
import type { AuditDraft } from '#domain/audit/model.ts';

/** A booking ready to be written, with everything that must stand or fall with it. */
export type Reservation = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly reference: string;
  readonly queryCodeHash: string;
  readonly slot: Slot;
  readonly day: IsoDate;
  readonly state: Extract<BookingState, 'confirmed' | 'requested'>;
  readonly seats: number;
  readonly sealedContact: string;
  readonly childKeys: readonly string[];
  readonly rulesVersion: string;
  readonly actingAs: BookingContact['actingAs'];
  readonly at: Instant;
  readonly idempotency: { readonly keyHash: string; readonly requestHash: string; readonly sealedAnswer: string; readonly expiresAt: Instant; readonly now: Instant };
  readonly event: AuditDraft;
  readonly message: { readonly id: string; readonly kind: string; readonly sealed: string };
};

export type StoredAnswer = { readonly requestHash: string; readonly sealedAnswer: string };

export type ReserveResult =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer }
  | { readonly kind: 'full' } | { readonly kind: 'already-booked' } | { readonly kind: 'institution-suspended' }
  | { readonly kind: 'reference-taken' };

export type FoundBooking = { readonly booking: Booking; readonly queryCodeHash: string; readonly sealedContact: string };

/** What booking needs of storage. Every write carries its audit event and message in one transaction. */
export interface BookingStore {
  findSlot(jurisdiction: JurisdictionCode, id: string): Promise<Slot | undefined>;
  /** Slots of one institution whose day lies in `[from, to]`, earliest first. */
  findSlots(institution: string, kind: BookingKind, from: Instant, to: Instant): Promise<readonly Slot[]>;
  /** Open slots of a kind across a jurisdiction whose day lies in `[from, to]`, earliest first. */
  findSlotsInJurisdiction(jurisdiction: JurisdictionCode, kind: BookingKind, from: Instant, to: Instant): Promise<readonly Slot[]>;
  /** The answer kept for an idempotency key that has not run out at `now` (real time). */
  findAnswer(jurisdiction: JurisdictionCode, keyHash: string, now: Instant): Promise<StoredAnswer | undefined>;
  reserve(reservation: Reservation): Promise<ReserveResult>;
  findByReference(jurisdiction: JurisdictionCode, reference: string): Promise<FoundBooking | undefined>;
  history(bookingId: string): Promise<readonly BookingMove[]>;
  /** Frees the seat and closes the booking; 'changed-meanwhile' when the version has moved. */
  cancel(booking: Booking, at: Instant, event: AuditDraft, message: Reservation['message']): Promise<'saved' | 'changed-meanwhile'>;
  /** Takes the new seat and frees the old one, or neither. */
  reschedule(booking: Booking, to: Slot, day: IsoDate, seats: number, at: Instant, event: AuditDraft, message: Reservation['message'], idempotency: Reservation['idempotency']): Promise<ReserveResult | { readonly kind: 'changed-meanwhile' }>;
}

/** Keys and chance, made outside the domain. */
export interface BookingSeals {
  newId(): string;
  newReference(): string;
  newQueryCode(): string;
  hashQueryCode(reference: string, code: string): string;
  sameHash(one: string, other: string): boolean;
  childKey(phone: string, birthMonth: string, ordinal: number): string;
  sealContact(bookingId: string, contact: BookingContact): string;
  openContact(bookingId: string, sealed: string): BookingContact;
  sealMessage(messageId: string, message: unknown): string;
  hashKey(idempotencyKey: string): string;
  hashRequest(request: unknown): string;
  sealAnswer(idempotencyKey: string, answer: unknown): string;
  /** The receipt exactly as first given; throws when the record was tampered with. */
  openAnswer(idempotencyKey: string, sealed: string): BookingReceipt;
}
