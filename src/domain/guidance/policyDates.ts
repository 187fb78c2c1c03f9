import type { DocumentStatus, Target } from '#domain/jurisdiction/model.ts';
import { addMonths, monthNumber, monthOf, yearMonth, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** 目标的状态 on a day: never 'reached', since no source says so. */
export type GoalStanding = 'ahead' | 'passed' | 'yearly' | 'undated' | 'expired' | 'abolished';

/** How one goal stands today, given how its document stands. */
export const goalStanding = (dueOn: Target['dueOn'], today: IsoDate, status: DocumentStatus, validUntil: string | null): GoalStanding => {
  if (status === 'areaAbolished') return 'abolished';
  if (status === 'expired' || (validUntil !== null && validUntil < today)) return 'expired';
  if (dueOn === 'yearly') return 'yearly';
  if (dueOn === null) return 'undated';
  return dueOn < today ? 'passed' : 'ahead';
};

/** 一届: children born from a September to the next August, and the Septembers they commonly begin in. */
export type Cohort = { readonly bornFrom: YearMonth; readonly bornTo: YearMonth; readonly nurseryFrom: YearMonth; readonly kindergartenFrom: YearMonth };

const cohortBornFrom = (bornFrom: YearMonth): Cohort => ({
  bornFrom, bornTo: addMonths(bornFrom, 11), nurseryFrom: addMonths(bornFrom, 36), kindergartenFrom: addMonths(bornFrom, 48),
});

/** The September on or before a month. */
const septemberBefore = (month: YearMonth): YearMonth => {
  const year = Number(month.slice(0, 4)) - (month.slice(5) < '09' ? 1 : 0);
  return yearMonth.parse(`${String(year).padStart(4, '0')}-09`);
};

/** 出生月份表 (9 月 cut-off by cohort): the cohorts of children under four today, unborn ones of this school year with them; oldest first. */
export const cohortsOn = (today: IsoDate): readonly Cohort[] => {
  const oldest = septemberBefore(addMonths(monthOf(today), -47));
  const newest = monthNumber(monthOf(today));
  const found: Cohort[] = [];
  for (let at = oldest; monthNumber(at) <= newest; at = addMonths(at, 12)) found.push(cohortBornFrom(at));
  return found;
};

/** The cohort a birth month belongs to by the common cut-off of 1 September. */
export const cohortOf = (born: YearMonth): Cohort => cohortBornFrom(septemberBefore(born));

/** Whole months of age on 1 September for each calendar month of birth, September first; a child born on the first day is one month older. */
export const agesByBirthMonth: readonly { readonly month: number; readonly atNursery: number; readonly atKindergarten: number }[] =
  Array.from({ length: 12 }, (_, later) => ({ month: ((8 + later) % 12) + 1, atNursery: 35 - later, atKindergarten: 47 - later }));
