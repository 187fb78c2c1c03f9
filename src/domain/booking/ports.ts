import type { AuditDraft } from '#domain/audit/model.ts';
import type { ClassBand } from '#domain/directory/model.ts';
import type { Instant, IsoDate, YearMonth } from '#domain/shared/dates.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Booking, BookingContact, BookingEnder, BookingKind, BookingMove, BookingMoveKind, BookingState, BookingTerms, EnrolmentCode, HostRef, Slot, StaffReason, Team, VisitSignal } from '#domain/booking/model.ts';
import type { BookingReceipt } from '#domain/booking/views.ts';

/** A sealed row of the outbox; what it opens to is `{booking}`. */
export type Message = { readonly id: string; readonly kind: string; readonly sealed: string };

/** The answer kept under an idempotency key; `now` is real time. */
export type KeptAnswer = { readonly keyHash: string; readonly requestHash: string; readonly sealedAnswer: string; readonly expiresAt: Instant; readonly now: Instant };
export type StoredAnswer = Pick<KeptAnswer, 'requestHash' | 'sealedAnswer'>;

/** 每月时长 of each child of a booking: minutes at an institution in a month, and the most there may be (null: no limit). */
export type CareHours = { readonly month: YearMonth; readonly minutes: number; readonly most: number | null };

/** A booking ready to be written, with everything that must stand or fall with it. */
export type Reservation = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly reference: string;
  readonly queryCodeHash: string;
  readonly slot: Slot;
  readonly day: IsoDate;
  readonly state: Extract<BookingState, 'confirmed' | 'requested' | 'attended'>;
  readonly seats: number;
  readonly sealedContact: string;
  readonly childKeys: readonly string[];
  readonly rulesVersion: string;
  readonly actingAs: BookingContact['actingAs'];
  readonly at: Instant;
  /** Null for every kind but care. */
  readonly hours: CareHours | null;
  readonly enrolment: string | null;
  readonly idempotency: KeptAnswer;
  readonly event: AuditDraft;
  readonly message: Message | null;
};

/** A booking that joins the queue; its answer can only be sealed once its position is known. */
export type Joining = Omit<Reservation, 'state' | 'idempotency' | 'message'> & {
  readonly idempotency: Omit<KeptAnswer, 'sealedAnswer'>; readonly message: Message; readonly sealAnswer: (position: number) => string;
};

type Refusal = { readonly kind: 'full' | 'already-booked' | 'institution-suspended' | 'monthly-hours-used' | 'reference-taken' };
export type ReserveResult = { readonly kind: 'reserved' } | { readonly kind: 'replay'; readonly answer: StoredAnswer } | Refusal;
/** `seat-open`: nobody waits and a seat is free after all. */
export type JoinResult = { readonly kind: 'joined'; readonly position: number } | { readonly kind: 'replay'; readonly answer: StoredAnswer } | { readonly kind: 'seat-open' } | Refusal;

export type FoundBooking = { readonly booking: Booking; readonly queryCodeHash: string; readonly sealedContact: string };

/** One of the queue, as far as choosing needs it. */
export type Waiting = { readonly id: string; readonly seats: number };

/** How seats that became free are offered: who is next, until when, and what is written with it. `endsAt` null: too late for offers. */
export type Offers = {
  readonly at: Instant;
  readonly endsAt: Instant | null;
  readonly choose: (free: number, queue: readonly Waiting[]) => readonly Waiting[];
  readonly written: (booking: string) => { readonly event: AuditDraft; readonly message: Message };
};

/** A booking's move to another state; seats, queue, children and hours follow from the two states. */
export type Transition = {
  readonly booking: Booking;
  readonly to: BookingState;
  readonly move: BookingMoveKind;
  readonly at: Instant;
  readonly endedBy: BookingEnder | null;
  readonly reason: StaffReason | null;
  readonly event: AuditDraft;
  readonly message: Message | null;
  /** Null where nobody can be waiting. */
  readonly offers: Offers | null;
  /** 建档码: the day the child was last seen by the institution. */
  readonly seenOn?: IsoDate;
};
export type Moved = 'saved' | 'changed-meanwhile';

/** A move to another slot: by a parent under an idempotency key, or by the desk without one. */
export type Rescheduling = {
  readonly booking: Booking; readonly to: Slot; readonly day: IsoDate; readonly seats: number; readonly state: 'confirmed' | 'requested'; readonly at: Instant;
  readonly hours: CareHours | null; readonly event: AuditDraft; readonly message: Message; readonly idempotency: KeptAnswer | null; readonly offers: Offers | null;
};

/** What parents' bookings need of storage. Every write carries its audit event and message in one transaction. */
export interface BookingStore {
  findSlot(jurisdiction: JurisdictionCode, id: string): Promise<Slot | undefined>;
  findTeam(jurisdiction: JurisdictionCode, id: string): Promise<Team | undefined>;
  /** Open slots of one institution that start in `[from, to)`, earliest first. */
  findSlots(institution: string, kind: BookingKind, from: Instant, to: Instant): Promise<readonly Slot[]>;
  /** Open slots of a kind across a jurisdiction that start in `[from, to)`, earliest first. */
  findSlotsInJurisdiction(jurisdiction: JurisdictionCode, kind: BookingKind, from: Instant, to: Instant): Promise<readonly Slot[]>;
  /** The answer kept for an idempotency key that has not run out at `now` (real time). */
  findAnswer(jurisdiction: JurisdictionCode, keyHash: string, now: Instant): Promise<StoredAnswer | undefined>;
  findEnrolment(institution: string, codeHash: string): Promise<EnrolmentCode | undefined>;
  findEnrolmentById(id: string): Promise<EnrolmentCode | undefined>;
  reserve(reservation: Reservation): Promise<ReserveResult>;
  join(joining: Joining): Promise<JoinResult>;
  findByReference(jurisdiction: JurisdictionCode, reference: string): Promise<FoundBooking | undefined>;
  history(bookingId: string): Promise<readonly BookingMove[]>;
  /** 候补位置, from 1; 0 for a booking that does not wait. */
  position(booking: Booking): Promise<number>;
  /** 'changed-meanwhile' when the version has moved; nothing is written then. */
  move(transition: Transition): Promise<Moved>;
  /** Takes the new seat and frees the old one, or neither. */
  reschedule(rescheduling: Rescheduling): Promise<ReserveResult | { readonly kind: 'changed-meanwhile' }>;
  /** Offers whose time is over, oldest first; at most 200. */
  endedOffers(now: Instant): Promise<readonly FoundBooking[]>;
  /** Slots somebody waits for that start after `now`, earliest first; then those that have begun. At most 500. */
  slotsWithQueue(): Promise<readonly Slot[]>;
  waitingFor(slot: Slot): Promise<readonly FoundBooking[]>;
  /** Offers free seats to the queue; answers how many families were offered one. */
  fill(slot: Slot, offers: Offers): Promise<number>;
  /** 参观后的回答, once for each booking: 'already-answered' afterwards. */
  addSignal(signal: VisitSignal, booking: string, event: AuditDraft): Promise<'saved' | 'already-answered'>;
  hasAnswered(booking: string): Promise<boolean>;
}

/** How a slot is touched by closed bands: as a whole, or for their children; `left` are the bands that stay. */
export type BandClosing = { readonly kind: 'whole' } | { readonly kind: 'part'; readonly left: readonly ClassBand[] };

/** What the desk of an institution needs beyond that. */
export interface DeskStore {
  /** Bookings of one host whose slot starts in `[from, to)`, in these states where some are named, earliest first, then in order of asking; at most 1,000. */
  bookingsOf(host: HostRef, from: Instant, to: Instant, states?: readonly BookingState[]): Promise<readonly FoundBooking[]>;
  findById(jurisdiction: JurisdictionCode, id: string): Promise<FoundBooking | undefined>;
  /** Records something that changes nothing else, such as opening a contact. */
  record(event: AuditDraft): Promise<void>;
  reissue(booking: Booking, queryCodeHash: string, at: Instant, event: AuditDraft, message: Message): Promise<Moved>;
  closeBand(closing: {
    readonly host: HostRef; readonly from: Instant; readonly to: Instant; readonly at: Instant; readonly decide: (slot: Slot) => BandClosing;
    /** Null: this booking is not of the closed band. */
    readonly cancel: (found: FoundBooking, closing: BandClosing) => Transition | null;
    readonly offers: (slot: Slot) => Offers; readonly event: (slots: number, bookings: number) => AuditDraft;
  }): Promise<{ readonly slots: number; readonly bookings: readonly string[] }>;
  /** The code as it stands: this one, or, where the same code was issued before, that one, and nothing is written. */
  issueEnrolment(code: EnrolmentCode, codeHash: string, event: AuditDraft): Promise<EnrolmentCode>;
  enrolmentsOf(institution: string, validOn: IsoDate): Promise<readonly EnrolmentCode[]>;
  revokeEnrolment(code: EnrolmentCode, event: AuditDraft): Promise<Moved>;
  /** 入户指导队 of a street. */
  findTeamOf(jurisdiction: JurisdictionCode, subdistrict: SubdistrictCode): Promise<Team | undefined>;
  /** Writes a team with its audit event; false when it is no longer as `before` (null: there was none). */
  saveTeam(team: Team, before: Pick<Team, 'name' | 'verifyPhone'> | null, event: AuditDraft): Promise<boolean>;
  /** 预约规则 a host (its id) or a jurisdiction (its code) has set for a kind. */
  findTerms(scope: string, kind: BookingKind): Promise<{ readonly terms: BookingTerms; readonly version: number } | undefined>;
  /** `version` is the one that was read; 0 where none were set. */
  saveTerms(scope: string, kind: BookingKind, terms: BookingTerms, version: number, event: AuditDraft): Promise<Moved>;
}

/** Keys and chance, made outside the domain. */
export interface BookingSeals {
  newId(): string;
  newReference(): string;
  newQueryCode(): string;
  /** By chance; under a key the same code each time. */
  newEnrolmentCode(key?: string): string;
  hashQueryCode(reference: string, code: string): string;
  hashEnrolmentCode(institution: string, code: string): string;
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
