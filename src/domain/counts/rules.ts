import type { CountedInstitution, CountSaid, MonthlyCount } from '#domain/counts/model.ts';
import { classBands, serviceModes, statedPlaces, type ClassBand, type ServiceMode } from '#domain/directory/model.ts';
import { addDays, addMonths, isoDate, monthOf, type IsoDate, type YearMonth } from '#domain/shared/dates.ts';

/** The month whose count is due: the last one that is over. */
export const countMonthOf = (today: IsoDate): YearMonth => addMonths(monthOf(today), -1);

/** The last day on which the count of a month is in time. */
export const countDueOn = (month: YearMonth, dueDay: number): IsoDate => isoDate.parse(`${addMonths(month, 1)}-${String(dueDay).padStart(2, '0')}`);

/** Months that may be reported or mended, the newest first. */
export const openMonths = (today: IsoDate, monthsBack: number): readonly YearMonth[] => Array.from({ length: monthsBack }, (_, back) => addMonths(countMonthOf(today), -back));

/** The last day of a month. */
export const lastDayOf = (month: YearMonth): IsoDate => addDays(isoDate.parse(`${addMonths(month, 1)}-01`), -1);

/** 在托人数 of all bands and modes. */
export const childrenIn = ({ parts }: Pick<CountSaid, 'parts'>, band?: ClassBand, mode?: ServiceMode): number =>
  parts.reduce((sum, part) => sum + ((band === undefined || part.band === band) && (mode === undefined || part.mode === mode) ? part.children : 0), 0);

/** What is asked of an institution: the bands and modes of its record; where the record has none, all of them. */
export const askedOf = ({ bands, modes }: Pick<CountedInstitution, 'bands' | 'modes'>): { readonly bands: readonly ClassBand[]; readonly modes: readonly ServiceMode[]; readonly isWhole: boolean } => ({
  bands: bands.length === 0 ? classBands : classBands.filter((band) => bands.some((one) => one.band === band)),
  modes: modes.length === 0 ? serviceModes : serviceModes.filter((mode) => modes.includes(mode)),
  isWhole: bands.length === 0 || modes.length === 0,
});

/** Why numbers cannot be: a part larger than the whole. */
export const faultOf = (said: CountSaid): 'too-many-affordable' | 'too-many-migrant' | undefined => {
  const all = childrenIn(said);
  if ((said.affordable ?? 0) > all) return 'too-many-affordable';
  return (said.migrant ?? 0) > all ? 'too-many-migrant' : undefined;
};

/** 提醒, never a refusal: bands with more children the whole day than places. */
export const overfullBands = (of: Pick<CountedInstitution, 'bands'>, said: CountSaid): readonly { readonly band: ClassBand; readonly children: number; readonly places: number }[] =>
  of.bands.flatMap(({ band, places }) => { const children = childrenIn(said, band, 'fullDay'); return places !== null && children > places ? [{ band, children, places }] : []; });

/** Whether two counts say the same, however their parts are ordered; a part of none says nothing. */
export const isSameCount = (one: CountSaid, other: CountSaid): boolean =>
  one.affordable === other.affordable && one.migrant === other.migrant && one.careWorkers === other.careWorkers
  && classBands.every((band) => serviceModes.every((mode) => childrenIn(one, band, mode) === childrenIn(other, band, mode)));

/** 报送情况 of a street, or of a whole place. `places` and `seated` are of the institutions that reported and whose places are known: the two sides of 托位使用率. */
export type CountFigures = {
  readonly subdistrict: string | null; readonly due: number; readonly reported: number; readonly children: number; readonly affordable: number; readonly careWorkers: number;
  readonly places: number; readonly seated: number; readonly byBand: Readonly<Record<ClassBand, number>>;
};

const figuresOf = (subdistrict: string | null, institutions: readonly CountedInstitution[], counts: ReadonlyMap<string, MonthlyCount>): CountFigures => {
  const reported = institutions.flatMap((of) => { const count = counts.get(of.id); return count === undefined ? [] : [{ said: count.said, places: statedPlaces(of) }]; });
  const sum = (of: readonly (typeof reported)[number][], what: (said: CountSaid) => number): number => of.reduce((total, { said }) => total + what(said), 0);
  const known = reported.filter(({ places }) => places !== null);
  const bandSum = (band: ClassBand): number => sum(reported, (said) => childrenIn(said, band));
  return {
    subdistrict, due: institutions.length, reported: reported.length, children: sum(reported, childrenIn), affordable: sum(reported, ({ affordable }) => affordable ?? 0), careWorkers: sum(reported, ({ careWorkers }) => careWorkers ?? 0),
    places: known.reduce((total, { places }) => total + (places ?? 0), 0), seated: sum(known, childrenIn),
    byBand: { infant: bandSum('infant'), toddler: bandSum('toddler'), older: bandSum('older'), mixed: bandSum('mixed') },
  };
};

/** 报送情况 of each street that has institutions, by code, those without a street last; and of all together. */
export function countFigures(institutions: readonly CountedInstitution[], counts: readonly MonthlyCount[]): { readonly streets: readonly CountFigures[]; readonly all: CountFigures } {
  const byInstitution = new Map(counts.map((count) => [count.institution, count]));
  const byStreet = Map.groupBy(institutions, ({ subdistrict }) => subdistrict ?? '');
  return {
    streets: [...byStreet].toSorted(([one], [other]) => (one === '' ? 1 : other === '' ? -1 : one < other ? -1 : 1)).map(([street, theirs]) => figuresOf(street === '' ? null : street, theirs, byInstitution)),
    all: figuresOf(null, institutions, byInstitution),
  };
}

/** A share in whole percent; null where there is nothing to divide by. */
export const percentOf = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 100));
