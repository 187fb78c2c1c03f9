import { ageAt, answerAge, type AgeAnswer } from '#domain/directory/admissionFit.ts';
import type { ClassBand } from '#domain/directory/model.ts';
import type { DirectoryQuery } from '#domain/directory/query.ts';
import { findMatches } from '#domain/directory/searchIndex.ts';
import type { DirectoryEntry, DirectorySnapshot } from '#domain/directory/snapshot.ts';
import { fromGcj02, metresBetween, type LngLat } from '#domain/shared/geo.ts';

/** The conditions of a query, each of which an institution meets or not. */
export const conditions = [
  'q', 'months', 'band', 'mode', 'kind', 'ownership', 'subdistrict', 'county',
  'affordable', 'free', 'weekend', 'openBefore', 'closeAfter', 'maxFee', 'radius',
] as const;
export type Condition = (typeof conditions)[number];

/** An entry seen with the query's eyes: what does not change when other conditions are tried. */
export type Seen = {
  readonly entry: DirectoryEntry;
  readonly at: number;
  /** 0: the typed text is not found. */
  readonly score: number;
  /** The child's age in the month that counts, and what the institution answers. */
  readonly months: number | null;
  readonly ageAnswer: AgeAnswer | null;
  readonly metres: number | null;
};

/** Looks at every entry with the query's typed text, age and point. */
export const lookAt = (snapshot: DirectorySnapshot, query: DirectoryQuery): readonly Seen[] => {
  const scores = query.q === '' ? null : new Map(findMatches(snapshot.index, query.q).map(({ at, score }) => [at, score]));
  const age = query.months === null ? null : ageAt({ months: query.months, start: query.start }, snapshot.today);
  const from: LngLat | null = query.near?.crs === 'gcj02' ? fromGcj02(query.near) : query.near;
  return snapshot.entries.map((entry, at) => ({
    entry, at,
    score: scores === null ? 1 : scores.get(at) ?? 0,
    months: age?.months ?? null,
    ageAnswer: age && answerAge(entry.institution, age),
    metres: from && entry.point ? Math.round(metresBetween(from, entry.point)) : null,
  }));
};

/** Below six months and from thirty-six on only institutions that state such ages answer. */
const statedAgesOnly = (months: number): boolean => (months >= 0 && months < 6) || months >= 36;

const meetsAge = ({ ageAnswer, months }: Seen): boolean => {
  if (ageAnswer === null || months === null) return true;
  if (ageAnswer.reason === 'not-stated') return !statedAgesOnly(months);
  return ageAnswer.fits !== 'no';
};

/** The bands a family asks about: those that fit the age, cut to those it chose; undefined: all. */
export const bandsAskedFor = ({ ageAnswer }: Seen, query: DirectoryQuery): readonly ClassBand[] | undefined => {
  const chosen = query.band.length > 0 ? query.band : undefined;
  const fitting = ageAnswer && ageAnswer.bands.length > 0 ? ageAnswer.bands : undefined;
  return fitting && chosen ? fitting.filter((band) => chosen.includes(band)) : fitting ?? chosen;
};

const someBand = (whole: boolean, inBand: Readonly<Record<ClassBand, boolean>>, bands: readonly ClassBand[] | undefined): boolean =>
  bands === undefined ? whole : bands.some((band) => inBand[band]);

/** The lowest monthly fee in the bands asked for, integer fen; null when none is stated. */
export const feeAskedFor = (seen: Seen, query: DirectoryQuery): number | null => {
  const bands = bandsAskedFor(seen, query);
  if (bands === undefined) return seen.entry.fee;
  const known = bands.flatMap((band) => seen.entry.feeIn[band] ?? []);
  return known.length > 0 ? Math.min(...known) : null;
};

const isAmong = <Value>(chosen: readonly Value[], value: Value | null): boolean => chosen.length === 0 || (value !== null && chosen.includes(value));

const checks: Readonly<Record<Condition, (seen: Seen, query: DirectoryQuery, snapshot: DirectorySnapshot) => boolean>> = {
  q: ({ score }) => score > 0,
  months: meetsAge,
  band: ({ entry }, { band }) => band.length === 0 || entry.institution.bands.some((offer) => band.includes(offer.band)),
  mode: ({ entry }, { mode }) => mode.length === 0 || entry.institution.modes.some((offered) => mode.includes(offered)),
  kind: ({ entry }, { kind }) => isAmong(kind, entry.institution.kind),
  ownership: ({ entry }, { ownership }) => isAmong(ownership, entry.institution.ownership),
  subdistrict: ({ entry: { institution } }, { subdistrict }, { streetCodes }) =>
    subdistrict.length === 0 || subdistrict.some((code) => institution.subdistrict !== null && (streetCodes.get(code) ?? code) === institution.subdistrict),
  county: ({ entry }, { county }) => county === null || entry.institution.county === county,
  affordable: (seen, query) => !query.affordable || someBand(seen.entry.affordable, seen.entry.affordableIn, bandsAskedFor(seen, query)),
  free: (seen, query) => !query.free || someBand(seen.entry.hasFree, seen.entry.hasFreeIn, bandsAskedFor(seen, query)),
  weekend: ({ entry }, { weekend }) => !weekend || entry.weekend,
  openBefore: ({ entry: { workingDay } }, { openBefore }) => openBefore === null || (workingDay !== null && workingDay.opens <= openBefore),
  closeAfter: ({ entry: { workingDay } }, { closeAfter }) => closeAfter === null || (workingDay !== null && workingDay.closes >= closeAfter),
  maxFee: (seen, query) => {
    if (query.maxFee === null) return true;
    const fee = feeAskedFor(seen, query);
    return fee !== null && fee <= query.maxFee * 100;
  },
  radius: ({ metres }, { radius }) => radius === null || (metres !== null && metres <= radius),
};

/** Whether an entry meets one condition of a query. */
export const meets = (condition: Condition, seen: Seen, query: DirectoryQuery, snapshot: DirectorySnapshot): boolean =>
  checks[condition](seen, query, snapshot);

/** Whether a query says anything under a condition. */
const isAsked = (condition: Condition, query: DirectoryQuery): boolean => {
  const asked = query[condition];
  return !(asked === null || asked === '' || asked === false || (Array.isArray(asked) && asked.length === 0));
};

/** A query bound to a directory. */
export type Filter = {
  readonly meetsAll: (seen: Seen) => boolean;
  /** The conditions an entry does not meet, at most two of them. */
  readonly firstTwoUnmet: (seen: Seen) => readonly Condition[];
};

/** Binds a query to a directory; conditions it does not name cost nothing. */
export const filterFor = (query: DirectoryQuery, snapshot: DirectorySnapshot): Filter => {
  const asked = conditions.filter((condition) => isAsked(condition, query));
  return {
    meetsAll: (seen) => asked.every((condition) => checks[condition](seen, query, snapshot)),
    firstTwoUnmet: (seen) => {
      const unmet: Condition[] = [];
      for (const condition of asked) {
        if (!checks[condition](seen, query, snapshot)) unmet.push(condition);
        if (unmet.length === 2) break;
      }
      return unmet;
    },
  };
};
