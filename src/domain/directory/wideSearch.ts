import { bitsOf, layColumns } from '#domain/directory/columns.ts';
import { bindQuery } from '#domain/directory/filter.ts';
import { allOf, bears, gramPlan, soundPlans, sounds } from '#domain/directory/gramPlan.ts';
import { acceptances, credentialKinds, type Institution } from '#domain/directory/model.ts';
import type { Candidate, CandidateRequest, DegreeBox, PlaceWords, WideSearchStore } from '#domain/directory/ports.ts';
import { usualPageSize, type DirectoryQuery } from '#domain/directory/query.ts';
import { writeQuery } from '#domain/directory/readQuery.ts';
import { findMatches, makeSearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import { makeSearchRecord, type DirectoryPlace } from '#domain/directory/snapshot.ts';
import type { JurisdictionCode, SubdistrictCode } from '#domain/shared/codes.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { fromGcj02, metresBetween, type LngLat } from '#domain/shared/geo.ts';
import { done, refused, type Outcome } from '#domain/shared/outcome.ts';
import { pairsOf } from '#domain/shared/grams.ts';
import { typedWords } from '#domain/shared/tokens.ts';
import { makeVocabulary, type Vocabulary } from '#domain/shared/vocabulary.ts';

/** A place that is searched, with the codes and names that lead to its institutions. */
export type SearchedPlace = DirectoryPlace & { readonly code: JurisdictionCode; readonly slug: string };

/** What a search over all jurisdictions rests on. */
export type WideSearch = {
  readonly store: WideSearchStore;
  readonly places: ReadonlyMap<string, SearchedPlace>;
  readonly vocabulary: Vocabulary;
  readonly today: IsoDate;
};

/** A query and where it looks: some jurisdictions, or all (null). A radius narrows either. */
export type WideQuery = { readonly query: DirectoryQuery; readonly jurisdictions: readonly JurisdictionCode[] | null };

/** An institution found, in which place, and how far as the crow flies (metres; null without a point on either side). */
export type WideFound = { readonly found: Candidate; readonly place: SearchedPlace; readonly distance: number | null };
export type WideResult = { readonly total: number; readonly items: readonly WideFound[] };

/** Up to so many are looked at without asking for the typed words first. */
const fewEnough = 400;
/** More candidates than this are no answer to a family: the query needs a place, a radius or another word. */
export const mostCandidates = 2000;
/** Metres. */
export const widestRadius = 50_000;

/** 地名: the words of a place and of its counties and streets, by which their institutions are found; '' stands for the place itself. */
export const placeWordsOf = (place: DirectoryPlace): readonly PlaceWords[] => [
  { code: '', name: place.name, words: [place.name, place.shortName, place.within, ...(place.successor ? [place.successor.name] : [])] },
  ...place.counties.map(({ code, name }) => ({ code, name, words: [name] })),
  ...place.subdistricts.map(({ code, name, otherCodes, aliases, countyName }) => ({ code, name, words: [code, ...otherCodes, ...aliases, countyName] })),
];

const metresPerDegree = 111_194;

/** A box that holds the circle, a little too large. */
const boxAround = ({ lng, lat }: LngLat, radius: number): DegreeBox => {
  const [reach, north] = [(radius * 1.01 + 2) / metresPerDegree, (radius * 1.01 + 2) / metresPerDegree];
  const wide = reach / Math.max(0.1, Math.cos(((Math.abs(lat) + north) / 180) * Math.PI));
  return { west: lng - wide, east: lng + wide, south: lat - north, north: lat + north };
};

const nothingAsked = { q: '', near: null, radius: null, sort: 'relevance', page: 1, size: usualPageSize } as const;
const settledByStore = { band: [], mode: [], kind: [], ownership: [], subdistrict: [], county: null };

/** Whether the query asks for facts: any, or such as the store does not settle by itself. */
const asksForFacts = (query: DirectoryQuery): boolean => writeQuery({ ...query, ...nothingAsked }).size > 0;
const asksForMore = (query: DirectoryQuery): boolean => asksForFacts({ ...query, ...settledByStore });

const latin = /[a-z]/;

const onlyLatin = /^[a-z0-9]+$/;

/** Whether what is typed holds a word for a facet (普惠, puhui): then the facets of every candidate are needed. Latin words are cut at their ends only. */
const holdsFacet = (words: readonly string[], { meanings }: Vocabulary): boolean => {
  for (const [word, meaning] of meanings) {
    if (meaning.kind === 'terms' && words.some((typed) => typed.includes(word) && (!onlyLatin.test(typed) || typed.startsWith(word) || typed.endsWith(word)))) return true;
  }
  return false;
};

type Asked = {
  readonly words: readonly string[];
  readonly from: LngLat | null;
  readonly namesFacet: boolean;
  /** What a word is depends on all institutions of the scope: a facet word that nobody bears is passed over, pinyin found nowhere may hold a slip. */
  readonly needsAll: boolean;
  readonly subdistricts: readonly SubdistrictCode[];
  readonly request: Omit<CandidateRequest, 'grams' | 'most'>;
};

const askedOf = ({ query, jurisdictions }: WideQuery, { places, vocabulary }: WideSearch): Asked => {
  const words = typedWords(query.q);
  const from = query.near?.crs === 'gcj02' ? fromGcj02(query.near) : query.near;
  const searched = jurisdictions === null ? [...places.values()] : jurisdictions.flatMap((code) => places.get(code) ?? []);
  const streets = query.subdistrict.length === 0 ? [] : searched.flatMap(({ subdistricts }) => subdistricts
    .filter(({ code, otherCodes }) => query.subdistrict.some((asked) => asked === code || otherCodes.includes(asked))).map(({ code }) => code));
  const subdistricts = [...new Set([...query.subdistrict, ...streets])];
  const withSounds = words.some((word) => latin.test(word));
  const namesFacet = holdsFacet(words, vocabulary);
  const needsAll = (namesFacet || withSounds) && (jurisdictions !== null || query.radius !== null);
  const box = from && query.radius !== null && !(needsAll && jurisdictions !== null) ? boxAround(from, query.radius) : null;
  const narrow = needsAll ? { counties: [], subdistricts: [], kinds: [], ownerships: [], modes: [], bands: [] } : {
    counties: query.county === null ? [] : [query.county], subdistricts, kinds: query.kind, ownerships: query.ownership, modes: query.mode, bands: query.band,
  };
  return { words, from, namesFacet, needsAll, subdistricts, request: { jurisdictions, box, withSounds, ...narrow } };
};

const isScoped = ({ jurisdictions, box }: Asked['request']): boolean => jurisdictions !== null || box !== null;

/** Candidates of a scope, or 'too-many' when what is typed does not narrow them enough. */
const gather = async ({ words, needsAll, request }: Asked, { store, vocabulary }: WideSearch): Promise<readonly Candidate[] | 'too-many'> => {
  const characters = needsAll ? null : allOf(words.map((word) => gramPlan(word, vocabulary)));
  if (isScoped(request)) {
    const few = await store.candidates({ ...request, grams: null, most: fewEnough });
    if (few !== 'too-many') return characters === null ? few : few.filter(({ everything }) => bears(everything, characters));
    return await store.candidates({ ...request, grams: characters, most: mostCandidates });
  }
  const grams = allOf(words.filter((word) => Array.from(word).length > 1).map((word) => gramPlan(word, vocabulary)));
  return grams === null ? 'too-many' : await store.candidates({ ...request, grams, most: mostCandidates });
};

/** Stands for every place where only an institution's own facts matter. */
const anyPlace: DirectoryPlace = { name: '', shortName: '', within: '', successor: null, counties: [], subdistricts: [], listableCredentials: [...credentialKinds] };

/** Whether a word or a piece of it may stand in a line (its syllables between commas, where it has any). */
type LineTest = (line: string, syllables: string | undefined) => boolean;

/** What is typed as a test of lines: a pair of its characters must stand there, or its sound. Within a scope any sound may, for one letter may be wrong. */
const lineTest = (typed: string, inScope: boolean, vocabulary: Vocabulary): LineTest => {
  const words = typedWords(typed);
  if (words.some((word) => Array.from(word).length === 1)) return () => true;
  const pairs = [...words, ...words.flatMap((word) => vocabulary.otherNames.get(word) ?? [])].flatMap(pairsOf);
  const plans = words.flatMap((word) => soundPlans(word, vocabulary));
  return (line, syllables) => pairs.some((pair) => line.includes(pair))
    || (syllables !== undefined && syllables !== '' && plans.some((plan) => inScope || plan === null || sounds(line, syllables, plan)));
};

/** What a candidate is found by, from those of its lines in which what is typed may stand. */
const recordOf = (candidate: Candidate, terms: readonly string[], mayHold: LineTest): SearchRecord => {
  const lines = candidate.everything.split('\n');
  const soundLines = candidate.sounds?.split('\n') ?? [];
  const lineAt = (index: number): { readonly text: string; readonly syllables: readonly string[] } => {
    const [text, sound] = [lines[index] ?? '', soundLines[index]];
    return mayHold(text, sound) ? { text, syllables: sound ? sound.split(',') : [] } : { text: '', syllables: [] };
  };
  const [name, street, address] = [lineAt(0), lineAt(1), lineAt(2)];
  const firstAlias = 3;
  const firstPlace = firstAlias + candidate.aliases;
  const aliases = Array.from({ length: candidate.aliases }, (_, index) => lineAt(firstAlias + index));
  return {
    id: candidate.id, name: name.text, aliases: aliases.map(({ text }) => text), address: address.text || null, subdistrictName: street.text || null, communityNames: [],
    places: lines.slice(firstPlace).filter((line) => mayHold(line, undefined)), terms,
    pinyin: { name: name.syllables, aliases: aliases.map(({ syllables }) => syllables), subdistrict: street.syllables, address: address.syllables },
  };
};

type Ranked = { readonly candidate: Candidate; readonly place: SearchedPlace; readonly at: number; readonly score: number; readonly fit: number; readonly metres: number | null };

/**
 * A record that is never shown. In the whole country somebody bears every facet, so that no word for one is passed over; and as this
 * one bears what is typed in letters, nothing is taken for a slip of the finger, which the index of the country does not know.
 */
const bearerOfAll = ({ meanings }: Vocabulary, typed: string): SearchRecord => ({
  id: 'every-facet', name: '\u{10FFFF}', aliases: typedWords(typed).filter((word) => latin.test(word)), address: null, subdistrictName: null, communityNames: [], places: [],
  terms: [...meanings.values()].flatMap((meaning) => (meaning.kind === 'terms' ? meaning.terms : [])), pinyin: { name: [], aliases: [], subdistrict: [], address: [] },
});

/** Those among the candidates that bear what is typed, with how well. */
const match = (candidates: readonly Ranked[], typed: string, inScope: boolean, { vocabulary, today }: WideSearch, wholes: ReadonlyMap<string, Institution>): readonly Ranked[] => {
  if (typed === '') return candidates;
  const mayHold = lineTest(typed, inScope, vocabulary);
  const records = candidates.map(({ candidate }) => {
    const whole = wholes.get(candidate.id);
    return recordOf(candidate, whole ? makeSearchRecord(whole, null, anyPlace, today).terms : [], mayHold);
  });
  return findMatches(makeSearchIndex(inScope ? records : [...records, bearerOfAll(vocabulary, typed)], vocabulary), typed).flatMap(({ at, score }) => {
    const found = candidates[at];
    return found ? [{ ...found, score }] : [];
  });
};

const fitOrder = { yes: 0, check: 1, unknown: 2, no: 3 } as const;

const noIndex = makeSearchIndex([], makeVocabulary([]));

/** Those that meet the conditions on an institution's own facts, and how surely each suits the child, as the list of one place finds them. */
const filter = (candidates: readonly Ranked[], query: DirectoryQuery, subdistrict: readonly SubdistrictCode[], today: IsoDate, wholes: ReadonlyMap<string, Institution>): readonly Ranked[] => {
  const known = candidates.flatMap((one) => {
    const institution = wholes.get(one.candidate.id);
    return institution ? [{ one, institution }] : [];
  });
  const columns = layColumns(known.map(({ institution }) => institution), known.map(() => 0), known.map(() => null), today);
  const snapshot = { today, place: anyPlace, entries: [], columns, index: noIndex, streetCodes: new Map<string, string>() };
  const { unmet, age } = bindQuery(snapshot, { ...query, ...nothingAsked, subdistrict: [...subdistrict] }, null);
  const accepted = bitsOf(acceptances, query.accepts);
  return known.flatMap(({ one }, at) => {
    if (unmet(at) !== 0) return [];
    const silent = acceptances.filter((_, bit) => (accepted & ~(columns.saysYes[at] ?? 0) & (1 << bit)) !== 0).length;
    return [{ ...one, fit: fitOrder[age?.answers[columns.ageRule[at] ?? 0]?.fits ?? 'yes'] * 10 + silent }];
  });
};

/** As the list of one place ranks: by distance where asked, then by how well the words stand, then by name. */
const byRank = (sort: DirectoryQuery['sort']) => (one: Ranked, other: Ranked): number => {
  const [near, far] = sort === 'distance' ? [one.metres ?? Infinity, other.metres ?? Infinity] : [0, 0];
  return (near === far ? 0 : near - far) || other.score - one.score || one.fit - other.fit || one.at - other.at;
};

const within = (radius: number | null) => ({ metres }: Ranked): boolean => radius === null || (metres !== null && metres <= radius);

/**
 * Searches all jurisdictions, or some: institutions in force that bear what is typed and meet the conditions, ranked as the list
 * of one place ranks them. 'scope-needed' where the words alone (none, single characters, very common ones) would lead to thousands.
 */
export async function searchWide(search: WideSearch, asked: WideQuery): Promise<Outcome<WideResult, 'scope-needed'>> {
  const { query } = asked;
  const { store, places } = search;
  const bound = askedOf(asked, search);
  const candidates = await gather(bound, search);
  if (candidates === 'too-many') return refused('scope-needed');
  const listed = candidates.flatMap((candidate, at): readonly Ranked[] => {
    const place = places.get(candidate.jurisdiction);
    if (!place?.listableCredentials.some((kind) => kind === candidate.credential)) return [];
    const metres = bound.from && candidate.point ? Math.round(metresBetween(bound.from, candidate.point)) : null;
    return [{ candidate, place, at, score: 1, fit: 0, metres }];
  });
  const wholesOf = async (ranked: readonly Ranked[]): Promise<ReadonlyMap<string, Institution>> =>
    new Map((await store.institutions(ranked.map(({ candidate }) => candidate.document))).map((institution) => [institution.id, institution]));
  const known = bound.namesFacet ? await wholesOf(listed) : new Map<string, Institution>();
  const matching = match(listed, bound.words.length === 0 ? '' : query.q, isScoped(bound.request), search, known).filter(within(query.radius));
  const chosen = bound.needsAll && asksForFacts(query) || asksForMore(query) ? filter(matching, query, bound.subdistricts, search.today, bound.namesFacet ? known : await wholesOf(matching)) : matching;
  const start = (query.page - 1) * query.size;
  const page = chosen.toSorted(byRank(query.sort)).slice(start, start + query.size);
  const items = page.map(({ candidate, place, metres }) => ({ found: candidate, place, distance: metres }));
  return done({ total: chosen.length, items });
}
