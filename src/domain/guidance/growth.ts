// Runs in the browser too: days are plain text `YYYY-MM-DD` (civil days, no time zone), and nothing loads a library.
import { daysAfter, daysUntil, exactAge, monthsAfter, type ExactAge } from '#domain/guidance/babyAge.ts';
import { lastGrowthMonth, standingFrom, type Gestation, type GrowthIndicator, type GrowthRecord, type GrowthRow } from '#domain/guidance/growthModel.ts';

/** 参考范围 at an age. `table`: a row as printed; `between`: on the straight line between two rows; `held`: the last lying row, because no line leads to the standing one. */
export type GrowthBand = { readonly low: number; readonly median: number; readonly high: number; readonly by: 'table' | 'between' | 'held'; readonly rowMonths: number };

const hundredths = (value: number): number => Number(value.toFixed(2));

/** The band at an age in months (fractions allowed); null before the first row and after the last. Length is never interpolated across 24 months. */
export const bandAt = (rows: readonly GrowthRow[], indicator: GrowthIndicator, age: number): GrowthBand | null => {
  const next = rows.find(([months]) => months >= age);
  if (!next || age < 0) return null;
  const banded = ([months, low, median, high]: GrowthRow, by: GrowthBand['by']): GrowthBand => ({ low, median, high, by, rowMonths: months });
  if (next[0] === age) return banded(next, 'table');
  const before = rows.findLast(([months]) => months < age);
  if (!before) return null;
  if (indicator === 'length' && before[0] < standingFrom && next[0] >= standingFrom) return banded(before, 'held');
  const part = (age - before[0]) / (next[0] - before[0]);
  const between = (at: 1 | 2 | 3): number => hundredths(before[at] + (next[at] - before[at]) * part);
  return { low: between(1), median: between(2), high: between(3), by: 'between', rowMonths: before[0] };
};

/** Whether a measured value lies in the band, edges included; never more of a verdict than that. */
export const placeIn = (band: GrowthBand, value: number): 'within' | 'ask' => (value >= band.low && value <= band.high ? 'within' : 'ask');

/** Days of a term pregnancy (40 weeks) and the least of one that is not preterm (37 weeks). */
const [fullDays, termDays] = [280, 259];
/** Until this actual age a preterm child's age is corrected; common practice, 待官方核对. */
export const correctedUntil = 24;

const daysOf = ({ weeks, days }: Gestation): number => weeks * 7 + days;

/** 早产: born before 37 completed weeks. */
export const isPreterm = (gestation: Gestation | null): boolean => gestation !== null && daysOf(gestation) < termDays;

/** The day a child would have been born after 40 weeks; its birth date when it was not preterm. */
export const dueDayOf = (birth: string, gestation: Gestation | null): string => (gestation !== null && isPreterm(gestation) ? daysAfter(birth, fullDays - daysOf(gestation)) : birth);

/** The age a measuring is read at, `months` with the fraction of the month begun; or why the tables say nothing of that day. */
export type AgeRead =
  | { readonly kind: 'age'; readonly months: number; readonly exact: ExactAge; readonly corrected: boolean }
  | { readonly kind: 'before-birth' | 'before-due' | 'older' };

/** 月龄 for the chart on a day: corrected for preterm birth until 24 months of actual age, actual from then on. */
export const ageForGrowth = ({ birth, gestation }: Pick<GrowthRecord, 'birth' | 'gestation'>, day: string): AgeRead => {
  const actual = exactAge(birth, day);
  if (!actual) return { kind: 'before-birth' };
  const corrected = isPreterm(gestation) && actual.months < correctedUntil;
  const from = corrected ? dueDayOf(birth, gestation) : birth;
  const exact = exactAge(from, day);
  if (!exact) return { kind: 'before-due' };
  if (exact.months > lastGrowthMonth || (exact.months === lastGrowthMonth && exact.days > 0)) return { kind: 'older' };
  const month = daysUntil(monthsAfter(from, exact.months), monthsAfter(from, exact.months + 1));
  return { kind: 'age', months: exact.months + exact.days / month, exact, corrected };
};
