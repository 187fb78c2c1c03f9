import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { convert, meanOf, metresBetween, type LngLat } from '#domain/shared/geo.ts';

/** 起点: where distances are counted from. */
export type StartingPoint = {
  readonly kind: 'position' | 'subdistrict' | 'institution' | 'named';
  /** What it is called; null for a position. */
  readonly name: string | null;
  /** WGS-84. */
  readonly point: LngLat;
  /** How many institutions' points it is the middle of; 0 for a position, 1 for an institution. */
  readonly middleOf: number;
};

/** Institutions of one name are one neighbourhood only while they lie this close to their middle, in metres. */
export const widestNeighbourhood = 5000;

const withPoint = ({ entries }: DirectorySnapshot): readonly (DirectoryEntry & { readonly point: LngLat })[] =>
  entries.flatMap((entry) => (entry.point === null || entry.group !== 'listed' ? [] : [{ ...entry, point: entry.point }]));

const same = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
/** 望海楼 for 望海楼街道. */
const stem = (street: string): string => street.replace(/(?:街道|地区|镇|乡)$/, '');

const middle = (kind: 'subdistrict' | 'named', name: string, entries: readonly { readonly point: LngLat }[]): StartingPoint | undefined => {
  const point = meanOf(entries.map((entry) => entry.point));
  return point === null ? undefined : { kind, name, point, middleOf: entries.length };
};

const ofStreet = (code: string, snapshot: DirectorySnapshot): StartingPoint | undefined => {
  const now = snapshot.streetCodes.get(code);
  const street = snapshot.place.subdistricts.find((one) => one.code === now);
  return street && middle('subdistrict', street.name, withPoint(snapshot).filter(({ institution }) => institution.subdistrict === now));
};

const ofInstitution = (id: string, { entries }: DirectorySnapshot): StartingPoint | undefined => {
  const entry = entries.find(({ institution }) => institution.id === id);
  return entry?.point ? { kind: 'institution', name: entry.institution.name, point: entry.point, middleOf: 1 } : undefined;
};

/** Institutions whose name or address holds a word: the only thing known of where a community lies. */
const naming = (word: string, snapshot: DirectorySnapshot) => withPoint(snapshot)
  .filter(({ institution: { name, aliases, address } }) => [name, ...aliases, address ?? ''].some((text) => same(text).includes(word)));

const ofWord = (typed: string, snapshot: DirectorySnapshot): StartingPoint | undefined => {
  const found = naming(same(typed), snapshot);
  const start = middle('named', typed, found);
  return start && found.every(({ point }) => metresBetween(point, start.point) <= widestNeighbourhood) ? start : undefined;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The point an `around` stands for: a street's code, an institution's id, or a word in names and addresses; undefined when none is known. */
export const pointAround = (around: string, snapshot: DirectorySnapshot): StartingPoint | undefined => {
  if (/^\d{9}$/.test(around)) return ofStreet(around, snapshot);
  return uuid.test(around) ? ofInstitution(around, snapshot) : ofWord(around, snapshot);
};

/** Why typed words are no starting point. */
export type StartRefusal = 'too-short' | 'not-found' | 'no-point' | 'too-wide';

/** Reads words typed as a starting point: a street, an institution, or a community, road or estate that addresses name. The value is an `around`. */
export const findStart = (typed: string, snapshot: DirectorySnapshot): Outcome<string, StartRefusal> => {
  const word = same(typed);
  if (word.length < 2) return refused('too-short');
  const street = snapshot.place.subdistricts.find(({ name, aliases, code }) => code === word || [name, stem(name), ...aliases].some((known) => same(known) === word));
  if (street) return ofStreet(street.code, snapshot) ? done(street.code) : refused('no-point');
  const exact = snapshot.entries.find(({ institution: { name, aliases } }) => [name, ...aliases].some((known) => same(known) === word));
  if (exact) return exact.point ? done(exact.institution.id) : refused('no-point');
  const found = naming(word, snapshot);
  const [only] = found;
  if (!only) {
    const isKnown = snapshot.entries.some(({ institution: { name, address } }) => same(`${name} ${address ?? ''}`).includes(word));
    return refused(isKnown ? 'no-point' : 'not-found');
  }
  if (found.length === 1) return done(only.institution.id);
  return ofWord(typed.trim(), snapshot) ? done(typed.trim()) : refused('too-wide');
};

/** A query with its starting point worked out; `start` is null when it names none, undefined when what it names is not known. */
export type Started<Query> = { readonly query: Query; readonly start: StartingPoint | null | undefined };

/** Works out where a query counts distances from. What `around` names becomes `near`; named in vain, it takes distance and radius with it. */
export const withStart = <Query extends DirectoryQuery>(query: Query, snapshot: DirectorySnapshot): Started<Query> => {
  if (query.near) return { query: { ...query, around: null }, start: { kind: 'position', name: null, point: convert(query.near, query.near.crs, 'wgs84'), middleOf: 0 } };
  if (query.around === null) return { query, start: null };
  const start = pointAround(query.around, snapshot);
  if (!start) return { query: { ...query, radius: null, sort: query.sort === 'distance' ? 'relevance' : query.sort }, start: undefined };
  return { query: { ...query, near: { ...start.point, crs: 'wgs84' } }, start };
};

/** Streets that can be a starting point, with how many institutions' points each knows; in the order of the place's list. */
export const streetsWithPoints = (snapshot: DirectorySnapshot): readonly { readonly code: string; readonly name: string; readonly countyName: string; readonly known: number }[] => {
  const counts = new Map<string, number>();
  for (const { institution: { subdistrict } } of withPoint(snapshot)) if (subdistrict !== null) counts.set(subdistrict, (counts.get(subdistrict) ?? 0) + 1);
  return snapshot.place.subdistricts.flatMap(({ code, name, countyName }) => (counts.has(code) ? [{ code, name, countyName, known: counts.get(code) ?? 0 }] : []));
};
