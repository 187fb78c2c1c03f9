import { z } from 'zod';
import { classBands, serviceModes, type ClassBand, type RegistrationNature, type ServiceMode } from '#domain/directory/model.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { Instant, IsoDate, YearMonth } from '#domain/shared/dates.ts';

/** Most that is taken for one number of a count. */
export const mostChildren = 2_000;
const number = z.int().min(0).max(mostChildren);

/** 在托人数 of one band in one mode at the end of a month. */
export const countPart = z.strictObject({ band: z.enum(classBands), mode: z.enum(serviceModes), children: number });
export type CountPart = z.infer<typeof countPart>;

/** What a monthly count says; null where it was left open. */
export const countSaid = z.strictObject({
  parts: z.array(countPart).max(classBands.length * serviceModes.length),
  /** 其中普惠. */
  affordable: number.nullable(),
  /** 其中随迁. */
  migrant: number.nullable(),
  /** 保育人员在岗数. */
  careWorkers: number.nullable(),
});
export type CountSaid = z.infer<typeof countSaid>;

/** 月报, said by the institution itself or entered by its street (街道代录). */
export type MonthlyCount = {
  readonly institution: string; readonly month: YearMonth; readonly said: CountSaid; readonly by: 'institution' | 'street'; readonly version: number; readonly reportedAt: Instant;
};

/** What a count needs of an institution's record, so that nothing is asked twice. */
export type CountedInstitution = {
  readonly id: string; readonly name: string; readonly aliases: readonly string[]; readonly county: string | null; readonly subdistrict: SubdistrictCode | null; readonly address: string | null;
  readonly nature: RegistrationNature | null; readonly creditCode: string | null; readonly receiptedOn: IsoDate | null;
  readonly modes: readonly ServiceMode[]; readonly bands: readonly { readonly band: ClassBand; readonly places: number | null }[];
};

/** Who reports: an institution for itself, or a street for one of its own. */
export type CountActor = { readonly account: string; readonly jurisdiction: JurisdictionCode } & (
  | { readonly side: 'institution'; readonly institution: string }
  | { readonly side: 'street'; readonly subdistrict: string });

/** Fields of a row of the export; `children` alone is the sum. */
export const countFields = [
  'name', 'aliases', 'area', 'areaCode', 'address', 'nature', 'receiptedOn', 'creditCode', 'subdistrict', 'month', 'reported', 'saidBy', 'reportedOn', 'places', 'children', 'affordable', 'migrant', 'careWorkers',
  ...classBands.flatMap((band) => serviceModes.map((mode) => `${band}.${mode}` as const)),
] as const;
export type CountField = (typeof countFields)[number];

/** 月报的安排, `data/rules/monthly-count.json`: by which day of the following month, and the columns the upper level asks for. */
export const countTerms = z.strictObject({
  dueDay: z.int().min(1).max(28),
  /** How many months back a count may still be given or mended. */
  monthsBack: z.int().min(1).max(12),
  /** What these rest on, for the pages. */
  standing: z.string().min(4),
  columns: z.array(z.strictObject({ field: z.enum(countFields), heading: z.string().min(1).max(40) })).min(1),
});
export type CountTerms = z.infer<typeof countTerms>;

/** Why a count is not taken. */
export type CountRefusal = 'not-found' | 'not-open' | 'too-many-affordable' | 'too-many-migrant' | 'changed-meanwhile';
