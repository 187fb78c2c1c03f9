import { bandMonths, classBands, type ClassBand, type Institution } from '#domain/directory/model.ts';
import { freePlacesIn } from '#domain/directory/places.ts';
import { addMonths, monthNumber, monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** Whole months of age in one month of the calendar; below 0 the child is expected. */
export type AgeAt = { readonly months: number; readonly month: YearMonth };

/** A child as a search knows it: age now, or in `start`; an expected child (below 0) is always counted from now. */
export type SearchedChild = { readonly months: number; readonly start: YearMonth | null };

/** The age that counts and the month it counts in. A start that has passed is now. */
export const ageAt = (child: SearchedChild, today: IsoDate): AgeAt => {
  const now = monthOf(today);
  const month = child.start === null || child.start < now ? now : child.start;
  return child.months < 0 ? { months: child.months + monthNumber(month) - monthNumber(now), month } : { months: child.months, month };
};

/** Why an institution takes a child or not. */
export const fitReasons = [
  'fits', 'check-birth-month', 'too-young', 'too-old', 'no-class-for-age', 'cohort-not-yours', 'cohort-over', 'not-stated', 'expected',
] as const;
export type FitReason = (typeof fitReasons)[number];

/** Whether a child of an age can be taken, in which bands, and how many months are missing when too young. */
export type AgeAnswer = {
  readonly fits: 'yes' | 'check' | 'no' | 'unknown';
  readonly reason: FitReason;
  readonly bands: readonly ClassBand[];
  readonly monthsToWait: number;
};

const answer = (fits: AgeAnswer['fits'], reason: FitReason, bands: readonly ClassBand[] = [], monthsToWait = 0): AgeAnswer =>
  ({ fits, reason, bands, monthsToWait });

/** Months `[from, until)` a band takes here: the standard's, stretched or cut by what the institution itself states. */
const rangeHere = (band: ClassBand, held: readonly ClassBand[], stated: { readonly min: number; readonly max: number } | null): readonly [number, number] => {
  const [from, until] = bandMonths[band];
  if (stated === null) return [from, until];
  const onlyMixed = band === 'mixed' && held.every((other) => other === 'mixed');
  const least = onlyMixed || band === 'infant' ? stated.min : Math.max(from, stated.min);
  const most = onlyMixed || band === 'older' || (band === 'mixed' && stated.max > until) ? stated.max : Math.min(until, stated.max);
  return [least, most];
};

const byRanges = (of: Institution, months: number): AgeAnswer => {
  const stated = of.admission?.rule === 'byMonths' ? of.admission : null;
  const held = classBands.filter((band) => of.bands.some((offer) => offer.band === band));
  if (held.length === 0 && stated === null) return answer('unknown', 'not-stated');
  const ranges: readonly { readonly band: ClassBand | null; readonly range: readonly [number, number] }[] = held.length > 0
    ? held.map((band) => ({ band, range: rangeHere(band, held, stated) }))
    : [{ band: null, range: [stated?.min ?? 0, stated?.max ?? 0] }];
  const fitting = ranges.filter(({ range: [from, until] }) => months >= from && months < until);
  if (fitting.length > 0) return answer('yes', 'fits', fitting.flatMap(({ band }) => band ?? []));
  const later = ranges.map(({ range: [from] }) => from).filter((from) => from > months);
  if (later.length === 0) return answer('no', 'too-old');
  const wait = Math.min(...later) - months;
  return answer('no', ranges.some(({ range: [from] }) => from <= months) ? 'no-class-for-age' : 'too-young', [], wait);
};

/** A cohort enters in one month and leaves a year later. */
const cohortMonths = 12;

const byCohort = (of: Institution, child: AgeAt): AgeAnswer | undefined => {
  const cohort = of.admission;
  if (cohort?.rule !== 'byCohort') return undefined;
  if (monthNumber(child.month) >= monthNumber(cohort.entryMonth) + cohortMonths) return answer('no', 'cohort-over');
  // Months of age on an unknown day of the month leave two months of birth.
  const births = [addMonths(child.month, -child.months), addMonths(child.month, -child.months - 1)];
  const inside = births.filter((birth) => birth >= cohort.bornFrom && birth <= cohort.bornUntil).length;
  if (inside === 0) return answer('no', 'cohort-not-yours');
  const held = of.bands.map(({ band }) => band);
  const atEntry = child.months + Math.max(0, monthNumber(cohort.entryMonth) - monthNumber(child.month));
  const own = held.filter((band) => atEntry >= bandMonths[band][0] && atEntry < bandMonths[band][1]);
  const bands = own.length > 0 ? own : held.filter((band) => band === 'older' || band === 'mixed');
  return answer(inside === 2 ? 'yes' : 'check', inside === 2 ? 'fits' : 'check-birth-month', bands.length > 0 ? bands : held);
};

/** Whether an institution takes a child of this age, by months or by cohort as it admits. */
export const answerAge = (of: Institution, child: AgeAt): AgeAnswer => {
  if (child.months < 0) return answer('unknown', 'expected');
  return byCohort(of, child) ?? byRanges(of, child.months);
};

/** 我的孩子能不能上、几月能入: the one answer of a card. */
export type CanCome = {
  readonly fits: AgeAnswer['fits'];
  readonly reason: FitReason;
  readonly bands: readonly ClassBand[];
  /** The institution takes this age into a band outside the months the standard gives the band. */
  readonly beyondStandard: boolean;
  /** The first month in which it could begin, as far as the institution's words go. */
  readonly from: YearMonth | null;
  /** 空余托位 in the fitting bands, confirmed within thirty days. */
  readonly freePlaces: number | null;
};

const latest = (months: readonly YearMonth[]): YearMonth | null => [...months].sort().at(-1) ?? null;

/** Whether a child can come here, from which month, and whether a place is free. */
export const canComeHere = (of: Institution, child: SearchedChild, today: IsoDate): CanCome => {
  const age = ageAt(child, today);
  const { fits, reason, bands, monthsToWait } = answerAge(of, age);
  const beyondStandard = bands.some((band) => age.months < bandMonths[band][0] || age.months >= bandMonths[band][1]);
  if (fits === 'no') return { fits, reason, bands, beyondStandard, from: monthsToWait > 0 ? addMonths(age.month, monthsToWait) : null, freePlaces: null };
  if (fits === 'unknown') return { fits, reason, bands, beyondStandard, from: null, freePlaces: null };
  const freePlaces = freePlacesIn(of, today, bands);
  const offers = of.bands.filter(({ band }) => bands.includes(band));
  const opensOn = offers.every(({ availableFrom }) => availableFrom !== null)
    ? offers.flatMap(({ availableFrom }) => availableFrom ?? []).sort().slice(0, 1) : [];
  const entry = of.admission?.rule === 'byCohort' ? [of.admission.entryMonth] : [];
  const hasPlace = freePlaces !== null && freePlaces > 0;
  return { fits, reason, bands, beyondStandard, from: latest([age.month, ...entry, ...(hasPlace ? [] : opensOn)]), freePlaces };
};
