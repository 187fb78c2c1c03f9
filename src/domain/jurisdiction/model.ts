import { z } from 'zod';
import { accountProfiles } from '#domain/accounts/model.ts';
import { classBands, type ClassBand } from '#domain/directory/model.ts';
import { jurisdictionCode, subdistrictCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';

/** The document a place's duties and targets rest on, and how it stands. */
export const documentStatuses = ['inForce', 'validityNotStated', 'expired', 'areaAbolished'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

/** 街道 / 乡镇, or a statistical unit (farm, zone); `legacyCode` and aliases where codes or names changed. */
export const subdistrict = z.strictObject({
  code: subdistrictCode, name: z.string().min(2), kind: z.string(),
  /** County-level code the unit lies in. */
  county: z.string().regex(/^\d{6}$/), countyName: z.string(),
  aliases: z.array(z.string()),
  /** Other codes the same unit bears or bore (2020 下城 codes, 拱墅 codes). */
  otherCodes: z.array(subdistrictCode),
});
export type Subdistrict = z.infer<typeof subdistrict>;

export const department = z.strictObject({
  /** Short stable key inside the place. */
  key: z.string().regex(/^[a-z][a-z0-9-]*$/), name: z.string().min(2), aliases: z.array(z.string()),
  phone: z.string().nullable(), seedLine: z.number().int().nullable(),
});
export type Department = z.infer<typeof department>;

export const subjects = ['abuse', 'unfiled', 'safety', 'fire', 'food', 'health', 'staff', 'fee', 'kindergarten', 'premises', 'leave', 'facility', 'guidance', 'product', 'official', 'other'] as const;
export type Subject = (typeof subjects)[number];
export const dutyBases = ['stated-lead', 'listed-jointly', 'derived', 'not-stated'] as const;

/** 职责分工: subject → lead and joining departments, with the line it stands on. */
export const duty = z.strictObject({
  subject: z.enum(subjects), topic: z.string().nullable(),
  lead: z.string().nullable(), joint: z.array(z.string()),
  basis: z.enum(dutyBases), line: z.number().int().nullable(), quote: z.string().nullable(),
});
export type Duty = z.infer<typeof duty>;

/** What a goal counts that this site can count too: 每千人口托位数, townships with an institution. */
export const targetMeasures = ['placesPerThousand', 'townshipCoverage'] as const;

/** 目标 of a place's document. */
export const target = z.strictObject({
  key: z.string(), name: z.string(),
  /** Null: nothing this site knows tells whether it is reached. */
  measure: z.enum(targetMeasures).nullable(),
  /** The number asked for: at least, at most; both null for a goal without a number. */
  least: z.number().nonnegative().nullable(), most: z.number().nonnegative().nullable(), unit: z.string().nullable(),
  /** The number is asked of each of these; null: of the place. */
  each: z.enum(['institution', 'township', 'county']).nullable(),
  /** The time in the document's own words, and its last day; null: no time stated. */
  due: z.string().nullable(), dueOn: z.union([isoDate, z.literal('yearly')]).nullable(),
  line: z.number().int(), quote: z.string(),
});
export type Target = z.infer<typeof target>;

export const jurisdictionFacts = z.strictObject({
  code: jurisdictionCode,
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  /** Full name with its city or province, 天津市河北区. */
  name: z.string(),
  /** What the header calls it, 河北区. */
  shortName: z.string(),
  level: z.enum(['district', 'county', 'city']),
  /** What it lies in, 天津市. */
  within: z.string(),
  /** Counties and districts below a city; empty elsewhere. */
  counties: z.array(z.strictObject({ code: z.string().regex(/^\d{6}$/), name: z.string(), filingAuthority: z.string().nullable() })),
  document: z.strictObject({
    title: z.string().nullable(), number: z.string().nullable(), issuer: z.string(), issuedOn: isoDate.nullable(),
    status: z.enum(documentStatuses), validUntil: isoDate.nullable(),
    /** One sentence a parent can read about how the document stands. */
    statusNote: z.string(),
    /** File name of the stored text, for checking quotes. */
    seed: z.string(),
  }),
  successor: z.strictObject({ name: z.string(), code: z.string(), since: isoDate.nullable() }).nullable(),
  /** Full name of the body that keeps filings here (null: each county's own). */
  filingAuthority: z.string().nullable(),
  /** Kinds of credential that make an institution listable. */
  listableCredentials: z.array(z.enum(['filing', 'kindergarten', 'licence'])),
  /** Rough centre for distances, GCJ-02; null where unknown. */
  centre: z.strictObject({ lng: z.number(), lat: z.number() }).nullable(),
  /** Share of institutions an import may lose before it is refused, 0…1. */
  suspiciousMissingShare: z.number().min(0).max(1),
  /** 岗位设置: `small` (also when absent) or `separated`, 三员分立. */
  accountProfile: z.enum(accountProfiles).optional(),
  /** 受理方式 of complaints: here, by 12345 alone (the site keeps nothing and makes a text to pass on), or `both` (also when absent). */
  intakeMode: z.enum(['here', 'hotline', 'both']).optional(),
  /** 三岁以下婴幼儿数, of the whole place (`subdistrict` null) or of a street, as a published source gives it; absent where none does. */
  childrenUnderThree: z.array(z.strictObject({ subdistrict: subdistrictCode.nullable(), count: z.number().int().positive(), asOf: isoDate, source: z.string().min(2) })).optional(),
  /** 常住人口, of the whole place, as a published source gives it; absent where none does. */
  population: z.strictObject({ count: z.number().int().positive(), year: z.number().int().min(2000).max(2100), source: z.string().min(2) }).optional(),
  /** Government-page parts: shown only when filled in. */
  host: z.strictObject({
    organiser: z.string().nullable(), phone: z.string().nullable(), siteIdCode: z.string().nullable(),
    icp: z.string().nullable(), policeRecord: z.string().nullable(),
  }),
});
export type JurisdictionFacts = z.infer<typeof jurisdictionFacts>;

/** 辖区: everything one folder of data says about a place. */
export type Jurisdiction = JurisdictionFacts & {
  readonly subdistricts: readonly Subdistrict[];
  readonly departments: readonly Department[];
  readonly duties: readonly Duty[];
  readonly targets: readonly Target[];
};

/** How sure we are of a fact: A read in full text, B excerpt with address, C public transcription, G not verified. */
export const confidences = ['A', 'B', 'C', 'G'] as const;
export type Confidence = (typeof confidences)[number];

const citation = z.strictObject({ document: z.string().min(1), article: z.string().min(1) });

/** 班型规定: class size, children per care worker and ages of one band. */
export const bandRule = z.strictObject({
  band: z.enum(classBands),
  /** Months `[from, until)`. */
  fromMonths: z.number().int().min(0), untilMonths: z.number().int().min(1),
  /** Most children in a class. */
  classSize: z.number().int().positive(),
  sizeCitation: citation, sizeConfidence: z.enum(confidences),
  /** Most children to one care worker; null where the standard states none. */
  childrenPerCareWorker: z.number().int().positive().nullable(),
  ratioCitation: citation.nullable(), ratioConfidence: z.enum(confidences).nullable(),
});
export type BandRule = z.infer<typeof bandRule>;

/** 照护规定: the national class sizes and ratios of one edition, with their standing. */
export const careRules = z.strictObject({
  key: z.string().regex(/^[a-z]{2}-\d{4}$/, 'rules-key'),
  title: z.string().min(1), number: z.string().nullable(), issuedOn: isoDate,
  validFrom: isoDate, validUntil: isoDate.nullable(),
  /** One sentence a parent can read about how far the figures have been checked. */
  standing: z.string().min(1),
  source: z.strictObject({ title: z.string().min(1), url: z.string().nullable(), readOn: isoDate, confidence: z.enum(confidences) }),
  bands: z.array(bandRule),
});
export type CareRules = z.infer<typeof careRules>;

/** 班型规定 of one band; undefined when the edition does not speak of it. */
export const ruleOf = (rules: CareRules, band: ClassBand): BandRule | undefined => rules.bands.find((rule) => rule.band === band);
