import { z } from 'zod';
import { classBands, feePeriods } from '#domain/directory/model.ts';
import { isoDate, weekdayOf, type Instant, type IsoDate } from '#domain/shared/dates.ts';

/** Who said a thing: the institution, a street on its behalf (街道代录), or the authority. */
export const sayers = ['institution', 'street', 'authority'] as const;
export type Sayer = (typeof sayers)[number];

/** By whom and as of when; every group of words carries it. */
const said = { saidBy: z.enum(sayers), asOf: isoDate };
export type Said = { readonly saidBy: Sayer; readonly asOf: IsoDate };

const sentence = z.string().trim().min(1).max(500);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock');
const count = z.number().int().min(0).max(2000);

/** 编班: how many classes of a band there are, and how many care workers they have together. */
const classes = z.strictObject({
  ...said,
  bands: z.array(z.strictObject({ band: z.enum(classBands), classes: z.number().int().min(1).max(100).nullable(), careWorkers: count.nullable() })).min(1),
});

/** 一步延时费: what staying on between two clock times costs, integer fen. */
const extensionStep = z.strictObject({ from: clock, until: clock, amount: z.number().int().min(0), per: z.enum(feePeriods) });
export type ExtensionStep = z.infer<typeof extensionStep>;

/** 合同与钱: what is paid ahead, and what comes back when. */
const money = z.strictObject({
  ...said,
  extensionSteps: z.array(extensionStep),
  /** 预收周期, whole months; 0: nothing is taken ahead. */
  prepaidMonths: z.number().int().min(0).max(60).nullable(),
  depositRefund: sentence.nullable(), absenceMeals: sentence.nullable(), absenceCare: sentence.nullable(), leaving: sentence.nullable(),
  /** 托育服务协议, the text as the institution gives it. */
  agreement: z.string().trim().min(1).max(20_000).nullable(),
  /** 收费公示 since this day. */
  publishedOn: isoDate.nullable(),
  /** Whether the parent committee was heard on the fees in force. */
  committeeHeard: z.boolean().nullable(),
});

export const holidayOpening = ['open', 'closed', 'byArrangement'] as const;
/** 节假日与寒暑假. */
const hours = z.strictObject({
  ...said,
  publicHolidays: z.enum(holidayOpening).nullable(), makeUpWorkdays: z.enum(holidayOpening).nullable(),
  schoolHolidays: sentence.nullable(), receptionDays: sentence.nullable(),
});

/** 一日作息. */
const day = z.strictObject({
  ...said,
  schedule: z.array(z.strictObject({ from: clock, until: clock.nullable(), what: z.string().trim().min(1).max(60) })).max(40),
  outdoorMinutes: z.number().int().min(0).max(600).nullable(),
  /** 午睡: when and on what kind of bed. */
  sleep: sentence.nullable(),
});

export const mealNames = ['breakfast', 'morningSnack', 'lunch', 'afternoonSnack', 'dinner'] as const;
export type MealName = (typeof mealNames)[number];
/** 一周食谱; it holds for the week that begins on `weekOf`, a Monday. */
export const menu = z.strictObject({
  ...said,
  weekOf: isoDate.refine((monday) => weekdayOf(monday) === 1, 'monday'),
  days: z.array(z.strictObject({
    weekday: z.number().int().min(1).max(7),
    meals: z.array(z.strictObject({ meal: z.enum(mealNames), food: z.string().trim().min(1).max(120) })).min(1),
  })).min(1).max(7),
});
export type Menu = z.infer<typeof menu>;

/** 保育人员: how many, and how many of them hold a qualification. Never who. */
const staff = z.strictObject({ ...said, careWorkers: count.nullable(), qualified: count.nullable() })
  .refine(({ careWorkers, qualified }) => careWorkers === null || qualified === null || qualified <= careWorkers, { message: 'range', path: ['qualified'] });

export const healthWorkers = ['fullTime', 'partTime', 'none'] as const;
/** 卫生保健. */
const health = z.strictObject({
  ...said,
  healthWorker: z.enum(healthWorkers).nullable(),
  /** 签约社区卫生服务中心 or 儿保. */
  clinic: z.strictObject({ name: z.string().trim().min(1).max(100), visits: sentence.nullable() }).nullable(),
  medicine: sentence.nullable(), illness: sentence.nullable(),
});

/** 安全保卫. */
const safety = z.strictObject({
  ...said,
  /** 托育责任险. */
  insurance: z.strictObject({ held: z.boolean(), insurer: z.string().trim().min(1).max(100).nullable(), until: isoDate.nullable() }).nullable(),
  pickup: sentence.nullable(),
  /** Days for which recordings are kept. */
  recordingDays: z.number().int().min(0).max(3650).nullable(),
});

/** 家长委员会: formed or not, never its members. */
const committee = z.strictObject({ ...said, formed: z.boolean() });

/** 适应期. */
const adaptation = z.strictObject({
  ...said, days: z.number().int().min(0).max(90).nullable(), parentMayStay: z.boolean().nullable(), charge: sentence.nullable(), refund: sentence.nullable(),
});

/** 入托材料, in the order in which they are needed. */
const materials = z.strictObject({ ...said, items: z.array(z.string().trim().min(1).max(100)).min(1).max(30) });

/** 公示事项: the five that 《托育机构管理规范（试行）》第十五条 names. */
export const disclosureSubjects = ['fees', 'care', 'meals', 'health', 'security'] as const;
export type DisclosureSubject = (typeof disclosureSubjects)[number];
const disclosed = z.strictObject({ text: z.string().trim().min(1).max(2_000), publishedOn: isoDate.nullable() }).nullable().default(null);
const disclosures = z.strictObject({ ...said, fees: disclosed, care: disclosed, meals: disclosed, health: disclosed, security: disclosed });

/** 机构展示信息: the institution's own words, group by group; a group never filled in is null. */
export const listingWords = z.strictObject({
  classes: classes.nullable().default(null), money: money.nullable().default(null), hours: hours.nullable().default(null), day: day.nullable().default(null),
  menu: menu.nullable().default(null), staff: staff.nullable().default(null), health: health.nullable().default(null), safety: safety.nullable().default(null),
  committee: committee.nullable().default(null), adaptation: adaptation.nullable().default(null), materials: materials.nullable().default(null),
  disclosures: disclosures.nullable().default(null),
});
export type ListingWords = z.infer<typeof listingWords>;
export type WordGroup = keyof ListingWords;

/** The names of the groups, in the order in which a page tells them. */
export const wordGroups = ['classes', 'money', 'hours', 'day', 'menu', 'staff', 'health', 'safety', 'committee', 'adaptation', 'materials', 'disclosures'] as const satisfies readonly WordGroup[];

/** 机构照片 as kept: only one that a reviewer has looked at for recognisable children is ever shown. */
export const photo = z.strictObject({
  id: z.uuid(),
  /** SHA-256 of the re-encoded picture, its name among the files. */
  file: z.string().regex(/^[0-9a-f]{64}$/),
  caption: z.string().trim().min(1).max(60),
  /** 示意图: a drawing, not a photograph. */
  illustration: z.boolean(),
  takenOn: isoDate.nullable(), width: z.number().int().positive(), height: z.number().int().positive(),
  ...said,
  /** The reviewer who ticked 没有可辨认的儿童, and when; null until then. */
  cleared: z.strictObject({ by: z.string().min(1), on: isoDate }).nullable(),
});
export type Photo = z.infer<typeof photo>;

export const assessmentGrades = ['A', 'B', 'C', 'D'] as const;
/** 质量评估 by an authority. */
export const assessment = z.strictObject({
  id: z.uuid(), grade: z.enum(assessmentGrades),
  /** 评估年度; null where the document names none. */
  year: z.number().int().nullable().default(null),
  standard: z.string().min(1), body: z.string().min(1),
  assessedOn: isoDate, validUntil: isoDate.nullable(), documentNumber: z.string().nullable(), note: sentence.nullable(),
});
export type Assessment = z.infer<typeof assessment>;

export const decisionKinds = ['rectification', 'warning', 'fine', 'serviceStopped', 'criticism'] as const;
export type DecisionKind = (typeof decisionKinds)[number];
/** What became of a decision: revoked, changed, or confirmed unlawful. */
export const withdrawalKinds = ['revoked', 'changed', 'unlawful'] as const;
export type WithdrawalKind = (typeof withdrawalKinds)[number];
/** 正式决定: a formal document about the institution, without any private person's name. */
export const decision = z.strictObject({
  id: z.uuid(), kind: z.enum(decisionKinds), number: z.string().min(1), body: z.string().min(1), decidedOn: isoDate,
  /** Shown until this day; null: the document names no end. */
  until: isoDate.nullable(),
  about: z.string().trim().min(1).max(1_000),
  /** 变更、撤销 or 确认违法: since when, and what became of it. */
  withdrawn: z.strictObject({ kind: z.enum(withdrawalKinds).default('revoked'), on: isoDate, note: sentence }).nullable(),
  /** 机构的说明, shown beside it. */
  reply: z.strictObject({ text: z.string().trim().min(1).max(1_000), on: isoDate }).nullable(),
});
export type Decision = z.infer<typeof decision>;

/** What changed: words by group, the regulator's record by field, or its presence in the list. */
export const changeKinds = ['words', 'record', 'missing', 'returned'] as const;
export const change = z.strictObject({ id: z.uuid(), on: isoDate, kind: z.enum(changeKinds), parts: z.array(z.string().min(1).max(60)), by: z.enum(sayers) });
export type Change = z.infer<typeof change>;

/** An institution's listing with all that the authority and the site have added to it. */
export type Listing = {
  /** 0 until words were published for the first time. */
  readonly version: number;
  readonly words: ListingWords;
  readonly photos: readonly Photo[];
  readonly assessments: readonly Assessment[];
  readonly decisions: readonly Decision[];
  /** Newest first. */
  readonly changes: readonly Change[];
};

/** Nothing said yet. */
export const emptyWords: ListingWords = listingWords.parse({});

/** 信息有误: what a report is about. */
export const reportTopics = ['contact', 'fees', 'hours', 'places', 'credential', 'closed', 'photos', 'other'] as const;
export type ReportTopic = (typeof reportTopics)[number];

const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/u;
const phone = z.string().transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, '')).pipe(z.string().regex(/^(1[3-9]\d{9}|0\d{9,11})$/, 'format'));

/** A report as typed: which fact, what is right, and a phone only if the family wants to be called. */
export const correctionReport = z.strictObject({
  id: z.uuid({ error: 'format' }),
  topic: z.enum(reportTopics, { error: 'unknown-value' }),
  right: z.string().trim().min(4, 'too-short').max(500, 'too-long').refine((text) => !controlCharacter.test(text), 'format'),
  phone: phone.optional(),
});
export type CorrectionReport = z.infer<typeof correctionReport>;

export const reportStates = ['received', 'checked', 'corrected', 'declined'] as const;
export type ReportState = (typeof reportStates)[number];
/** What institution or authority noted on a report, and where it then stood. */
export const reportNote = z.strictObject({ side: z.enum(['institution', 'authority']), on: isoDate, state: z.enum(reportStates), words: z.string().min(1).max(300) });
export type ReportNote = z.infer<typeof reportNote>;

/** A report that was taken in, as its page confirms it; what was written stays sealed. */
export type TakenReport = { readonly reference: string; readonly topic: ReportTopic; readonly at: Instant };

/** 家庭托育点: how many children such a site takes, and how many one carer looks after. */
export const homeSiteRule = z.strictObject({
  key: z.string(), title: z.string(), issuedOn: z.string().nullable(), mostChildren: z.number().int().positive(), childrenPerCareWorker: z.number().int().positive(),
  confidence: z.enum(['A', 'B', 'C', 'G']), standing: z.string().min(1),
  source: z.strictObject({ title: z.string().min(1), url: z.string().nullable(), readOn: isoDate }),
});
export type HomeSiteRule = z.infer<typeof homeSiteRule>;
