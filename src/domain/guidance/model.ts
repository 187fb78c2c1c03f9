import { z } from 'zod';
import { confidences } from '#domain/jurisdiction/model.ts';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { isoDate } from '#domain/shared/dates.ts';

/** `00` the whole country, two digits a province, six digits a place. */
export const region = z.string().regex(/^(00|\d{2}|\d{6})$/, 'region');
export const national = '00';

/** The regions whose rows hold in a place, widest first: the country, its province, the place. */
export const regionsOf = (code: string): readonly string[] => [national, code.slice(0, 2), code];

export const leaveKinds = ['maternity', 'maternityLater', 'difficultBirth', 'multipleBirth', 'lossEarly', 'lossLater', 'partner', 'parental', 'nursing'] as const;
export type LeaveKind = (typeof leaveKinds)[number];

/** 休假: one kind of leave in one region. `doubt` says why the number may be wrong; null where nothing speaks against it. */
export const leaveRow = z.strictObject({
  region: z.string().regex(/^\d{2}$/), kind: z.enum(leaveKinds),
  /** Null where the rule names no number. */
  amount: z.number().int().positive().nullable(), unit: z.enum(['day', 'dayPerYear', 'hourPerDay']), detail: z.string().nullable(),
  document: z.string().min(2), article: z.string().nullable(), confidence: z.enum(confidences),
  validFrom: isoDate.nullable(), doubt: z.string().nullable(),
});
export type LeaveRow = z.infer<typeof leaveRow>;

/** How a number may be shown: as it is, with 待官方核对, or not at all (known from nowhere that can be named). */
export type Standing = 'stated' | 'toVerify' | 'withheld';

/** 待核实: the standing of one kind of leave. */
export const leaveStanding = (row: Pick<LeaveRow, 'confidence' | 'doubt'>): Standing => {
  if (row.confidence === 'G') return 'withheld';
  return row.confidence === 'C' || row.doubt !== null ? 'toVerify' : 'stated';
};

/** 国家底线 and what the province of a place adds; the floor is there for every place. */
export const leaveIn = (rows: readonly LeaveRow[], code: string): { readonly floor: readonly LeaveRow[]; readonly local: readonly LeaveRow[] } => ({
  floor: rows.filter((row) => row.region === national),
  local: rows.filter((row) => row.region === code.slice(0, 2)),
});

/** 地方补贴: an allowance of a province or a place; none known leaves the section out. */
export const allowanceRow = z.strictObject({
  region, name: z.string().min(2), who: z.string().min(2), amount: z.string().min(1), channel: z.string().nullable(),
  from: isoDate.nullable(), until: isoDate.nullable(), document: z.string().min(2), number: z.string().nullable(), confidence: z.enum(confidences),
});
export type AllowanceRow = z.infer<typeof allowanceRow>;

/** Allowances that can be claimed in a place on a day; those that have ended, or that nobody verified, are left out. */
export const allowancesIn = (rows: readonly AllowanceRow[], code: string, today: string): readonly AllowanceRow[] =>
  rows.filter((row) => row.region !== national && regionsOf(code).includes(row.region) && row.confidence !== 'G' && (row.until === null || row.until >= today));

/** 入托材料: one paper; `point`, `items`, `validity` and `cost` are null where nobody said (请问机构), `-` where the question does not arise. */
export const materialRow = z.strictObject({
  region, key: z.string().regex(/^[a-z][a-z-]*$/), group: z.enum(['required', 'usual']), name: z.string().min(2),
  point: z.string().nullable(), items: z.string().nullable(), validity: z.string().nullable(), cost: z.string().nullable(), note: z.string().nullable(),
  document: z.string().nullable(), article: z.string().nullable(), confidence: z.enum(confidences),
});
export type MaterialRow = z.infer<typeof materialRow>;

/** The list of one place: its own row for a paper takes the place of its province's, and that of the country's. */
export const materialsIn = (rows: readonly MaterialRow[], code: string): readonly MaterialRow[] => {
  const held = new Map<string, MaterialRow>();
  for (const wanted of regionsOf(code)) for (const row of rows) if (row.region === wanted) held.set(row.key, row);
  return [...held.values()];
};

export const natures = ['institution', 'nonprofit', 'profit', 'employer'] as const;
export type Nature = (typeof natures)[number];

/** 登记机关 of one nature in one place, with the words of the document; `body` null where it names none. */
export const registrationRow = z.strictObject({
  place: jurisdictionCode, nature: z.enum(natures), body: z.string().nullable(),
  line: z.number().int().positive(), quote: z.string().min(4), doubt: z.string().nullable(),
});
export type RegistrationRow = z.infer<typeof registrationRow>;

/** Everything `data/policy` holds. */
export type PolicyData = {
  readonly leave: readonly LeaveRow[];
  readonly allowances: readonly AllowanceRow[];
  readonly materials: readonly MaterialRow[];
  readonly registration: readonly RegistrationRow[];
};
