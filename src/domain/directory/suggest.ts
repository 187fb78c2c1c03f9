import { highlightsOf, type Highlight } from '#domain/directory/highlight.ts';
import { levels } from '#domain/directory/match.ts';
import { findMatches, type SearchIndex, type SearchRecord } from '#domain/directory/searchIndex.ts';
import { findAloud, readAloud, type ReadAloud } from '#domain/shared/readAloud.ts';
import { normalise } from '#domain/shared/tokens.ts';
import type { Meaning } from '#domain/shared/vocabulary.ts';

/** A place that can be chosen instead of typed; without a code (a community) it is searched by its name. */
export type SuggestedPlace = {
  readonly name: string;
  readonly level: 'county' | 'subdistrict' | 'community';
  /** The county's six or the street's nine digits. */
  readonly code: string | null;
  /** Aliases and codes, old ones included. */
  readonly otherNames: readonly string[];
};

/** An institution by its name; `also` is what else bears what was typed when the name does not: an old name, the street, the address. */
export type InstitutionSuggestion = {
  readonly kind: 'institution'; readonly id: string; readonly name: string; readonly highlights: readonly Highlight[];
  readonly also: { readonly text: string; readonly highlights: readonly Highlight[] } | null;
};
/** A place with how many institutions lie in it; `also`: the other name or old code by which it was found. */
export type PlaceSuggestion = {
  readonly kind: 'place'; readonly name: string; readonly level: SuggestedPlace['level']; readonly code: string | null;
  readonly highlights: readonly Highlight[]; readonly also: string | null; readonly total: number; readonly rest: string;
};
/**
 * A word of the service with what it means: facets (`mode:fullDay`, `affordable`) or a topic to read about.
 * `heard`: the everyday word that led to it (全托 → 全日托), null when the word itself was typed. `total`: institutions bearing it; null for a topic.
 */
export type ServiceSuggestion = {
  readonly kind: 'service'; readonly word: string; readonly highlights: readonly Highlight[]; readonly heard: string | null;
  readonly meaning: Meaning; readonly total: number | null; readonly rest: string;
};
export type Suggestion = InstitutionSuggestion | PlaceSuggestion | ServiceSuggestion;

/** What is offered while somebody types, in three groups, each best first. */
export type Suggestions = {
  readonly institutions: readonly InstitutionSuggestion[]; readonly places: readonly PlaceSuggestion[]; readonly services: readonly ServiceSuggestion[];
};

/** A word that stands for a facet or a topic, laid out for suggesting. */
type Told = { readonly plain: string; readonly syllables: readonly string[]; readonly aloud: ReadAloud | null };
type Variant = Told & { readonly word: string };
type ServiceWord = { readonly word: string; readonly variants: readonly Variant[]; readonly meaning: Meaning; readonly total: number | null };
type PlaceRow = Told & { readonly place: SuggestedPlace; readonly others: readonly string[]; readonly total: number };

/** Everything suggestions are drawn from. */
export type SuggestIndex = {
  readonly search: SearchIndex; readonly records: readonly SearchRecord[];
  readonly places: readonly PlaceRow[]; readonly services: readonly ServiceWord[];
  /** Whether the institution at a position may be suggested and counts. */
  readonly isOffered: (at: number) => boolean;
};

/** A text made ready for being compared with what is typed. */
const tell = (text: string, syllables: readonly string[]): Told =>
  ({ plain: normalise(text), syllables, aloud: syllables.length === 0 ? null : readAloud(text, syllables) });

const syllablesOfStreets = (records: readonly SearchRecord[]): ReadonlyMap<string, readonly string[]> => {
  const syllables = new Map<string, readonly string[]>();
  for (const { subdistrictName, pinyin } of records) {
    if (subdistrictName !== null && (syllables.get(subdistrictName) ?? []).length === 0) syllables.set(subdistrictName, pinyin.subdistrict);
  }
  return syllables;
};

type Lists = ReadonlyMap<readonly string[], { readonly total: number; readonly subdistrictName: string | null }>;

/** How many records bear the very same list, with the street of the first. */
const countLists = (records: readonly SearchRecord[], listOf: (record: SearchRecord) => readonly string[]): Lists => {
  const counts = new Map<readonly string[], { total: number; readonly subdistrictName: string | null }>();
  for (const record of records) {
    const known = counts.get(listOf(record));
    if (known) known.total += 1;
    else counts.set(listOf(record), { total: 1, subdistrictName: record.subdistrictName });
  }
  return counts;
};

/**
 * Lays out what suggestions are drawn from; `places` are the jurisdiction's counties and streets, communities come from the records.
 * Only institutions that are offered are suggested and counted.
 */
export const makeSuggestIndex = (
  search: SearchIndex, records: readonly SearchRecord[], places: readonly SuggestedPlace[], isOffered: (at: number) => boolean = () => true,
): SuggestIndex => {
  const offered = records.filter((_, at) => isOffered(at));
  // Institutions of one street share one list of its names, those of the same kind one list of terms.
  const inPlace = new Map<string, number>();
  for (const [names, { total, subdistrictName }] of countLists(offered, ({ places: held }) => held)) {
    for (const name of new Set([...(subdistrictName === null ? [] : [subdistrictName]), ...names])) inPlace.set(name, (inPlace.get(name) ?? 0) + total);
  }
  for (const { communityNames, subdistrictName, places: names } of offered) {
    for (const name of communityNames) if (name !== subdistrictName && !names.includes(name)) inPlace.set(name, (inPlace.get(name) ?? 0) + 1);
  }
  const terms = [...countLists(offered, (record) => record.terms)].map(([borne, { total }]) => ({ borne, total }));
  const syllables = syllablesOfStreets(records);
  const communities = [...new Set(records.flatMap(({ communityNames }) => communityNames))]
    .map((name): SuggestedPlace => ({ name, level: 'community', code: null, otherNames: [] }));
  return {
    search, records, isOffered,
    places: [...places, ...communities].map((place) =>
      ({ place, others: place.otherNames.map(normalise), total: inPlace.get(place.name) ?? 0, ...tell(place.name, syllables.get(place.name) ?? []) })),
    services: search.vocabulary.entries.flatMap(({ words, means, pinyin }) => {
      if (means.kind === 'place' || (means.kind === 'generic' && means.topic === null)) return [];
      const total = means.kind === 'generic' ? null : terms.reduce((sum, { borne, total: bearers }) => (means.terms.some((term) => borne.includes(term)) ? sum + bearers : sum), 0);
      return [{ word: words[0] ?? '', variants: words.map((word, index) => ({ word, ...tell(word, pinyin[index] ?? []) })), meaning: means, total }];
    }),
  };
};

const latin = /[a-z]/;
/** Longer texts are searched, but nothing is suggested for them. */
const longestTyped = 60;

/** How early what is typed stands in a text, by characters or pinyin; 0 best, undefined when it does not stand there. */
const standing = ({ plain, aloud }: Told, typed: string): number | undefined => {
  if (plain === typed) return 0;
  const at = plain.indexOf(typed);
  if (at >= 0) return at === 0 ? 1 : 3;
  const head = typed.charAt(0);
  if (aloud === null || !latin.test(typed) || !(aloud.initials.includes(head) || plain.includes(head))) return undefined;
  const span = findAloud(aloud, typed);
  return span && (span[0] === 0 ? 2 : 4);
};

type Standing<Value> = { readonly value: Value; readonly order: number };
const best = <Value>(found: readonly Standing<Value>[], most: number): readonly Value[] =>
  found.toSorted((one, other) => one.order - other.order).slice(0, most).map(({ value }) => value);

const alsoIn = (record: SearchRecord, typed: string): InstitutionSuggestion['also'] => {
  const { aliases, subdistrictName, communityNames, address, pinyin } = record;
  const texts: readonly (readonly [string, readonly string[]])[] = [
    ...aliases.map((alias, index) => [alias, pinyin.aliases[index] ?? []] as const), ...(subdistrictName === null ? [] : [[subdistrictName, pinyin.subdistrict] as const]),
    ...communityNames.map((name) => [name, []] as const), ...(address === null ? [] : [[address, pinyin.address] as const]),
  ];
  for (const [text, syllables] of texts) {
    const highlights = highlightsOf(text, typed, syllables);
    if (highlights.length > 0) return { text, highlights };
  }
  return null;
};

const suggestInstitutions = ({ search, records, isOffered }: SuggestIndex, typed: string, most: number): readonly InstitutionSuggestion[] => {
  // Who merely offers what the word means (普惠) is found by the word itself, among the services.
  const found = findMatches(search, typed).filter(({ score, at }) => score > levels.meaning && isOffered(at)).slice(0, most);
  return found.flatMap(({ id, at }): readonly InstitutionSuggestion[] => {
    const record = records[at];
    if (!record) return [];
    const highlights = highlightsOf(record.name, typed, record.pinyin.name);
    return [{ kind: 'institution', id, name: record.name, highlights, also: highlights.length > 0 ? null : alsoIn(record, typed) }];
  });
};

const suggestPlaces = ({ places }: SuggestIndex, typed: string, rest: string, most: number): readonly PlaceSuggestion[] =>
  best(places.flatMap((row): readonly Standing<PlaceSuggestion>[] => {
    const { place, others, syllables, total } = row;
    const inName = standing(row, typed);
    const other = inName === undefined ? place.otherNames[others.findIndex((name) => name.startsWith(typed))] : undefined;
    if (inName === undefined && other === undefined) return [];
    const { name, level, code } = place;
    const value: PlaceSuggestion = { kind: 'place', name, level, code, rest, total, also: other ?? null, highlights: highlightsOf(name, typed, syllables) };
    return [{ value, order: (inName ?? 5) + (total === 0 ? 10 : 0) }];
  }), most);

const suggestServices = ({ services }: SuggestIndex, typed: string, rest: string, most: number): readonly ServiceSuggestion[] =>
  best(services.flatMap(({ word, variants, meaning, total }): readonly Standing<ServiceSuggestion>[] => {
    const [nearest] = variants.flatMap((variant) => {
      const order = standing(variant, typed);
      return order === undefined ? [] : [{ variant, order }];
    }).toSorted((one, other) => one.order - other.order);
    if (!nearest) return [];
    const { variant, order } = nearest;
    const shown = variants.find((one) => one.word === word);
    const value: ServiceSuggestion = {
      kind: 'service', word, meaning, total, rest, heard: variant.word === word ? null : variant.word, highlights: highlightsOf(word, typed, shown?.syllables ?? []),
    };
    return [{ value, order: order + (total === 0 ? 10 : 0) }];
  }), most);

/** At most so many of each group. */
export type SuggestionLimits = { readonly institutions: number; readonly places: number; readonly services: number };
const usualLimits: SuggestionLimits = { institutions: 6, places: 4, services: 3 };

const nothing: Suggestions = { institutions: [], places: [], services: [] };

/**
 * 联想: what may be meant by what is typed so far. Institutions answer the whole of it; places and service words answer its last
 * word, and carry the words before it as `rest`.
 */
export const suggest = (index: SuggestIndex, typed: string, limits: SuggestionLimits = usualLimits): Suggestions => {
  const plain = normalise(typed);
  if (plain === '' || plain.length > longestTyped) return nothing;
  const gap = plain.lastIndexOf(' ');
  const [rest, last] = [plain.slice(0, Math.max(0, gap)), plain.slice(gap + 1)];
  return {
    institutions: suggestInstitutions(index, plain, limits.institutions),
    places: suggestPlaces(index, last, rest, limits.places),
    services: suggestServices(index, last, rest, limits.services),
  };
};
