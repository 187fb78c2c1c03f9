import { z } from 'zod';
import type { ClassBand } from '#domain/directory/model.ts';
import { subdistrictCode, type JurisdictionCode, type SubdistrictCode } from '#domain/shared/codes.ts';
import { yearMonth, type Instant, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** 预约类型. */
export const bookingKinds = ['visit', 'care', 'class', 'homeVisit'] as const;
export type BookingKind = (typeof bookingKinds)[number];

/** 预约状态. */
export const bookingStates = ['requested', 'confirmed', 'waiting', 'offered', 'declined', 'cancelled', 'expired', 'attended', 'noShow', 'turnedAway'] as const;
export type BookingState = (typeof bookingStates)[number];

/** States in which a child cannot be booked again for the same slot, or the same host and day. */
export const activeStates = ['requested', 'confirmed', 'waiting', 'offered'] as const satisfies readonly BookingState[];

/** States whose seats `Slot.taken` counts; an offered seat is held for one family alone, and what was attended stays taken. */
export const seatStates = ['requested', 'confirmed', 'offered', 'attended', 'noShow', 'turnedAway'] as const satisfies readonly BookingState[];

/** Who holds a slot: an institution, or the 入户指导 team of a subdistrict. */
export type HostRef = { readonly kind: 'institution' | 'team'; readonly id: string };

const words = z.string().min(1).max(300).nullable();
const fen = z.int().min(0).max(10_000_00);

/** 收费: integer fen by the hour or for one time; null where the host has not said. */
export const slotFee = z.strictObject({ amount: fen, per: z.enum(['hour', 'time']) });
export type SlotFee = z.infer<typeof slotFee>;

/** 参观: nothing to say beyond the time. */
export const visitDetails = z.strictObject({ kind: z.literal('visit') });
/** 计时托 / 临时托: what a family must know before it leaves a child; null or empty is 机构未填报. */
export const careDetails = z.strictObject({
  kind: z.literal('care'), fee: slotFee.nullable(),
  /** 最短时长 and 计费取整, minutes. */
  leastMinutes: z.int().min(15).max(720).nullable(), roundingMinutes: z.int().min(1).max(120).nullable(),
  lateFee: words, meals: z.boolean().nullable(), bring: z.array(z.string().min(1).max(40)).max(20),
  illnessRule: words, medicineRule: words,
  /** Most children the staff on duty may care for; null where no ratio is stated. */
  staffCap: z.int().min(1).max(200).nullable(),
});
/** 父母课堂 · 亲子活动: its own range of months `[from, until)`, with 孕期 or without; null where none is stated. */
export const classDetails = z.strictObject({
  kind: z.literal('class'),
  ages: z.strictObject({ fromMonths: z.int().min(0).max(72), untilMonths: z.int().min(1).max(72), pregnancy: z.boolean() }).nullable(),
  /** Adults who may come with one family. */
  adults: z.int().min(1).max(4).nullable(), place: words, fee: slotFee.nullable(),
});
/** 入户指导: the community only, never a door number; two come and show their cards. `verifyPhone` null: 待主办单位填写. */
export const homeVisitDetails = z.strictObject({ kind: z.literal('homeVisit'), subdistrict: subdistrictCode, twoCome: z.boolean(), showCards: z.boolean(), verifyPhone: z.string().min(5).max(20).nullable() });

/** What a slot says of its own kind; kept as JSON text. */
export const slotDetails = z.discriminatedUnion('kind', [visitDetails, careDetails, classDetails, homeVisitDetails]);
export type SlotDetails = z.infer<typeof slotDetails>;

/** What is known of a slot nobody has described: nothing, and said so. A home visit always names its subdistrict. */
export const nothingSaid = {
  visit: { kind: 'visit' },
  care: { kind: 'care', fee: null, leastMinutes: null, roundingMinutes: null, lateFee: null, meals: null, bring: [], illnessRule: null, medicineRule: null, staffCap: null },
  class: { kind: 'class', ages: null, adults: null, place: null, fee: null },
} as const satisfies Partial<Record<BookingKind, SlotDetails>>;

/** 入户指导队 of a subdistrict. `verifyPhone` null: 待主办单位填写. */
export type Team = { readonly id: string; readonly jurisdiction: JurisdictionCode; readonly subdistrict: SubdistrictCode; readonly name: string; readonly verifyPhone: string | null };

/** 预约规则 of one host and kind: data, never code. */
export type BookingTerms = {
  /** Opens this many days before the slot's day, at `opensAt` (`HH:MM`, Asia/Shanghai). */
  readonly opensDaysAhead: number;
  readonly opensAt: string;
  readonly closesHoursBefore: number;
  readonly cancelHoursBefore: number;
  /** Confirmed at once, or after the host has agreed. Care without an enrolment code is always on request. */
  readonly confirmation: 'instant' | 'onRequest';
  /** 每月时长: most hours of care one child may book in a month at one institution; null is off. */
  readonly monthlyHours: number | null;
  /** 候补: for `class` and `care` only. */
  readonly waitingList: boolean;
};

/** The contract's defaults: opens 28 days ahead, closes 2 hours before, cancel until 2 hours before. */
export const defaultTerms: BookingTerms = { opensDaysAhead: 28, opensAt: '00:00', closesHoursBefore: 2, cancelHoursBefore: 2, confirmation: 'instant', monthlyHours: null, waitingList: false };

/** The terms of a kind where neither the host nor its jurisdiction has set any. */
export const defaultTermsOf = (kind: BookingKind): BookingTerms =>
  ({ ...defaultTerms, confirmation: kind === 'care' ? 'onRequest' : 'instant', waitingList: kind === 'care' || kind === 'class' });

/** 预约时段: a bookable time with a capacity. `taken` never passes `capacity`; the schema holds that. */
export type Slot = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly host: HostRef;
  readonly kind: BookingKind;
  /** What a class is called; null for other kinds, or where the host has not said. */
  readonly title: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly capacity: number;
  readonly taken: number;
  /** Families in the queue; while there are any, no seat is open to others. */
  readonly waiting: number;
  readonly state: 'open' | 'closed';
  /** Empty: every band. */
  readonly bands: readonly ClassBand[];
  readonly details: SlotDetails;
  readonly terms: BookingTerms;
};

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

/** 社区 or village: a name, never a door number. */
export const community = z.string().trim().min(2, 'too-short').max(30, 'too-long').refine(isCleanText, 'format').refine((text) => !/\d{3,}/.test(text.normalize('NFKC')), 'format');

export const bookingChild = z.strictObject({ birthMonth: yearMonth });

/** What a parent sends, by form or by program. */
export const bookingRequest = z.strictObject({
  slotId: z.uuid({ error: 'format' }),
  children: z.array(bookingChild).min(1, 'range').max(4, 'range'),
  contactName,
  phone,
  consent: z.strictObject({ rulesVersion: z.string().min(1, 'required').max(20, 'too-long'), actingAs: z.enum(['guardian', 'entrusted']) }),
  enrolmentCode: z.string().max(40, 'too-long').optional(),
  /** 候补: join the queue when the slot is full. */
  waiting: z.boolean().optional(),
  note: bookingNote.optional(),
  /** 计划入托月份, for a visit: the month advice is given for. */
  plannedStart: yearMonth.optional(),
  /** 社区, for a home visit; never an address. */
  subdistrict: subdistrictCode.optional(),
  community: community.optional(),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

/** What a booking keeps sealed: read only to show it to its parent or its institution. */
export const bookingContact = z.strictObject({
  contactName: z.string(), phone: z.string(), note: z.string().nullable(),
  children: z.array(z.strictObject({ birthMonth: yearMonth })), actingAs: z.enum(['guardian', 'entrusted']),
  plannedStart: yearMonth.optional(), community: z.string().optional(),
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
  /** Who ended it, and why: null while it stands. */
  readonly endedBy: BookingEnder | null;
  readonly reason: StaffReason | null;
  /** Order in the slot's queue, rising with each who joined; null for who never waited. */
  readonly queueNumber: number | null;
  /** Until when an offered seat is held. */
  readonly offerEndsAt: Instant | null;
  /** The enrolment code it was booked with. */
  readonly enrolment: string | null;
};

export const bookingEnders = ['parent', 'institution', 'system'] as const;
export type BookingEnder = (typeof bookingEnders)[number];

/** Why an institution declines or cancels; `illness` and `closure` are those of a closed band. */
export const staffReasons = ['full', 'materials', 'age', 'staff', 'illness', 'closure', 'weather', 'other'] as const;
export type StaffReason = (typeof staffReasons)[number];

/** What a booking went through. */
export const bookingMoves = ['booked', 'cancelled', 'rescheduled', 'joined', 'offered', 'accepted', 'confirmed', 'declined', 'expired', 'attended', 'noShow', 'turnedAway', 'reissued'] as const;
export type BookingMoveKind = (typeof bookingMoves)[number];
export type BookingMove = { readonly at: Instant; readonly kind: BookingMoveKind };

/** 建档码 as kept: no child stands behind it. It holds until `validUntil`, and while the child has been seen within three months. */
export type EnrolmentCode = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly institution: string;
  readonly issuedOn: IsoDate; readonly validUntil: IsoDate; readonly seenOn: IsoDate; readonly state: 'active' | 'revoked'; readonly version: number;
};

/** 首次建档材料: what a family brings before care can be confirmed the first time. */
export const enrolmentMaterials = ['guardianId', 'vaccinationRecord', 'healthCheck', 'agreement', 'allergyAndFeeding', 'pickUpAuthorisation'] as const;
export type EnrolmentMaterial = (typeof enrolmentMaterials)[number];

/** 参观后的三个问题, private to the regulator. */
export const visitAnswers = z.strictObject({ infoMatched: z.enum(['yes', 'partly', 'no']), askedToPay: z.enum(['yes', 'no']), enrolled: z.enum(['yes', 'no', 'undecided']) });
export type VisitAnswers = z.infer<typeof visitAnswers>;
export type VisitSignal = VisitAnswers & { readonly id: string; readonly jurisdiction: JurisdictionCode; readonly institution: string; readonly visitedOn: IsoDate; readonly at: Instant };

/** Why a booking is refused; the sentences are in `src/text/booking.ts`. */
export const bookingRefusals = ['full', 'already-booked', 'too-young', 'too-old', 'too-late', 'not-open-yet', 'monthly-hours-used', 'institution-suspended', 'rules-changed', 'offer-ended', 'booking-over'] as const;
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
