import { z } from 'zod';
import { creditCode, jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { isoDate, yearMonth } from '#domain/shared/dates.ts';

/** 服务方式. */
export const serviceModes = ['fullDay', 'halfDay', 'hourly', 'temporary'] as const;
export type ServiceMode = (typeof serviceModes)[number];

/** 机构类型. */
export const institutionKinds = ['independent', 'kindergartenClass', 'homeSite', 'employer', 'community'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

/** 办托主体: 公办, 公建民营, 民办非营利, 民办营利, 用人单位. */
export const ownerships = ['public', 'publicPrivatelyRun', 'privateNonProfit', 'privateForProfit', 'employer'] as const;
export type Ownership = (typeof ownerships)[number];

/** 机构性质, the kind of legal body (the national registry's `institution_type`): 事业单位, 社会服务机构, 营利性. */
export const registrationNatures = ['publicInstitution', 'socialService', 'forProfit'] as const;
export type RegistrationNature = (typeof registrationNatures)[number];

/** 班型. */
export const classBands = ['infant', 'toddler', 'older', 'mixed'] as const;
export type ClassBand = (typeof classBands)[number];

/** Months `[from, until)` of each band. 依据《托育机构设置标准（试行）》: 乳儿班 6–12, 托小班 12–24, 托大班 24–36; 混合编班 18 个月以上. */
export const bandMonths: Readonly<Record<ClassBand, readonly [from: number, until: number]>> = {
  infant: [6, 12], toddler: [12, 24], older: [24, 36], mixed: [18, 36],
};

/** 资质: which body keeps it. 备案 is a notification, never a licence. */
export const credentialKinds = ['filing', 'kindergarten', 'licence'] as const;
export const credentialStates = ['planned', 'submitted', 'returned', 'receipted', 'changed', 'suspended', 'withdrawn'] as const;
export type CredentialState = (typeof credentialStates)[number];

export const credential = z.strictObject({
  kind: z.enum(credentialKinds),
  state: z.enum(credentialStates),
  /** 备案编号: text; the national list has none. */
  number: z.string().min(1).nullable(),
  /** 备案通过时间. */
  receiptedOn: isoDate.nullable(),
  /** Full name of the body that keeps the credential. */
  authority: z.string().min(1).nullable(),
  /** Since when the present state holds, for suspended and withdrawn. */
  since: isoDate.nullable(),
  decisionNumber: z.string().nullable(),
});
export type Credential = z.infer<typeof credential>;

export const bandOffer = z.strictObject({
  band: z.enum(classBands),
  /** 托位: standing capacity. */
  places: z.number().int().min(0).max(2000).nullable(),
  /** 空余托位, as the institution said on `confirmedOn`. */
  free: z.number().int().min(0).max(2000).nullable(),
  confirmedOn: isoDate.nullable(),
  /** 下次可入托月份. */
  availableFrom: yearMonth.nullable(),
});
export type BandOffer = z.infer<typeof bandOffer>;

/** 托位 of an institution; null where it has no band or a band's are not stated. */
export const statedPlaces = ({ bands }: { readonly bands: readonly Pick<BandOffer, 'places'>[] }): number | null =>
  (bands.length === 0 || bands.some(({ places }) => places === null) ? null : bands.reduce((sum, { places }) => sum + (places ?? 0), 0));

/** 收托规则: by months of age, or by school-year cohort as kindergartens do. */
export const admission = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('byMonths'), min: z.number().int().min(0).max(47), max: z.number().int().min(1).max(48) }),
  z.strictObject({
    rule: z.literal('byCohort'),
    entryMonth: yearMonth, bornFrom: yearMonth, bornUntil: yearMonth,
    applyFrom: isoDate.nullable(), applyUntil: isoDate.nullable(), how: z.string().nullable(),
  }),
]);
export type Admission = z.infer<typeof admission>;

/** 普惠认定: a recognised share of places, with dates and a price ceiling. */
export const recognition = z.strictObject({
  authority: z.string().min(1), documentNumber: z.string().nullable(),
  from: isoDate, until: isoDate.nullable(),
  places: z.array(z.strictObject({ band: z.enum(classBands), places: z.number().int().min(1) })).min(1),
  /** Integer fen per month. */
  priceCeiling: z.number().int().positive().nullable(),
  audience: z.string().nullable(),
});
export type Recognition = z.infer<typeof recognition>;

export const feeItems = ['care', 'meals', 'extension', 'materials', 'deposit', 'oneOff'] as const;
export const feePeriods = ['month', 'day', 'hour', 'time'] as const;
export const fee = z.strictObject({
  item: z.enum(feeItems),
  mode: z.enum(serviceModes).nullable(),
  band: z.enum(classBands).nullable(),
  /** Integer fen. */
  amount: z.number().int().min(0).nullable(),
  per: z.enum(feePeriods),
  required: z.boolean(),
  note: z.string().nullable(),
});
export type Fee = z.infer<typeof fee>;

export const openingHours = z.strictObject({
  /** 1 Monday … 7 Sunday. */
  weekday: z.number().int().min(1).max(7),
  opens: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock'),
  closes: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock'),
});
export type OpeningHours = z.infer<typeof openingHours>;

/** 拟调整的收费: approved, and in force from a day to come; it takes the fees' place by itself on that day. */
export const nextFees = z.strictObject({ fees: z.array(fee), from: isoDate, publishedOn: isoDate.nullable(), committeeHeard: z.boolean().nullable() });
export type NextFees = z.infer<typeof nextFees>;

/** Why no children are taken for a time. */
export const pauseReasons = ['illness', 'staff', 'repair', 'holiday', 'stopped', 'other'] as const;
/** 停班: one band, or all (null), takes no children from a day until a day (null: until further notice), as the institution itself says. */
export const pause = z.strictObject({ id: z.uuid(), band: z.enum(classBands).nullable(), from: isoDate, until: isoDate.nullable(), reason: z.enum(pauseReasons), saidOn: isoDate });
export type Pause = z.infer<typeof pause>;
export type PauseReason = Pause['reason'];

export const geoPoint = z.strictObject({ lng: z.number().min(73).max(136), lat: z.number().min(3).max(54), crs: z.enum(['wgs84', 'gcj02']) });
export type GeoPoint = z.infer<typeof geoPoint>;

/** 规划示范点: what a published plan said about a site that was to be built. Never a filing. */
export const plannedSite = z.strictObject({
  document: z.string(), year: z.number().int(), seedLine: z.number().int().nullable(),
  serviceModel: z.string(), nameProvisional: z.boolean(),
  areaStated: z.string().nullable(), capacityStated: z.string().nullable(), classes: z.number().int().nullable(), children: z.number().int().nullable(),
  dueMonth: yearMonth, responsibleUnit: z.string(), note: z.string().nullable(), takesChildren: z.boolean(),
});
export type PlannedSite = z.infer<typeof plannedSite>;

/** 可接收: what care for particular children an institution says yes or no to. */
export const acceptances = ['allergy', 'medicine', 'specialNeeds'] as const;
export type Acceptance = (typeof acceptances)[number];

/** 食物过敏, 慢病用药, 发育迟缓或残疾: yes, no, or null where the institution has not said; null is never read as no. */
export const accepts = z.strictObject({ allergy: z.boolean().nullable(), medicine: z.boolean().nullable(), specialNeeds: z.boolean().nullable() });
export type Accepts = z.infer<typeof accepts>;

/** Where a record was read and when. */
export const recordSource = z.strictObject({ title: z.string().min(1), url: z.string().nullable(), readOn: isoDate });

export const institution = z.strictObject({
  id: z.uuid(),
  jurisdiction: jurisdictionCode,
  /** County-level code below a city; null where the jurisdiction is itself a county or district. */
  county: z.string().regex(/^\d{6}$/).nullable(),
  subdistrict: subdistrictCode.nullable(),
  name: z.string().min(2).max(100),
  aliases: z.array(z.string().min(1).max(100)),
  kind: z.enum(institutionKinds).nullable(),
  ownership: z.enum(ownerships).nullable(),
  nature: z.enum(registrationNatures).nullable(),
  creditCode: creditCode.nullable(),
  address: z.string().max(200).nullable(),
  phone: z.string().max(30).nullable(),
  point: geoPoint.nullable(),
  credential,
  modes: z.array(z.enum(serviceModes)),
  bands: z.array(bandOffer),
  admission: admission.nullable(),
  recognitions: z.array(recognition),
  fees: z.array(fee),
  /** Day from which the fees apply. */
  feesFrom: isoDate.nullable(),
  /** Absent: no change of fees is to come. */
  nextFees: nextFees.optional(),
  /** Absent: none. Days that are over are left out by who shows them. */
  pauses: z.array(pause).optional(),
  hours: z.array(openingHours),
  /** 寒暑假是否开放. */
  opensInSchoolHolidays: z.boolean().nullable(),
  /** 家长接待日 and other remarks are the listing's; this is 延时服务至. */
  extendedUntil: z.string().nullable(),
  mealsProvided: z.boolean().nullable(),
  openToNeighbours: z.boolean().nullable(),
  accepts,
  /** 核对日期: the day the owner of the facts last confirmed them. */
  confirmedOn: isoDate.nullable(),
  source: recordSource,
  /** Absent from the last import since this day; nothing is deleted. */
  missingSince: isoDate.nullable(),
  planned: plannedSite.nullable(),
  /** 示例: an invented institution for demonstration. */
  sample: z.boolean(),
});
export type Institution = z.infer<typeof institution>;

/** In force: receipted or changed. */
export const isInForce = (held: Credential): boolean => held.state === 'receipted' || held.state === 'changed';
