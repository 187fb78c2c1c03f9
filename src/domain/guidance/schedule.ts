// Runs in the browser too: plain days, no library.
import { daysAfter, monthsAfter } from '#domain/guidance/babyAge.ts';
import type { Checkup, Reference, VaccineDose } from '#domain/guidance/monthModel.ts';

/** What of a dose decides its days. */
export type DoseRule = Pick<VaccineDose, 'id' | 'vaccine' | 'dose' | 'fromMonths' | 'finishBeforeMonths'>;
/** What of a visit decides its day. */
export type CheckupRule = Pick<Checkup, 'id' | 'name' | 'ageMonths' | 'fromDay'>;

/** A dose or a visit on the calendar of one child: from this day, and before that day where the programme says so. */
export type DatedStep = { readonly kind: 'dose' | 'checkup'; readonly id: string; readonly name: string; readonly dose: number | null; readonly months: number; readonly from: string; readonly before: string | null };

/** The days of every dose and visit that a birth date decides, earliest first; a visit that depends on another day is left out. */
export const datedSteps = (birth: string, doses: readonly DoseRule[], checkups: readonly CheckupRule[]): readonly DatedStep[] => [
  ...checkups.flatMap(({ id, name, ageMonths, fromDay }): readonly DatedStep[] => (ageMonths === null ? [] : [{ kind: 'checkup', id, name, dose: null, months: ageMonths, from: fromDay === null ? monthsAfter(birth, ageMonths) : daysAfter(birth, fromDay), before: null }])),
  ...doses.map(({ id, vaccine, dose, fromMonths, finishBeforeMonths }): DatedStep => ({ kind: 'dose', id, name: vaccine, dose, months: fromMonths, from: monthsAfter(birth, fromMonths), before: finishBeforeMonths === null ? null : monthsAfter(birth, finishBeforeMonths) })),
].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));

/** What the programme holds for a child of a whole number of months. */
export type MonthPlan = {
  /** Visits due in this month of age. */
  readonly checkupsNow: readonly Checkup[];
  readonly nextCheckup: Checkup | undefined;
  readonly dosesNow: readonly VaccineDose[];
  readonly nextDoses: readonly VaccineDose[];
  /** Doses whose age has come before this month, for comparing with the 预防接种证. */
  readonly earlierDoses: readonly VaccineDose[];
};

/** 本月和接下来: visits and doses around an age in whole months. */
export const planOf = (months: number, { doses, checkups }: Pick<Reference, 'doses' | 'checkups'>): MonthPlan => {
  const ageOf = ({ ageMonths }: Checkup): number => ageMonths ?? 0;
  const nextAge = Math.min(...doses.map(({ fromMonths }) => fromMonths).filter((age) => age > months));
  return {
    checkupsNow: checkups.filter((checkup) => ageOf(checkup) === months),
    nextCheckup: checkups.filter((checkup) => ageOf(checkup) > months).sort((one, other) => ageOf(one) - ageOf(other))[0],
    dosesNow: doses.filter(({ fromMonths }) => fromMonths === months),
    nextDoses: doses.filter(({ fromMonths }) => fromMonths === nextAge),
    earlierDoses: doses.filter(({ fromMonths }) => fromMonths < months),
  };
};
