import { z } from 'zod';
import { phone, rulesVersion } from '#domain/booking/model.ts';
import { serviceModes, type ClassBand, type ServiceMode } from '#domain/directory/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { instant, isoDate, yearMonth, type Instant, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** 登记状态: `told` after its one notice, until the family says that it still looks. */
export const demandStates = ['looking', 'told', 'withdrawn', 'lapsed'] as const;
export type DemandState = (typeof demandStates)[number];

/** 看哪些地方: the family's own street alone, or any street of its county or district. */
export const demandReaches = ['street', 'nearby'] as const;
export type DemandReach = (typeof demandReaches)[number];

/** 统计月龄段 in the month the family wants to begin; mixed classes are no age of their own. */
export const demandBands = ['underSixMonths', 'infant', 'toddler', 'older', 'overThree'] as const;
export type DemandBand = (typeof demandBands)[number];

/** Most institutions one family may name. */
export const mostInstitutions = 5;
/** Most registrations in force under one phone: brothers and sisters, twins. */
export const mostPerPhone = 3;
/** Calendar months for which a registration stands. */
export const lapsesAfterMonths = 6;

const clock = z.string({ error: 'required' }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'format');
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** 接送时间: brought at, fetched at, clock time. */
export const careHours = z.strictObject({ from: clock, until: clock }).refine(({ from, until }) => from < until, 'range');
export type CareHours = z.infer<typeof careHours>;

/** 登记入托需求: what a family sends, by form or by program. No name, no day of birth. */
export const demandRequest = z.strictObject({
  subdistrict: z.string({ error: 'required' }).regex(/^\d{9}$/, 'format').pipe(subdistrictCode),
  birthMonth: yearMonth,
  modes: z.array(z.enum(serviceModes)).min(1, 'required').max(serviceModes.length, 'range').refine(distinct, 'range'),
  /** The month in which care should begin. */
  start: yearMonth,
  /** Most the family can pay in all, whole yuan a month. */
  maxFee: z.number({ error: 'format' }).int('format').min(0, 'range').max(1_000_000, 'range').optional(),
  hours: careHours.optional(),
  reach: z.enum(demandReaches).optional(),
  institutions: z.array(z.uuid({ error: 'format' })).max(mostInstitutions, 'range').refine(distinct, 'range').optional(),
  phone: phone.optional(),
  consent: z.strictObject({ rulesVersion: z.string().min(1, 'required').max(20, 'too-long'), actingAs: z.enum(['guardian', 'entrusted']) }),
});
export type DemandRequest = z.infer<typeof demandRequest>;

/** The rules a family agrees to: those of the booking form, printed on /privacy/. */
export const demandRulesVersion = rulesVersion;

/** What a registration keeps sealed. `phone` null: the family looks again by code. */
export const demandSecret = z.strictObject({ birthMonth: yearMonth, phone: z.string().nullable(), hours: careHours.nullable(), actingAs: z.enum(['guardian', 'entrusted']) });
export type DemandSecret = z.infer<typeof demandSecret>;

/** 入托需求登记 as it is kept. */
export type Demand = {
  readonly id: string;
  readonly jurisdiction: JurisdictionCode;
  readonly reference: string;
  readonly subdistrict: SubdistrictCode;
  readonly modes: readonly ServiceMode[];
  readonly start: YearMonth;
  /** Whole yuan a month; null: no ceiling given. */
  readonly maxFee: number | null;
  readonly reach: DemandReach;
  readonly institutions: readonly string[];
  /** Institutions with a matching free place that the family has seen already: only others are news. */
  readonly shown: readonly string[];
  readonly state: DemandState;
  readonly version: number;
  /** How often the family has said that it looks, from 1; at most one notice each. */
  readonly round: number;
  readonly madeAt: Instant;
  /** The last day on which it stands. */
  readonly lapsesOn: IsoDate;
};

/** A registration with what was sealed in it. */
export type OpenDemand = Demand & Pick<DemandSecret, 'birthMonth' | 'hours'>;

/** An institution in force as demand looks at it. */
export type Candidate = {
  readonly id: string;
  readonly name: string;
  readonly subdistrict: string | null;
  /** County below a city; null where the jurisdiction is itself a county or district. */
  readonly county: string | null;
  readonly modes: readonly ServiceMode[];
  /** Bands that take a child of so many whole months in a month; empty where it is not taken or nothing is said. */
  readonly bandsFor: (months: number, month: YearMonth) => readonly ClassBand[];
  /** 空余托位 confirmed freshly, by band. */
  readonly freeIn: Readonly<Record<ClassBand, boolean>>;
  /** 全部费用 by band, integer fen a month; null where it is not stated. */
  readonly feeIn: Readonly<Record<ClassBand, number | null>>;
  /** Open on every working day from, until; null where it is not stated. */
  readonly hours: { readonly opens: string; readonly closes: string } | null;
  /** Bands with an open seat for care by the hour. */
  readonly careBands: readonly ClassBand[];
};

/** 合适的空位: an institution that may fit a family now. */
export type DemandMatch = { readonly institution: string; readonly name: string; readonly bands: readonly ClassBand[]; readonly chosen: boolean; readonly sameStreet: boolean };

/** Why a registration is refused; the sentences are in `src/text/demand.ts`. */
export const demandRefusals = ['rules-changed', 'too-many-for-phone'] as const;
export type DemandRefusal = (typeof demandRefusals)[number];

/** 登记回执: what a family gets once; the query code is kept nowhere else in clear. */
export const demandReceipt = z.object({ reference: z.string(), queryCode: z.string(), lapsesOn: isoDate }).readonly();
export type DemandReceipt = z.infer<typeof demandReceipt>;

/** What a sealed notice holds: no phone and no birth month; whoever sends it opens them from the registration. */
export const demandNotice = z.strictObject({ demand: z.uuid(), round: z.number().int().min(1), institution: z.uuid(), bands: z.array(z.string()), decidedAt: instant });
export type DemandNotice = z.infer<typeof demandNotice>;

/** Kind of the outbox row for it. */
export const noticeKind = 'demand-free-place';

/** 想去的机构停办: to a family that named an institution whose filing has ended. */
export const closedNotice = z.strictObject({ demand: z.uuid(), institution: z.uuid() });
export type ClosedNotice = z.infer<typeof closedNotice>;
export const closedNoticeKind = 'demand-institution-closed';
