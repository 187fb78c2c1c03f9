import { ageAt, canComeHere, type CanCome } from '#domain/directory/admissionFit.ts';
import { countFacets, type FacetCounts } from '#domain/directory/facetCounts.ts';
import { monthlyFee, type MonthlyFee } from '#domain/directory/fees.ts';
import { bandsAskedFor, feeAskedFor, filterFor, lookAt, type Seen } from '#domain/directory/filter.ts';
import type { Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn, type AffordablePlaces } from '#domain/directory/places.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { understandTyped, type Understood } from '#domain/directory/searchIndex.ts';
import { directoryGroups, type DirectoryGroup, type DirectorySnapshot } from '#domain/directory/snapshot.ts';

/** One institution found, with what its card says. */
export type Found = {
  readonly institution: Institution;
  readonly group: DirectoryGroup;
  /** Metres as the crow flies; null without a point on either side. */
  readonly distance: number | null;
  /** Null when the query names no age. */
  readonly canCome: CanCome | null;
  /** In the bands asked for. */
  readonly monthlyFee: MonthlyFee | null;
  /** In the bands asked for. */
  readonly affordable: AffordablePlaces | null;
  /** In the bands asked for, confirmed within thirty days. */
  readonly freePlaces: number | null;
};

/** What the answer should also tell a family of this age. */
export const searchNotes = ['expected-visit-only', 'under-six-months', 'kindergarten-age'] as const;
export type SearchNote = (typeof searchNotes)[number];

/** 查询结果. */
export type DirectoryResult = {
  readonly total: number;
  readonly items: readonly Found[];
  /** Planned sites that match, a group of their own; empty when the query includes them among the items. */
  readonly planned: readonly Found[];
  readonly facets: FacetCounts;
  readonly notes: readonly SearchNote[];
  /** Typed words understood as more than their letters. */
  readonly understood: readonly Understood[];
};

const isInView = (group: DirectoryGroup, query: DirectoryQuery): boolean => group === 'listed' || query.include.includes(group);

const fitOrder = { yes: 0, check: 1, unknown: 2, no: 3 } as const;
const nullLast = (one: number | null, other: number | null): number => {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
};

type Ranked = { readonly seen: Seen; readonly worth: number | null };

const worthOf = (seen: Seen, query: DirectoryQuery, snapshot: DirectorySnapshot): number | null => {
  if (query.sort === 'distance') return seen.metres;
  if (query.sort === 'fee') return feeAskedFor(seen, query);
  if (query.sort !== 'free') return 0;
  const free = freePlacesIn(seen.entry.institution, snapshot.today, bandsAskedFor(seen, query));
  return free === null ? null : -free;
};

const byRank = ({ seen: one, worth: oneWorth }: Ranked, { seen: other, worth: otherWorth }: Ranked): number =>
  directoryGroups.indexOf(one.entry.group) - directoryGroups.indexOf(other.entry.group)
  || nullLast(oneWorth, otherWorth)
  || other.score - one.score
  || fitOrder[one.ageAnswer?.fits ?? 'yes'] - fitOrder[other.ageAnswer?.fits ?? 'yes']
  || one.at - other.at;

const rank = (seen: readonly Seen[], query: DirectoryQuery, snapshot: DirectorySnapshot): readonly Seen[] =>
  seen.map((one) => ({ seen: one, worth: worthOf(one, query, snapshot) })).sort(byRank).map((ranked) => ranked.seen);

const show = (seen: Seen, query: DirectoryQuery, snapshot: DirectorySnapshot): Found => {
  const { institution, group } = seen.entry;
  const bands = bandsAskedFor(seen, query);
  return {
    institution, group, distance: seen.metres,
    canCome: query.months === null ? null : canComeHere(institution, { months: query.months, start: query.start }, snapshot.today),
    monthlyFee: monthlyFee(institution, bands),
    affordable: affordablePlaces(institution, snapshot.today, bands),
    freePlaces: freePlacesIn(institution, snapshot.today, bands),
  };
};

const notesFor = (query: DirectoryQuery, snapshot: DirectorySnapshot): readonly SearchNote[] => {
  if (query.months === null) return [];
  const { months } = ageAt({ months: query.months, start: query.start }, snapshot.today);
  if (months < 0) return ['expected-visit-only'];
  if (months < 6) return ['under-six-months'];
  return months >= 36 ? ['kindergarten-age'] : [];
};

/** Searches a jurisdiction's directory: the page asked for, how many there are, and what each option of the facets would leave. */
export const searchDirectory = (snapshot: DirectorySnapshot, query: DirectoryQuery): DirectoryResult => {
  const looked = lookAt(snapshot, query);
  const inView = looked.filter(({ entry }) => isInView(entry.group, query));
  const { meetsAll } = filterFor(query, snapshot);
  const matching = rank(inView.filter(meetsAll), query, snapshot);
  const planned = query.include.includes('planned') ? []
    : rank(looked.filter((seen) => seen.entry.group === 'planned' && meetsAll(seen)), query, snapshot);
  const start = (query.page - 1) * query.size;
  return {
    total: matching.length,
    items: matching.slice(start, start + query.size).map((seen) => show(seen, query, snapshot)),
    planned: planned.map((seen) => show(seen, query, snapshot)),
    facets: countFacets(inView, query, snapshot),
    notes: notesFor(query, snapshot),
    understood: understandTyped(snapshot.index, query.q),
  };
};

/** How many institutions a query finds. */
export const countMatching = (snapshot: DirectorySnapshot, query: DirectoryQuery): number => {
  const { meetsAll } = filterFor(query, snapshot);
  return lookAt(snapshot, query).filter((seen) => isInView(seen.entry.group, query) && meetsAll(seen)).length;
};
