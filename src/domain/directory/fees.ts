import type { ClassBand, Fee, Institution, ServiceMode } from '#domain/directory/model.ts';

type FeeItem = Fee['item'];
/** A required charge that is not by the month and so not in the sum: meals at 15 元/天. */
export type OtherCharge = { readonly item: FeeItem; readonly amount: number; readonly per: Fee['per'] };

/** 全部费用 per month: what a family must pay each month, and what comes on top by the day, hour or time. */
export type MonthlyFee = {
  /** Integer fen per month. */
  readonly amount: number;
  readonly includes: readonly FeeItem[];
  /** Required, but charged otherwise than by the month; shown apart, never converted. */
  readonly perDayNotIncluded: readonly OtherCharge[];
  /** Required, but the amount is not stated. */
  readonly notStated: readonly FeeItem[];
  /** The mode the sum is for; null where the fee names none. */
  readonly mode: ServiceMode | null;
  /** Bands differ; this is the lowest. */
  readonly fromLowestBand: boolean;
};

/** The order in which a mode stands for the institution when none is asked for. */
const modeOrder: readonly (ServiceMode | null)[] = ['fullDay', null, 'halfDay', 'hourly', 'temporary'];

const appliesTo = (charge: Fee, band: ClassBand | null, mode: ServiceMode | null): boolean =>
  (charge.band === null || charge.band === band) && (charge.mode === null || charge.mode === mode);

const sumFor = (fees: readonly Fee[], band: ClassBand | null): Omit<MonthlyFee, 'fromLowestBand'> | null => {
  const careFees = fees.filter((charge) => charge.item === 'care' && charge.per === 'month' && charge.amount !== null
    && (charge.band === null || charge.band === band));
  const care = modeOrder.flatMap((mode) => {
    const inMode = careFees.filter((charge) => charge.mode === mode);
    return inMode.find((charge) => charge.band !== null) ?? inMode[0] ?? [];
  })[0];
  if (care === undefined || care.amount === null) return null;
  const others = fees.filter((charge) => charge.required && (charge.item === 'meals' || charge.item === 'materials')
    && appliesTo(charge, band, care.mode));
  const known = others.flatMap(({ item, amount, per }) => (amount === null ? [] : [{ item, amount, per }]));
  const monthly = known.filter(({ per }) => per === 'month');
  return {
    amount: care.amount + monthly.reduce((sum, charge) => sum + charge.amount, 0),
    includes: ['care', ...new Set(monthly.map(({ item }) => item))],
    perDayNotIncluded: known.filter(({ per }) => per !== 'month'),
    notStated: [...new Set(others.filter(({ amount }) => amount === null).map(({ item }) => item))],
    mode: care.mode,
  };
};

/**
 * 全部费用 per month in one band, or the lowest of several bands (all when none is named). Only required items charged
 * by the month are added (care, meals, materials); null when no monthly care fee is stated.
 */
export const monthlyFee = (of: Institution, bands?: readonly ClassBand[]): MonthlyFee | null => {
  const named = of.fees.flatMap((charge) => charge.band ?? []);
  const asked: readonly (ClassBand | null)[] = bands ?? [...new Set([...of.bands.map(({ band }) => band), ...named])];
  const sums = (asked.length > 0 ? asked : [null]).flatMap((band) => sumFor(of.fees, band) ?? []);
  const lowest = sums.reduce<(typeof sums)[number] | undefined>((least, sum) => (least && least.amount <= sum.amount ? least : sum), undefined);
  return lowest ? { ...lowest, fromLowestBand: sums.some((sum) => sum.amount !== lowest.amount) } : null;
};
