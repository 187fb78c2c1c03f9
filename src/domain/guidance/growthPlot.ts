// Runs in the browser too. Places on the chart are shares of its width and height from 0 to 100, so that it fits any window.
import { lastGrowthMonth, standingFrom, type GrowthIndicator, type GrowthRow } from '#domain/guidance/growthModel.ts';

/** Where the upright axis begins, how far its marks lie apart, and the least it reaches; kilograms or centimetres. */
const axes: Readonly<Record<GrowthIndicator, { readonly from: number; readonly step: number; readonly to: number }>> = {
  weight: { from: 0, step: 4, to: 20 }, length: { from: 40, step: 10, to: 110 }, head: { from: 30, step: 5, to: 55 },
};

export type GrowthPlot = {
  /** Area of the reference range and its three lines, a path for each stretch that may be joined. */
  readonly stretches: readonly { readonly area: string; readonly low: string; readonly median: string; readonly high: string }[];
  readonly monthMarks: readonly { readonly at: number; readonly label: string }[];
  readonly valueMarks: readonly { readonly at: number; readonly label: string }[];
  /** Where the way of measuring changes; null where it does not. */
  readonly breakAt: number | null;
  readonly acrossAt: (months: number) => number;
  readonly downAt: (value: number) => number;
};

const share = (value: number): number => Math.round(value * 1000) / 1000;

/** The chart of one table; the upright axis grows so that each of `values` finds room. */
export const plotOf = (rows: readonly GrowthRow[], indicator: GrowthIndicator, values: readonly number[]): GrowthPlot => {
  const { from: least, step, to: most } = axes[indicator];
  const from = Math.min(least, ...values.map((value) => Math.floor(value / step) * step));
  const to = Math.max(most, ...values.map((value) => Math.ceil(value / step) * step));
  const acrossAt = (months: number): number => share((months / lastGrowthMonth) * 100);
  const downAt = (value: number): number => share(100 - ((value - from) / (to - from)) * 100);
  const line = (of: readonly GrowthRow[], at: 1 | 2 | 3): string => of.map((row) => `${String(acrossAt(row[0]))} ${String(downAt(row[at]))}`).join('L');
  const parts = indicator === 'length' ? [rows.filter(([months]) => months < standingFrom), rows.filter(([months]) => months >= standingFrom)] : [rows];
  return {
    stretches: parts.filter((part) => part.length > 0).map((part) => ({ area: `M${line(part, 3)}L${line(part.toReversed(), 1)}Z`, low: `M${line(part, 1)}`, median: `M${line(part, 2)}`, high: `M${line(part, 3)}` })),
    monthMarks: [0, 6, 12, 18, 24, 30, 36].map((months) => ({ at: acrossAt(months), label: String(months) })),
    valueMarks: Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => from + at * step).map((value) => ({ at: downAt(value), label: String(value) })),
    breakAt: indicator === 'length' ? acrossAt(standingFrom) : null,
    acrossAt, downAt,
  };
};

/** The line through a family's own points, broken where the way of measuring or of counting the age changes. */
export const ownLine = (points: readonly { readonly months: number; readonly value: number; readonly corrected: boolean }[], indicator: GrowthIndicator, plot: Pick<GrowthPlot, 'acrossAt' | 'downAt'>): string =>
  points.map(({ months, value, corrected }, at) => {
    const before = points[at - 1];
    const joined = before !== undefined && before.corrected === corrected && !(indicator === 'length' && before.months < standingFrom && months >= standingFrom);
    return `${joined ? 'L' : 'M'}${String(plot.acrossAt(months))} ${String(plot.downAt(value))}`;
  }).join('');
