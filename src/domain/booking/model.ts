import { z } from 'zod';
import type { ClassBand } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { yearMonth, type Instant, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** 预约类型. */
export const bookingKinds = ['visit', 'care', 'class', 'homeVisit'] as const;
export type BookingKind = (typeof bookingKinds)[number];

/** 预约状态. */
export const bookingStates = ['requested', 'confirmed', 'waiting', 'offered', 'declined', 'cancelled', 'expired', 'attended', 'noShow', 'turnedAway'] as const;
export type BookingState = (typeof bookingStates)[number];

/** States that hold a seat, and so make a second booking for the same child a duplicate. */
export const activeStates = ['requested', 'confirmed', 'waiting', 'offered'] as const satisfies readonly BookingState[];

/** 预约时段: a bookable time with a capacity. `taken` never passes `capacity`; the schema holds that. */
export type Slot = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly institution: string;
  readonly kind: BookingKind;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly capacity: number;
  readonly taken: number;
  readonly state: 'open' | 'closed';
  /** Empty: every band. */
  readonly bands: readonly ClassBand[];
};

/** Terms of booking: how far ahead it opens and how late it may be made or cancelled. */
export type BookingTerms = {
  readonly opensDaysAhead: number;
  readonly closesHoursBefore: number;
  readonly cancelHoursBefore: number;
};

/** The contract's defaults: opens 28 days ahead, closes 2 hours before, cancel until 2 hours before. */
export const defaultTerms: BookingTerms = { opensDaysAhead: 28, closesHoursBefore: 2, cancelHoursBefore: 2 };

/** Version of the children's-data rules a parent agrees to; printed on /privacy/. */
export const rulesVersion = '2026-11';

const plainPhone = (typed: string): string => typed.normalize('NFKC').replace(/[\s()-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');

/** 手机或固定电话: mainland mobile, or landline with its area code; blanks, dashes, full-width digits and +86 forgiven. */
export const phone = z.string().max(30, 'too-long').transform(plainPhone).pipe(z.string().regex(/^(1[3-9]\d{9}|0\d{9,11})$/, 'format'));

const unpairedSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const controlCharacter = /[\u0000-\u0009\u000B-\u001F\u007F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;
const isCleanText = (text: string): boolean => !unpairedSurrogate.test(text) && !controlCharacter.test(text);

/** 称呼: what the institution calls the parent; not a real name. */
export const contactName = z.string().trim().min(1, 'required').max(20, 'too-long').refine(isCleanText, 'format');

// A run of 11–18 digits is a phone or ID number, which this field must not hold.
export const bookingNote = z.string().trim().max(100, 'too-long').refine(isCleanText, 'format')
  .refine((text) => !/\d{11,18}/.test(text.normalize('NFKC').replace(/[\s-]/g, '')), 'format');

export const bookingChild = z.strictObject({ birthMonth: yearMonth });

/** What a parent sends, by form or by program. */
export const bookingRequest = z.strictObject({
  slotId: z.uuid({ error: 'format' }),
  children: z.array(bookingChild).min(1, 'range').max(4, 'range'),
  contactName,
  phone,
  consent: z.strictObject({ rulesVersion: z.string().min(1, 'required').max(20, 'too-long'), actingAs: z.enum(['guardian', 'entrusted']) }),
  enrolmentCode: z.string().max(40, 'too-long').optional(),
  waiting: z.boolean().optional(),
  note: bookingNote.optional(),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

/** What a booking keeps sealed: read only to show it to its parent or its institution. */
export const bookingContact = z.strictObject({
  contactName: z.string(), phone: z.string(), note: z.string().nullable(),
  children: z.array(z.strictObject({ birthMonth: yearMonth })), actingAs: z.enum(['guardian', 'entrusted']),
});
export type BookingContact = z.infer<typeof bookingContact>;

/** 预约: a parent's claim on one slot. */
export type Booking = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly reference: string;
  readonly slot: Slot;
  readonly state: BookingState;
  readonly seats: number;
  readonly version: number;
  readonly rulesVersion: string;
  readonly createdAt: Instant;
};

export type BookingMove = { readonly at: Instant; readonly kind: 'booked' | 'cancelled' | 'rescheduled' };

/** Why a booking is refused; the sentences are in `src/text/booking.ts`. */
export const bookingRefusals = ['full', 'already-booked', 'too-young', 'too-old', 'too-late', 'not-open-yet', 'monthly-hours-used', 'institution-suspended', 'rules-changed'] as const;
export type BookingRefusal = (typeof bookingRefusals)[number];

/** Advice, never a refusal: which band fits each child, and what the institution must check. */
export type ChildAdvice = {
  readonly birthMonth: YearMonth;
  readonly band: ClassBand | null;
  /** 'expected' before birth, 'check' when the day of birth decides. */
  readonly fit: 'fits' | 'check' | 'expected' | 'too-young' | 'too-old';
};

/** The day on which a slot falls, Asia/Shanghai. */
export type SlotDay = IsoDate;
