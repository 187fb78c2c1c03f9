import { z } from 'zod';
import { acceptances, classBands, institutionKinds, ownerships, serviceModes } from '#domain/directory/model.ts';
import { subdistrictCode } from '#domain/shared/codes.ts';
import { yearMonth } from '#domain/shared/dates.ts';

/** Order of the list. */
export const sorts = ['relevance', 'distance', 'fee', 'free'] as const;
/** What is shown beside credentials in force. */
export const includes = ['planned', 'ended'] as const;

/** Most institutions on one page, and how many when none is asked for. */
export const largestPageSize = 100;
export const usualPageSize = 20;

const wholeNumber = (least: number, most: number): z.ZodType<number, string> =>
  z.string().regex(/^-?\d{1,15}$/, 'format').transform(Number).pipe(z.number().min(least, 'range').max(most, 'range'));
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'format');
const flag = z.literal('1').transform(() => true);
const toThreeDecimals = (degrees: number): number => Math.round(degrees * 1000) / 1000;
const nearPoint = z.string().regex(/^-?\d{1,3}(\.\d{1,15})?,-?\d{1,3}(\.\d{1,15})?$/, 'format')
  .transform((text) => text.split(',').map(Number))
  .transform(([lng = 0, lat = 0]) => ({ lng: toThreeDecimals(lng), lat: toThreeDecimals(lat) }))
  .refine(({ lng, lat }) => lng >= 73 && lng <= 136 && lat >= 3 && lat <= 54, 'range');

/** Parameters given at most once, as they stand in a URL. */
export const singleParameters = {
  q: z.string().max(100, 'too-long'),
  months: wholeNumber(-10, 47),
  start: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'format').pipe(yearMonth),
  county: z.string().regex(/^\d{6}$/, 'format'),
  affordable: flag, free: flag, weekend: flag, holidays: flag, extended: flag, meals: flag,
  openBefore: clock, closeAfter: clock,
  maxFee: wholeNumber(0, 1_000_000),
  near: nearPoint,
  crs: z.enum(['wgs84', 'gcj02']),
  /** A street's code, an institution's id, or a word of names and addresses; never a position. */
  around: z.string().trim().min(2, 'format').max(60, 'too-long').refine((text) => !/\d\.\d{2}/.test(text), 'format'),
  radius: wholeNumber(1, 200_000),
  sort: z.enum(sorts),
  page: wholeNumber(1, 100_000),
  size: wholeNumber(1, largestPageSize),
} as const;

/** Most values of one repeated parameter. */
export const mostValues = 100;

/** Parameters that may be repeated: any of the values; of `accepts` all, since a child needs them all (not stated is never read as no). */
export const repeatedParameters = {
  band: z.enum(classBands), mode: z.enum(serviceModes), kind: z.enum(institutionKinds), ownership: z.enum(ownerships),
  subdistrict: z.string().regex(/^\d{9}$/, 'format').pipe(subdistrictCode),
  accepts: z.enum(acceptances),
  include: z.enum(includes),
} as const;

const { q, months, start, county, affordable, free, weekend, holidays, extended, meals, openBefore, closeAfter, maxFee, near, crs, around, radius, sort, page, size } = singleParameters;
const { band, mode, kind, ownership, subdistrict, accepts, include } = repeatedParameters;

const several = <Value extends z.ZodType>(one: Value) => z.array(one).max(mostValues, 'too-long').optional();

/** 查询条件 as a URL carries them: every parameter text, the repeatable ones lists of text; unknown ones are refused. */
export const directoryQuery = z.strictObject({
  q: q.optional(), months: months.optional(), start: start.optional(), county: county.optional(),
  affordable: affordable.optional(), free: free.optional(), weekend: weekend.optional(),
  holidays: holidays.optional(), extended: extended.optional(), meals: meals.optional(),
  openBefore: openBefore.optional(), closeAfter: closeAfter.optional(), maxFee: maxFee.optional(),
  near: near.optional(), crs: crs.optional(), around: around.optional(), radius: radius.optional(), sort: sort.optional(),
  page: page.optional(), size: size.optional(),
  band: several(band), mode: several(mode), kind: several(kind), ownership: several(ownership),
  subdistrict: several(subdistrict), accepts: several(accepts), include: several(include),
}).superRefine((asked, context) => {
  if (asked.near === undefined && asked.around === undefined && (asked.sort === 'distance' || asked.radius !== undefined)) {
    context.addIssue({ code: 'custom', path: ['near'], message: 'required' });
  }
}).transform((asked) => ({
  q: asked.q?.trim() ?? '', months: asked.months ?? null, start: asked.start ?? null,
  band: asked.band ?? [], mode: asked.mode ?? [], kind: asked.kind ?? [], ownership: asked.ownership ?? [],
  subdistrict: asked.subdistrict ?? [], county: asked.county ?? null,
  affordable: asked.affordable ?? false, free: asked.free ?? false, weekend: asked.weekend ?? false,
  holidays: asked.holidays ?? false, extended: asked.extended ?? false, meals: asked.meals ?? false, accepts: asked.accepts ?? [],
  openBefore: asked.openBefore ?? null, closeAfter: asked.closeAfter ?? null,
  /** Whole yuan. */
  maxFee: asked.maxFee ?? null,
  /** Browsers give WGS-84, so that is meant where `crs` is silent. */
  near: asked.near ? { ...asked.near, crs: asked.crs ?? 'wgs84' } : null,
  /** Becomes `near` when a directory is at hand. */
  around: asked.around ?? null,
  /** Metres. */
  radius: asked.radius ?? null,
  sort: asked.sort ?? 'relevance', include: asked.include ?? [],
  page: asked.page ?? 1, size: asked.size ?? usualPageSize,
}));

/** 查询条件, read. */
export type DirectoryQuery = Readonly<z.output<typeof directoryQuery>>;

/** The query that asks for everything in force. */
export const anyInstitution: DirectoryQuery = directoryQuery.parse({});
