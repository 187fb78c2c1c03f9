import { layColumns, type DirectoryColumns } from '#domain/directory/columns.ts';
import { acceptances, classBands, isInForce, type Institution } from '#domain/directory/model.ts';
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

/** One institution as the directory holds it. */
export type DirectoryEntry = {
  readonly institution: Institution;
  readonly record: SearchRecord;
  readonly group: DirectoryGroup;
  /** WGS-84. */
  readonly point: LngLat | null;
  /** Open on a Saturday or Sunday. */
  readonly weekend: boolean;
};

/** A jurisdiction's directory on one day at one revision. */
export type DirectorySnapshot = {
  readonly today: IsoDate;
  readonly place: DirectoryPlace;
  readonly entries: readonly DirectoryEntry[];
  /** The same, laid out for filters, counts and orders. */
  readonly columns: DirectoryColumns;
  readonly index: SearchIndex;
  /** A street's code by any code it bears or bore. */
  readonly streetCodes: ReadonlyMap<string, string>;
};

const termsOf = (of: Institution, today: IsoDate, weekend: boolean): readonly string[] => [
  ...of.modes.map((mode) => `mode:${mode}`),
  ...classBands.filter((band) => of.bands.some((offer) => offer.band === band)).map((band) => `band:${band}`),
  ...(of.kind === null ? [] : [`kind:${of.kind}`]),
  ...(of.ownership === null ? [] : [`ownership:${of.ownership}`]),
  ...(affordablePlaces(of, today) ? ['affordable'] : []),
  ...((freePlacesIn(of, today) ?? 0) > 0 ? ['free'] : []),
  ...(weekend ? ['weekend'] : []),
  ...(of.opensInSchoolHolidays === true ? ['holidays'] : []),
  ...(of.extendedUntil === null ? [] : ['extended']),
  ...(of.mealsProvided === true ? ['meals'] : []),
  ...acceptances.filter((one) => of.accepts[one] === true).map((one) => `accepts:${one}`),
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

const makeEntry = (of: Institution, group: DirectoryGroup, record: SearchRecord): DirectoryEntry => ({
  institution: of, record, group,
  point: of.point === null ? null : of.point.crs === 'gcj02' ? fromGcj02(of.point) : of.point,
  weekend: isAtWeekend(of),
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
    return [makeEntry(of, group, makeSearchRecord(of, from.texts.get(of.id) ?? null, place, today))];
  });
  return {
    today, place, entries,
    columns: layColumns(entries.map(({ institution }) => institution), entries.map(({ group }) => directoryGroups.indexOf(group)), entries.map(({ point }) => point), today),
    index: makeSearchIndex(entries.map(({ record }) => record), from.vocabulary),
    streetCodes: new Map(place.subdistricts.flatMap(({ code, otherCodes }) => [code, ...otherCodes].map((any): [string, string] => [any, code]))),
  };
};
