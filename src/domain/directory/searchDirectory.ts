import { ageAt, canComeHere, type CanCome } from '#domain/directory/admissionFit.ts';
import { bitsOf } from '#domain/directory/columns.ts';
import { countFacets, type FacetCounts, type Surveyed } from '#domain/directory/facetCounts.ts';
import { monthlyFee, type MonthlyFee } from '#domain/directory/fees.ts';
import { bandsOf, bindQuery, feeIn, freeIn, scoreText, type BoundQuery, type TextScores } from '#domain/directory/filter.ts';
import { acceptances, type Institution } from '#domain/directory/model.ts';
import { affordablePlaces, freePlacesIn, type AffordablePlaces } from '#domain/directory/places.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { understandTyped, type Understood } from '#domain/directory/searchIndex.ts';
import { directoryGroups, type DirectoryGroup, type DirectorySnapshot } from '#domain/directory/snapshot.ts';

/** One institution found, with what its card says. */
export type Found = {
  readonly institution: Institution;
  /** Of its name, for marking what was typed. */
  readonly syllables: readonly string[];
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

const fitOrder = { yes: 0, check: 1, unknown: 2, no: 3 } as const;

const groupBits = (groups: readonly DirectoryGroup[]): number => bitsOf(directoryGroups, groups);
const groupsInView = (query: DirectoryQuery): number => groupBits(['listed', ...query.include]);

/** Looks at every institution once: the conditions each does not meet. Positions outside the groups are -1. */
const survey = ({ columns: { group } }: DirectorySnapshot, bound: BoundQuery, groups: number): Int32Array => {
  const unmet = new Int32Array(group.length);
  for (let at = 0; at < group.length; at += 1) unmet[at] = (groups & (1 << (group[at] ?? 0))) === 0 ? -1 : bound.unmet(at);
  return unmet;
};

/** What the order asked for goes by, the least first; Infinity where it is not stated; null: nothing but relevance. */
const worthOf = ({ columns }: DirectorySnapshot, bound: BoundQuery, sort: DirectoryQuery['sort']): ((at: number) => number) | null => {
  if (sort === 'distance') return (at) => { const metres = bound.metres?.[at] ?? NaN; return Number.isNaN(metres) ? Infinity : metres; };
  if (sort === 'fee') return (at) => feeIn(columns.fee, at, bound.bandsAsked(at));
  return sort === 'free' ? (at) => -(freeIn(columns.free, at, bound.bandsAsked(at)) ?? -Infinity) : null;
};

/** What decides after the order asked for, the least first: better text, surer age, fewer 可接收 not stated; null: nothing was asked that tells them apart. */
const lesserOf = ({ columns }: DirectorySnapshot, { scores, age }: BoundQuery, query: DirectoryQuery): ((at: number) => number) | null => {
  if (scores === null && age === null && query.accepts.length === 0) return null;
  const fits = age?.answers.map((answer) => fitOrder[answer.fits]);
  const accepted = bitsOf(acceptances, query.accepts);
  const silent = (at: number): number => { const bits = accepted & ~(columns.saysYes[at] ?? 0); return (bits & 1) + ((bits >> 1) & 1) + (bits >> 2); };
  return (at) => -(scores?.[at] ?? 0) * 1e6 + (fits?.[columns.ageRule[at] ?? 0] ?? 0) * 10 + silent(at);
};

/** Positions in order: by group, by the order asked for, by relevance, then as they stand in the directory. */
const rank = (positions: number[], query: DirectoryQuery, snapshot: DirectorySnapshot, bound: BoundQuery): readonly number[] => {
  const [worth, lesser] = [worthOf(snapshot, bound, query.sort), lesserOf(snapshot, bound, query)];
  if (worth === null && lesser === null && query.include.length === 0) return positions;
  const { group } = snapshot.columns;
  const [worths, lessers] = [new Float64Array(group.length), new Float64Array(group.length)];
  for (const at of positions) {
    if (worth) worths[at] = worth(at);
    if (lesser) lessers[at] = lesser(at);
  }
  return positions.sort((one, other) => {
    if (group[one] !== group[other]) return (group[one] ?? 0) - (group[other] ?? 0);
    if (worths[one] !== worths[other]) return (worths[one] ?? 0) - (worths[other] ?? 0);
    return (lessers[one] ?? 0) - (lessers[other] ?? 0) || one - other;
  });
};

const show = (at: number, query: DirectoryQuery, snapshot: DirectorySnapshot, bound: BoundQuery): readonly Found[] => {
  const entry = snapshot.entries[at];
  if (!entry) return [];
  const { institution, group } = entry;
  const bands = bandsOf(bound.bandsAsked(at));
  const metres = bound.metres?.[at] ?? NaN;
  return [{
    institution, syllables: entry.record.pinyin.name, group, distance: Number.isNaN(metres) ? null : metres,
    canCome: query.months === null ? null : canComeHere(institution, { months: query.months, start: query.start }, snapshot.today),
    monthlyFee: monthlyFee(institution, bands),
    affordable: affordablePlaces(institution, snapshot.today, bands),
    freePlaces: freePlacesIn(institution, snapshot.today, bands),
  }];
};

const notesFor = (query: DirectoryQuery, snapshot: DirectorySnapshot): readonly SearchNote[] => {
  if (query.months === null) return [];
  const { months } = ageAt({ months: query.months, start: query.start }, snapshot.today);
  if (months < 0) return ['expected-visit-only'];
  if (months < 6) return ['under-six-months'];
  return months >= 36 ? ['kindergarten-age'] : [];
};

/** A query bound to a directory and every institution looked at, for counting what else could be asked. */
export const surveyDirectory = (snapshot: DirectorySnapshot, query: DirectoryQuery): Surveyed => {
  const bound = bindQuery(snapshot, query);
  return { bound, unmet: survey(snapshot, bound, groupsInView(query)) };
};

const positionsMet = (unmet: Int32Array): number[] => {
  const met: number[] = [];
  for (let at = 0; at < unmet.length; at += 1) if (unmet[at] === 0) met.push(at);
  return met;
};

const planned = groupBits(['planned']);

/** Searches a jurisdiction's directory: the page asked for, how many there are, and what each option of the facets would leave. */
export const searchDirectory = (snapshot: DirectorySnapshot, query: DirectoryQuery, surveyed: Surveyed = surveyDirectory(snapshot, query)): DirectoryResult => {
  const { bound, unmet } = surveyed;
  const inOrder = (met: number[]): readonly number[] => rank(met, query, snapshot, bound);
  const matching = inOrder(positionsMet(unmet));
  const sites = query.include.includes('planned') ? [] : inOrder(positionsMet(survey(snapshot, bound, planned)));
  const start = (query.page - 1) * query.size;
  return {
    total: matching.length,
    items: matching.slice(start, start + query.size).flatMap((at) => show(at, query, snapshot, bound)),
    planned: sites.flatMap((at) => show(at, query, snapshot, bound)),
    facets: countFacets(surveyed, query, snapshot),
    notes: notesFor(query, snapshot),
    understood: understandTyped(snapshot.index, query.q),
  };
};

/** How many institutions a query finds; `scores` may be handed in where the text was read before. */
export const countMatching = (snapshot: DirectorySnapshot, query: DirectoryQuery, scores: TextScores = scoreText(snapshot, query.q)): number => {
  const bound = bindQuery(snapshot, query, scores);
  return survey(snapshot, bound, groupsInView(query)).reduce((sum, unmet) => (unmet === 0 ? sum + 1 : sum), 0);
};
