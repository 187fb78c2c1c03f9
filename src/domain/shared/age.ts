import { monthNumber, monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** 月龄: the whole months a child of this birth month may have on a day. Year and month alone leave two answers. */
export type AgeInMonths = { readonly least: number; readonly most: number };

/** 月龄 on a day from year and month of birth: {n−1, n}. Negative while the child is expected. */
export const ageOn = (day: IsoDate, birthMonth: YearMonth): AgeInMonths => {
  const months = monthNumber(monthOf(day)) - monthNumber(birthMonth);
  return { least: months - 1, most: months };
};

/** How an age range answers a child whose day of birth is not known: `fits`, `check` (one of the two fits) or too young / old. */
export type AgeFit = 'fits' | 'check' | 'too-young' | 'too-old';

/** Whether a child fits months `[from, until)`; refuse only when neither possible age fits. */
export const fitsMonths = (age: AgeInMonths, from: number, until: number): AgeFit => {
  const inside = (months: number): boolean => months >= from && months < until;
  if (inside(age.least) && inside(age.most)) return 'fits';
  if (inside(age.least) || inside(age.most)) return 'check';
  return age.most < from ? 'too-young' : 'too-old';
};
