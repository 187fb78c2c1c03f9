import { filterFor, meets, type Condition, type Seen } from '#domain/directory/filter.ts';
import type { ClassBand, InstitutionKind, Ownership, ServiceMode } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import type { DirectorySnapshot } from '#domain/directory/snapshot.ts';

/** How many institutions each option would leave, were it the one chosen in its facet and all other facets as they are. */
export type FacetCounts = {
  readonly band: Readonly<Record<ClassBand, number>>;
  readonly mode: Readonly<Record<ServiceMode, number>>;
  readonly kind: Readonly<Record<InstitutionKind, number>>;
  readonly ownership: Readonly<Record<Ownership, number>>;
  /** By the street's present code; streets without any are absent. */
  readonly subdistrict: Readonly<Record<string, number>>;
  readonly county: Readonly<Record<string, number>>;
  readonly affordable: number;
  readonly free: number;
  readonly weekend: number;
};

const tallyCodes = (codes: readonly (string | null)[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const code of codes) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries(counts);
};

const countOf = (seen: readonly Seen[], has: (one: Seen) => boolean): number => seen.reduce((sum, one) => sum + (has(one) ? 1 : 0), 0);

/** Counts the options of every facet over the entries in view. */
export const countFacets = (inView: readonly Seen[], query: DirectoryQuery, snapshot: DirectorySnapshot): FacetCounts => {
  const meetingAllBut = new Map<Condition, Seen[]>();
  const meeting: Seen[] = [];
  const { firstTwoUnmet } = filterFor(query, snapshot);
  for (const one of inView) {
    const [first, second] = firstTwoUnmet(one);
    if (first === undefined) meeting.push(one);
    else if (second === undefined) {
      const others = meetingAllBut.get(first);
      if (others) others.push(one);
      else meetingAllBut.set(first, [one]);
    }
  }
  const open = (facet: Condition): readonly Seen[] => [...meeting, ...meetingAllBut.get(facet) ?? []];
  // The band chosen decides in which band a free or recognised place and the fee are looked for, so each is tried.
  const withBand = (band: ClassBand): number => {
    const { meetsAll } = filterFor({ ...query, band: [band] }, snapshot);
    return countOf(inView, meetsAll);
  };
  const withMode = (mode: ServiceMode): number => countOf(open('mode'), ({ entry }) => entry.institution.modes.includes(mode));
  const withKind = (kind: InstitutionKind): number => countOf(open('kind'), ({ entry }) => entry.institution.kind === kind);
  const withOwnership = (ownership: Ownership): number => countOf(open('ownership'), ({ entry }) => entry.institution.ownership === ownership);
  const withFlag = (flag: 'affordable' | 'free' | 'weekend'): number => {
    const tried: DirectoryQuery = { ...query, [flag]: true };
    return countOf(open(flag), (one) => meets(flag, one, tried, snapshot));
  };
  return {
    band: { infant: withBand('infant'), toddler: withBand('toddler'), older: withBand('older'), mixed: withBand('mixed') },
    mode: { fullDay: withMode('fullDay'), halfDay: withMode('halfDay'), hourly: withMode('hourly'), temporary: withMode('temporary') },
    kind: {
      independent: withKind('independent'), kindergartenClass: withKind('kindergartenClass'), homeSite: withKind('homeSite'),
      employer: withKind('employer'), community: withKind('community'),
    },
    ownership: {
      public: withOwnership('public'), publicPrivatelyRun: withOwnership('publicPrivatelyRun'),
      privateNonProfit: withOwnership('privateNonProfit'), privateForProfit: withOwnership('privateForProfit'), employer: withOwnership('employer'),
    },
    subdistrict: tallyCodes(open('subdistrict').map(({ entry }) => entry.institution.subdistrict)),
    county: tallyCodes(open('county').map(({ entry }) => entry.institution.county)),
    affordable: withFlag('affordable'), free: withFlag('free'), weekend: withFlag('weekend'),
  };
};
