// Runs in the browser too: no library.

/** Which of the two tables a child is read on. */
export const sexes = ['boys', 'girls'] as const;
export type Sex = (typeof sexes)[number];

/** 体重 in kilograms; 身长（身高） and 头围 in centimetres. */
export const growthIndicators = ['weight', 'length', 'head'] as const;
export type GrowthIndicator = (typeof growthIndicators)[number];

/** WS/T 423—2022, and the WHO Child Growth Standards of 2006. */
export const growthStandards = ['wst423', 'who'] as const;
export type GrowthStandard = (typeof growthStandards)[number];

/** 身长 is measured lying before this whole month of age, 身高 standing from it on: two tables that no line may join. */
export const standingFrom = 24;
/** The last whole month the tables are kept for. */
export const lastGrowthMonth = 36;

/** One row of a table: whole month of age, −2 SD, median and +2 SD. */
export type GrowthRow = readonly [months: number, low: number, median: number, high: number];
export type GrowthTables = Readonly<Record<GrowthStandard, Readonly<Record<Sex, Readonly<Record<GrowthIndicator, readonly GrowthRow[]>>>>>>;

/** What the browser is asked to look at; nothing here tells of a child but the whole months of age. */
export type GrowthView = { readonly sex: Sex; readonly indicator: GrowthIndicator; readonly standard: GrowthStandard; readonly months: number | null };

/** One day's measuring: kilograms and centimetres, null where nothing was measured. */
export type Measuring = { readonly day: string } & Readonly<Record<GrowthIndicator, number | null>>;

/** 出生孕周: completed weeks and the days since. */
export type Gestation = { readonly weeks: number; readonly days: number };

/** 记录: what a family keeps on its own device; none of it ever leaves. */
export type GrowthRecord = { readonly birth: string; readonly sex: Sex; readonly gestation: Gestation | null; readonly measurings: readonly Measuring[] };

/** The value at a z-score, by Cole's LMS method as WHO uses it: M(1+LSz)^(1/L), and M·exp(Sz) where L is 0; two decimals. */
export const lmsValue = ({ L, M, S }: { readonly L: number; readonly M: number; readonly S: number }, z: number): number =>
  Number((L === 0 ? M * Math.exp(S * z) : M * (1 + L * S * z) ** (1 / L)).toFixed(2));
