import { bandMonths, type ClassBand } from '#domain/directory/model.ts';
import { addDays, addMonths, dayOf, instantAt, isoDate, monthNumber, monthOf, timeOf, type Instant, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';
import { lapsesAfterMonths, type Candidate, type DemandBand, type DemandMatch, type DemandRequest, type OpenDemand } from '#domain/demand/model.ts';

/** Furthest expected month of birth, furthest month of beginning, oldest age at the beginning (cohort classes answer up to 47 months). */
const expectedMonthsAhead = 10;
export const startMonthsAhead = 24;
const oldestMonths = 47;
/** A free place is told of from so many months before the month a family wants to begin: earlier it would be gone by then. */
export const noticeMonthsAhead = 3;

export type DemandFault = { readonly field: 'birthMonth' | 'start' | 'subdistrict' | 'institutions'; readonly code: 'range' | 'unknown-value' };

/** Months no registration can have: a child too far ahead or long at kindergarten, a beginning that has passed, is before birth or too far off. */
export function demandMonthFaults({ birthMonth, start }: Pick<DemandRequest, 'birthMonth' | 'start'>, today: IsoDate): readonly DemandFault[] {
  const [birth, begins, now] = [monthNumber(birthMonth), monthNumber(start), monthNumber(monthOf(today))];
  if (birth > now + expectedMonthsAhead || now - birth > oldestMonths) return [{ field: 'birthMonth', code: 'range' }];
  if (begins < now || begins > now + startMonthsAhead || begins < birth) return [{ field: 'start', code: 'range' }];
  return begins - birth > oldestMonths ? [{ field: 'birthMonth', code: 'range' }] : [];
}

const youngest = bandMonths.infant[0];
/** 统计月龄段: the age a child reaches in the month it should begin. */
export function demandBandOf(birthMonth: YearMonth, start: YearMonth): DemandBand {
  const months = monthNumber(start) - monthNumber(birthMonth);
  if (months < youngest) return 'underSixMonths';
  const bands = ['infant', 'toddler', 'older'] as const;
  return bands.find((band) => months < bandMonths[band][1]) ?? 'overThree';
}

/** The same day of the calendar some months later, or that month's last day where it has no such day. */
export function monthsLater(day: IsoDate, months: number): IsoDate {
  const month = addMonths(monthOf(day), months);
  const last = Number(addDays(isoDate.parse(`${addMonths(month, 1)}-01`), -1).slice(8));
  return isoDate.parse(`${month}-${String(Math.min(Number(day.slice(8)), last)).padStart(2, '0')}`);
}

/** The last day on which a registration made (or said again) on a day stands. */
export const lapsesOnFrom = (day: IsoDate): IsoDate => monthsLater(day, lapsesAfterMonths);

const opensAt = '08:00';
const closesAt = '21:00';

/** 可以打扰的时间: an instant itself between 8:00 and 21:00 in Asia/Shanghai, else the next eight o'clock. */
export function nextWakingInstant(at: Instant): Instant {
  const [day, time] = [dayOf(at), timeOf(at)];
  if (time >= closesAt) return instantAt(addDays(day, 1), opensAt);
  return time < opensAt ? instantAt(day, opensAt) : at;
}

const lies = (demand: OpenDemand, candidate: Candidate, countyOf: (subdistrict: string) => string | null): boolean => {
  if (demand.reach === 'street') return candidate.subdistrict === demand.subdistrict;
  if (candidate.subdistrict === demand.subdistrict || candidate.county === null) return true;
  return candidate.county === countyOf(demand.subdistrict);
};

// Year and month of birth leave two possible ages; a band that takes either may fit.
const fittingBands = (demand: OpenDemand, candidate: Candidate, month: YearMonth): readonly ClassBand[] => {
  const months = monthNumber(month) - monthNumber(demand.birthMonth);
  return [...new Set([months, months - 1].filter((age) => age >= 0).flatMap((age) => candidate.bandsFor(age, month)))];
};

/**
 * 有合适的空位吗: whether an institution in force may fit a family now, and in which bands. A named institution is asked
 * wherever it lies and whatever it leaves unsaid; any other must state mode and, where a ceiling is given, its fee.
 */
export function matchesOf(demand: OpenDemand, candidate: Candidate, today: IsoDate, countyOf: (subdistrict: string) => string | null = () => null): DemandMatch | undefined {
  const now = monthOf(today);
  const month = demand.start < now ? now : demand.start;
  if (monthNumber(month) - monthNumber(now) > noticeMonthsAhead) return undefined;
  const chosen = demand.institutions.includes(candidate.id);
  if (!chosen && !lies(demand, candidate, countyOf)) return undefined;
  const unsaidMode = candidate.modes.length === 0;
  const modes = demand.modes.filter((mode) => candidate.modes.includes(mode));
  if (modes.length === 0 && !(chosen && unsaidMode)) return undefined;
  if (demand.hours && candidate.hours && (candidate.hours.opens > demand.hours.from || candidate.hours.closes < demand.hours.until)) return undefined;
  const byTheHour = modes.some((mode) => mode === 'hourly' || mode === 'temporary');
  const bands = fittingBands(demand, candidate, month).filter((band) => {
    if (!candidate.freeIn[band] && !(byTheHour && candidate.careBands.includes(band))) return false;
    const fee = candidate.feeIn[band];
    return demand.maxFee === null || (fee === null ? chosen : fee <= demand.maxFee * 100);
  });
  return bands.length === 0 ? undefined : { institution: candidate.id, name: candidate.name, bands, chosen, sameStreet: candidate.subdistrict === demand.subdistrict };
}

/** Named institutions first, then the family's own street, then by name. */
export const orderMatches = (matches: readonly DemandMatch[]): readonly DemandMatch[] =>
  matches.toSorted((one, other) => Number(other.chosen) - Number(one.chosen) || Number(other.sameStreet) - Number(one.sameStreet) || (one.name < other.name ? -1 : 1));
