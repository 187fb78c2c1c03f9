import { z } from 'zod';
import type { BookingKind, BookingState, StaffReason } from '#domain/booking/model.ts';
import { closedNotice, closedNoticeKind as closedKind, demandNotice, noticeKind as demandKind } from '#domain/demand/model.ts';
import type { JurisdictionCode } from '#domain/shared/codes.ts';
import { instant, type Instant } from '#domain/shared/dates.ts';

/** 预约通知: what a family is told about its booking. `reminder` is 参观前提醒, planned, not committed with a booking. */
export const bookingNoticeKinds = [
  'booking-made', 'booking-requested', 'booking-confirmed', 'booking-declined', 'booking-cancelled', 'booking-cancelled-by-institution', 'booking-rescheduled',
  'waiting-joined', 'offer-made', 'offer-expired', 'waiting-ended', 'code-reissued', 'reminder',
  'institution-suspended',
  /** 关停: the institution's filing has ended and every booking with it; nobody there may answer a call any more. */
  'institution-closed',
] as const;
export type BookingNoticeKind = (typeof bookingNoticeKinds)[number];
const reportKinds = ['correction-reported-institution', 'correction-reported-regulator'] as const;
/** 空位该核对了: to an institution, at most once a month. */
const placesKind = 'free-places-due';
/** 展示信息审核过了: to the institution, published or sent back. */
const listingKind = 'listing-decided';

/** Every kind of row the outbox holds; `desk-booking` tells an institution by mail what its families were told. */
export const noticeKinds = [...bookingNoticeKinds, demandKind, closedKind, ...reportKinds, 'desk-booking', placesKind, listingKind] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const noticeKind = z.enum(noticeKinds);

/** To the office alone: there is something new to read. What it is stands in no message. */
export const officeNoticeKinds = ['complaint-received', 'complaint-words'] as const;
export type OfficeNoticeKind = (typeof officeNoticeKinds)[number];
export const officeNoticeKind = z.enum(officeNoticeKinds);

const isBookingKind = (kind: string): kind is BookingNoticeKind => bookingNoticeKinds.some((one) => one === kind);

const bookingBody = z.strictObject({ booking: z.string().min(1), startsAt: instant.optional() });
const reportBody = z.strictObject({ report: z.string().min(1), institution: z.string().min(1), topic: z.string() });
const deskBody = z.strictObject({ booking: z.string().min(1), of: z.enum(bookingNoticeKinds) });

const placesBody = z.strictObject({ institution: z.string().min(1), month: z.string().min(7) });
const listingBody = z.strictObject({ institution: z.string().min(1), draft: z.string().min(1), version: z.number() });

/** What a sealed row opens to, by its kind: ids alone, no phone, no name, no birth month. */
export type Notice =
  | { readonly kind: BookingNoticeKind; readonly body: z.infer<typeof bookingBody> }
  | { readonly kind: typeof demandKind; readonly body: z.infer<typeof demandNotice> }
  | { readonly kind: typeof closedKind; readonly body: z.infer<typeof closedNotice> }
  | { readonly kind: 'correction-reported-institution'; readonly body: z.infer<typeof reportBody> }
  | { readonly kind: 'correction-reported-regulator'; readonly body: z.infer<typeof reportBody> }
  | { readonly kind: 'desk-booking'; readonly body: z.infer<typeof deskBody> }
  | { readonly kind: typeof placesKind; readonly body: z.infer<typeof placesBody> }
  | { readonly kind: typeof listingKind; readonly body: z.infer<typeof listingBody> };

/** Reads an opened row; throws where its body does not belong to its kind. */
export function readNotice(kind: NoticeKind, body: unknown): Notice {
  if (isBookingKind(kind)) return { kind, body: bookingBody.parse(body) };
  if (kind === demandKind) return { kind, body: demandNotice.parse(body) };
  if (kind === closedKind) return { kind, body: closedNotice.parse(body) };
  if (kind === 'desk-booking') return { kind, body: deskBody.parse(body) };
  if (kind === placesKind) return { kind, body: placesBody.parse(body) };
  if (kind === listingKind) return { kind, body: listingBody.parse(body) };
  if (kind === 'correction-reported-institution') return { kind, body: reportBody.parse(body) };
  return { kind, body: reportBody.parse(body) };
}

/** Whom a notice is about: an institution or a 入户指导 team, as the public knows it. `phone` is the office line of an institution. */
export type NoticeHost = { readonly kind: 'institution' | 'team'; readonly id: string; readonly name: string; readonly phone: string | null; readonly subdistrict: string | null };

/** A booking as a notice speaks of it: nothing of the child, and the family's contact only behind `NoticeSource`. */
export type BookingSubject = {
  readonly about: 'booking'; readonly id: string; readonly reference: string; readonly host: NoticeHost;
  readonly bookingKind: BookingKind; readonly title: string | null; readonly startsAt: Instant; readonly endsAt: Instant;
  readonly state: BookingState; readonly version: number; readonly reason: StaffReason | null; readonly offerEndsAt: Instant | null;
};
/** A registration of demand: free places at the host, or (`hasEnded`) the host itself has closed. */
export type DemandSubject = { readonly about: 'demand'; readonly hasEnded: boolean; readonly id: string; readonly reference: string; readonly host: NoticeHost };
export type ReportSubject = { readonly about: 'report'; readonly id: string; readonly reference: string; readonly host: NoticeHost };
/** An institution's free places in a month; its reference is that month. */
export type PlacesSubject = { readonly about: 'places'; readonly id: string; readonly reference: string; readonly host: NoticeHost };
/** A review of an institution's page: all of it published, or some or all sent back; its reference is the day. */
export type ListingSubject = { readonly about: 'listing'; readonly id: string; readonly reference: string; readonly host: NoticeHost; readonly isWhole: boolean };
export type NoticeSubject = BookingSubject | DemandSubject | ReportSubject | PlacesSubject | ListingSubject;

/** A family's (or, for a report, an institution's) number, and how to address who answers; opened only to deliver. */
export type NoticeContact = { readonly phone: string; readonly contactName: string | null };

/** A row of the outbox that a worker has leased: `lease` is its token, `attempts` counts this one. */
export type LeasedRow = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly kind: string; readonly sealed: string;
  readonly createdAt: Instant; readonly dueAt: Instant; readonly attempts: number; readonly lease: Instant;
};

/** 电话清单 states: not called yet, 已通知, 未接, 改期; `void`: what it would have said is no longer so. */
export const callStates = ['open', 'told', 'notReached', 'changed', 'void'] as const;
export type CallState = (typeof callStates)[number];
/** What one who called may write down. */
export const callResults = ['told', 'notReached', 'changed'] as const;
export type CallResult = (typeof callResults)[number];
/** Why a number is opened; kept in the record of what was done. */
export const callReasons = ['notify', 'callBack', 'checkDetails'] as const;
export type CallReason = (typeof callReasons)[number];

/** 电话通知清单, one row: no phone and no name is in it. */
export type CallRow = {
  readonly id: string; readonly jurisdiction: JurisdictionCode; readonly kind: NoticeKind; readonly sealed: string;
  /** Whose turn it is first; null: the office's from the beginning. */
  readonly institution: string | null; readonly subdistrict: string | null;
  /** Whether somebody must be called, or has seen it on the screen and the call is a courtesy. */
  readonly needed: boolean;
  readonly dueAt: Instant;
  /** From when the street and the office may call: two waking hours after it was due. */
  readonly officeAt: Instant;
  readonly state: CallState; readonly version: number; readonly tries: number;
  readonly workedBy: string | null; readonly workedAt: Instant | null;
};

/** Who calls: an institution's account, or one of the office (`subdistrict` null: the whole place). */
export type CallActor = { readonly account: string; readonly jurisdiction: JurisdictionCode } & (
  | { readonly side: 'institution'; readonly institution: string }
  | { readonly side: 'office'; readonly subdistrict: string | null });

export type CallRefusal = 'not-found' | 'not-yours' | 'not-yet' | 'no-longer-needed' | 'changed-meanwhile';

/** 已通知比例 of a place: courtesy calls and void rows not counted. */
export type Reached = { readonly told: number; readonly changed: number; readonly notReached: number; readonly open: number };
