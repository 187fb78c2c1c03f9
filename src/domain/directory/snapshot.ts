import { monthlyFee } from '#domain/directory/fees.ts';
import { classBands, isInForce, type ClassBand, type Institution } from '#domain/directory/model.ts';
import type { SearchText } from '#domain/directory/pinyinText.ts';
import { affordablePlaces, freePlacesIn } from '#domain/directory/places.ts';
import { makeSearchIndex, syllablesOf, type SearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import type { Vocabulary } from '#domain/shared/vocabulary.ts';
import type { Jurisdiction, Subdistrict } from '#domain/jurisdiction/model.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { fromGcj02, type LngLat } from '#domain/shared/geo.ts';

/** 目录分组: credentials in force, sites only planned, and what has ended (suspended, withdrawn, absent from the last import). */
export const directoryGroups = ['listed', 'planned', 'ended'] as const;
export type DirectoryGroup = (typeof directoryGroups)[number];

/** What the directory needs to know of its jurisdiction. */
export type DirectoryPlace = Pick<Jurisdiction, 'name' | 'shortName' | 'within' | 'successor' | 'counties' | 'listableCredentials' | 'subdistricts'>;

/** In which group an institution is shown; undefined: not public (submitted, returned, or a credential that does not list here). */
export const groupOf = (of: Institution, listable: DirectoryPlace['listableCredentials']): DirectoryGroup | undefined => {
  const { kind, state } = of.credential;
  if (state === 'planned') return 'planned';
  if (!listable.includes(kind)) return undefined;
  if (isInForce(of.credential)) return of.missingSince === null ? 'listed' : 'ended';
  return state === 'suspended' || state === 'withdrawn' ? 'ended' : undefined;
};

/** One institution with everything filters and orders ask for, worked out once. */
export type DirectoryEntry = {
  readonly institution: Institution;
  readonly record: SearchRecord;
  readonly group: DirectoryGroup;
  /** WGS-84. */
  readonly point: LngLat | null;
  /** By when it is open on every working day, and until when, extended care included; null when a working day is not stated. */
  readonly workingDay: { readonly opens: string; readonly closes: string } | null;
  readonly weekend: boolean;
  readonly fee: number | null;
  readonly feeIn: Readonly<Record<ClassBand, number | null>>;
  readonly hasFree: boolean;
  readonly hasFreeIn: Readonly<Record<ClassBand, boolean>>;
  readonly affordable: boolean;
  readonly affordableIn: Readonly<Record<ClassBand, boolean>>;
};

/** A jurisdiction's directory on one day at one revision. */
export type DirectorySnapshot = {
  readonly today: IsoDate;
  readonly place: DirectoryPlace;
  readonly entries: readonly DirectoryEntry[];
  readonly index: SearchIndex;
  /** A street's code by any code it bears or bore. */
  readonly streetCodes: ReadonlyMap<string, string>;
};

const workingDays = [1, 2, 3, 4, 5] as const;
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

const workingDayOf = (of: Institution): DirectoryEntry['workingDay'] => {
  const days = workingDays.map((weekday) => of.hours.filter((hours) => hours.weekday === weekday));
  if (days.some((hours) => hours.length === 0)) return null;
  const opens = days.map((hours) => hours.map((part) => part.opens).sort()[0] ?? '').sort().at(-1) ?? '';
  const closes = days.map((hours) => hours.map((part) => part.closes).sort().at(-1) ?? '').sort()[0] ?? '';
  const extended = of.extendedUntil !== null && clock.test(of.extendedUntil) ? of.extendedUntil : closes;
  return { opens, closes: extended > closes ? extended : closes };
};

const perBand = <Value>(worth: (band: ClassBand) => Value): Readonly<Record<ClassBand, Value>> =>
  ({ infant: worth('infant'), toddler: worth('toddler'), older: worth('older'), mixed: worth('mixed') });

const termsOf = (of: Institution, today: IsoDate, weekend: boolean): readonly string[] => [
  ...of.modes.map((mode) => `mode:${mode}`),
  ...classBands.filter((band) => of.bands.some((offer) => offer.band === band)).map((band) => `band:${band}`),
  ...(of.kind === null ? [] : [`kind:${of.kind}`]),
  ...(of.ownership === null ? [] : [`ownership:${of.ownership}`]),
  ...(affordablePlaces(of, today) ? ['affordable'] : []),
  ...((freePlacesIn(of, today) ?? 0) > 0 ? ['free'] : []),
  ...(weekend ? ['weekend'] : []),
];

const placeNames = (of: Institution, street: Subdistrict | undefined, place: DirectoryPlace): readonly string[] => [
  ...(street ? [street.code, ...street.otherCodes, ...street.aliases, street.countyName] : []),
  ...place.counties.filter(({ code }) => code === of.county).map(({ name }) => name),
  place.name, place.shortName, place.within, ...(place.successor ? [place.successor.name] : []),
];

const isAtWeekend = (of: Institution): boolean => of.hours.some(({ weekday }) => weekday >= 6);

/** The search record of one institution; `text` is the pinyin made when it was imported. */
export const makeSearchRecord = (of: Institution, text: SearchText | null, place: DirectoryPlace, today: IsoDate): SearchRecord => {
  const street = place.subdistricts.find(({ code }) => code === of.subdistrict);
  return {
    id: of.id, name: of.name, aliases: of.aliases, address: of.address,
    subdistrictName: street?.name ?? null, communityNames: [],
    places: [...new Set(placeNames(of, street, place))], terms: [...termsOf(of, today, isAtWeekend(of))], pinyin: syllablesOf(text),
  };
};

const makeEntry = (of: Institution, group: DirectoryGroup, record: SearchRecord, today: IsoDate): DirectoryEntry => ({
  institution: of, record, group,
  point: of.point === null ? null : of.point.crs === 'gcj02' ? fromGcj02(of.point) : of.point,
  workingDay: workingDayOf(of),
  weekend: isAtWeekend(of),
  fee: monthlyFee(of)?.amount ?? null,
  feeIn: perBand((band) => monthlyFee(of, [band])?.amount ?? null),
  hasFree: (freePlacesIn(of, today) ?? 0) > 0,
  hasFreeIn: perBand((band) => (freePlacesIn(of, today, [band]) ?? 0) > 0),
  affordable: affordablePlaces(of, today) !== null,
  affordableIn: perBand((band) => affordablePlaces(of, today, [band]) !== null),
});

/** Lays a jurisdiction's directory out for searching; done once for each revision and day. */
export const makeSnapshot = (from: {
  readonly place: DirectoryPlace;
  readonly institutions: readonly Institution[];
  /** 拼音 by institution; without it only the characters are searched. */
  readonly texts: ReadonlyMap<string, SearchText>;
  readonly vocabulary: Vocabulary;
  readonly today: IsoDate;
}): DirectorySnapshot => {
  const { place, today } = from;
  const entries = from.institutions.flatMap((of) => {
    const group = groupOf(of, place.listableCredentials);
    if (group === undefined) return [];
    return [makeEntry(of, group, makeSearchRecord(of, from.texts.get(of.id) ?? null, place, today), today)];
  });
  return {
    today, place, entries,
    index: makeSearchIndex(entries.map(({ record }) => record), from.vocabulary),
    streetCodes: new Map(place.subdistricts.flatMap(({ code, otherCodes }) => [code, ...otherCodes].map((any): [string, string] => [any, code]))),
  };
};
