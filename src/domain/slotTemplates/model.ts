import { z } from 'zod';
import { bookingKinds, slotDetails, type BookingKind, type HostRef, type SlotDetails } from '#domain/booking/model.ts';
import { classBands, type ClassBand } from '#domain/directory/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate, type Instant, type IsoDate } from '#domain/shared/dates.ts';

const weekday = z.int('format').min(1, 'range').max(7, 'range');
const isOrdered = ({ from, until }: { readonly from: string; readonly until: string }): boolean => from <= until;
const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** One time of a day: `HH:MM` in Asia/Shanghai, and how long it lasts; it ends on the same day. */
// A start that cannot be read gives NaN here, and has been reported already.
export const templateTime = z.strictObject({ start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'format'), minutes: z.int('format').min(10, 'range').max(720, 'range') })
  .refine(({ start, minutes }) => !(minuteOf(start) + minutes > 24 * 60), { path: ['minutes'], message: 'range' });
export type TemplateTime = z.infer<typeof templateTime>;

const doNotOverlap = (times: readonly TemplateTime[]): boolean =>
  times.every((one, at) => times.slice(at + 1).every((other) => minuteOf(one.start) + one.minutes <= minuteOf(other.start) || minuteOf(other.start) + other.minutes <= minuteOf(one.start)));
const timesOfDay = z.array(templateTime).min(1, 'required').max(12, 'range').refine(doNotOverlap, 'format');

/** How many a slot takes, for which bands (none named: every band); for care also how many care workers are on duty, null where the host has not said. */
export const templateShare = z.strictObject({
  bands: z.array(z.enum(classBands)).max(4, 'range').refine(distinct, 'format'), capacity: z.int('format').min(1, 'range').max(500, 'range'), staffOnDuty: z.int('format').min(1, 'range').max(50, 'range').nullable(),
});
export type TemplateShare = z.infer<typeof templateShare>;

/** 排期模板 as the host fills it in. */
export const templatePattern = z.strictObject({
  kind: z.enum(bookingKinds),
  /** 1 = Monday … 7 = Sunday; each with every one of the times. */
  weekdays: z.array(weekday).min(1, 'required').max(7, 'range').refine(distinct, 'format'),
  times: timesOfDay,
  shares: z.array(templateShare).min(1, 'required').max(4, 'range'),
  title: z.string().trim().min(1, 'required').max(60, 'too-long').nullable(),
  details: slotDetails,
  validFrom: isoDate, validUntil: isoDate.nullable(),
  /** 调休上班日 runs as this weekday; null: closed. */
  makeUpLike: weekday.nullable(),
  holidays: z.enum(['closed', 'open']),
  /** 寒暑假, in the ranges the host has given. */
  schoolHolidays: z.enum(['closed', 'open']),
}).superRefine(({ kind, shares, title, details, validFrom, validUntil }, report) => {
  const fault = (path: readonly (string | number)[], message: string): void => { report.addIssue({ code: 'custom', path: [...path], message }); };
  const bands = shares.flatMap((share) => share.bands);
  if (details.kind !== kind) fault(['details'], 'unknown-value');
  if (validUntil !== null && validUntil < validFrom) fault(['validUntil'], 'range');
  if (kind !== 'care' && (shares.length > 1 || shares.some(({ staffOnDuty }) => staffOnDuty !== null))) fault(['shares'], 'unknown-value');
  if (!distinct(bands) || (shares.length > 1 && shares.some((share) => share.bands.length === 0))) fault(['shares'], 'format');
  if (kind === 'class' && title === null) fault(['title'], 'required');
});
export type TemplatePattern = z.infer<typeof templatePattern>;

/** 排期模板: a weekly pattern of one host, from which slots are made. */
export type SlotTemplate = TemplatePattern & {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly host: HostRef; readonly version: number;
  /** For each share, most children its staff may care for, as the rules stood when it was saved; null where no ratio is stated. */
  readonly caps: readonly (number | null)[];
};

/** The pattern of a template, as it is edited and saved again. */
export const patternOf = ({ id: _id, jurisdiction: _jurisdiction, host: _host, version: _version, caps: _caps, ...pattern }: SlotTemplate): TemplatePattern => pattern;

const range = { from: isoDate, until: isoDate };
const ofTemplate = { template: z.uuid('format').nullable() };
/** Why a host closes; illness is 传染病停班. */
export const closureReasons = ['illness', 'closure', 'staff', 'weather', 'other'] as const;
export type ClosureReason = (typeof closureReasons)[number];

/** 排期例外: what differs from the weekly pattern on some days; `template` null: all of the host's. */
export const slotException = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed'), ...range, ...ofTemplate, reason: z.enum(closureReasons) }).refine(isOrdered, { path: ['until'], message: 'range' }),
  z.strictObject({ kind: z.literal('schoolHoliday'), ...range, season: z.enum(['winter', 'summer']) }).refine(isOrdered, { path: ['until'], message: 'range' }),
  /** Other times on one day, or a day outside the weekly pattern: stands above holidays, below closures. */
  z.strictObject({ kind: z.literal('times'), day: isoDate, template: z.uuid('format'), instead: z.boolean(), times: timesOfDay }),
  z.strictObject({ kind: z.literal('closedBand'), ...range, bands: z.array(z.enum(classBands)).min(1, 'required').max(4, 'range'), reason: z.enum(closureReasons) }).refine(isOrdered, { path: ['until'], message: 'range' }),
]);
export type ExceptionPattern = z.infer<typeof slotException>;
export type SlotException = ExceptionPattern & { readonly id: string };

/** A slot as the templates want it. */
export type PlannedSlot = {
  readonly template: string; readonly jurisdiction: JurisdictionCode; readonly host: HostRef; readonly kind: BookingKind; readonly title: string | null;
  readonly startsAt: Instant; readonly endsAt: Instant; readonly capacity: number; readonly bands: readonly ClassBand[]; readonly details: SlotDetails;
};

/** A slot as it stands. */
export type StandingSlot = Omit<PlannedSlot, 'template' | 'host' | 'jurisdiction'> & {
  readonly id: string; readonly template: string | null; readonly taken: number; readonly waiting: number; readonly state: 'open' | 'closed';
};

/** What the desk decided about a booked slot that no longer fits: it stays as it is, or takes no more bookings. */
export const slotDecisions = ['keep', 'stop'] as const;
export type SlotDecision = (typeof slotDecisions)[number];

/** Why a booked slot no longer fits. */
export const conflictReasons = ['not-planned', 'other-end', 'too-few-seats', 'other-details'] as const;
export type ConflictReason = (typeof conflictReasons)[number];

/** A booked slot that no longer fits: untouched until the desk keeps it, stops it, moves its families or cancels with notice. */
export type SlotConflict = { readonly slot: StandingSlot; readonly reasons: readonly ConflictReason[]; readonly planned: PlannedSlot | null };

/** What a slot that stands becomes. */
export type SlotUpdate = { readonly id: string; readonly template: string; readonly endsAt: Instant; readonly capacity: number; readonly details: SlotDetails; readonly booked: boolean; readonly visible: boolean };

/** What brings the slots that stand to what the templates want. */
export type SlotChanges = {
  readonly insert: readonly PlannedSlot[];
  readonly update: readonly SlotUpdate[];
  /** Never booked by anyone now: taken away, or closed where an ended booking still names it. */
  readonly remove: readonly StandingSlot[];
  readonly conflicts: readonly SlotConflict[];
  /** Planned, but a booked slot that no longer fits lies across them. */
  readonly heldBack: readonly PlannedSlot[];
  /** Slots with more seats than before: the waiting list is asked. */
  readonly raised: readonly string[];
};

/** What a plan gives, and the years whose 节假日安排 is not published: there, weekdays alone decide. */
export type SlotPlan = { readonly slots: readonly PlannedSlot[]; readonly calendarMissing: readonly number[] };

/** All that decides a host's slots. */
export type Timetable = {
  readonly templates: readonly SlotTemplate[]; readonly exceptions: readonly SlotException[]; readonly standing: readonly StandingSlot[];
  readonly decisions: ReadonlyMap<string, SlotDecision>;
  /** 开放天数 of the host's terms by kind; a kind it does not name opens 28 days ahead. */
  readonly opensDaysAhead: ReadonlyMap<BookingKind, number>;
};

/** First and last day of a plan. */
export type DayRange = { readonly first: IsoDate; readonly last: IsoDate };

/** A class that was in the public calendar and was called off. */
export type CalledOff = { readonly id: string; readonly title: string | null; readonly startsAt: Instant; readonly endsAt: Instant; readonly sequence: number };
